//! The ledger in partitions by the year of its days, on PostgreSQL (ADR 0020); and rows found by what they take back, on both databases.
//! Rows are carried over one by one: their number, their sum and the sum of their hashes must be what they were.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::dialect::run;
use crate::protection::protect;
use crate::years;

/// This change.
#[derive(DeriveMigrationName)]
pub struct Migration;

const REVERSES: &str =
    "create index ledger_reverses on ledger (tenant_id, reverses) where reverses is not null";

const COLUMNS: &str = "tenant_id uuid not null, seq bigint not null, at bigint not null, day date not null, source text not null, \
    source_id uuid not null, source_version integer not null, measure text not null, quantity bigint not null, \
    dimensions text not null, reverses bigint, reason text not null, actor uuid not null, actor_name text not null";

/// Row security is forced on the owner too: without this the old table looks empty. The names of its keys are free for the new one.
const SET_ASIDE: [&str; 5] = [
    "alter table ledger no force row level security",
    "alter table ledger rename to ledger_before",
    "alter table ledger_before rename constraint ledger_pkey to ledger_before_pkey",
    "drop index ledger_day",
    "drop index ledger_source",
];

const FILL: &str = "insert into ledger select * from ledger_before";

/// Raises unless both tables hold the same rows.
const COMPARE: &str = "do $$
    declare before record; after record;
    begin
        select count(*), sum(quantity), sum(hashtextextended(r::text, 0)::numeric) into before from ledger_before r;
        select count(*), sum(quantity), sum(hashtextextended(r::text, 0)::numeric) into after from ledger r;
        if before is distinct from after then
            raise exception 'the ledger was not carried over whole: % before, % after', before, after;
        end if;
    end $$";

const DROP: &str = "drop table ledger_before";

/// What days and forms are folded from is read from the index alone.
const KEYS: [&str; 4] = [
    "alter table ledger add primary key (tenant_id, seq, day)",
    "alter table ledger add foreign key (tenant_id) references agency (tenant_id)",
    "create index ledger_day on ledger (tenant_id, day, measure) include (seq, at, quantity)",
    "create index ledger_source on ledger (tenant_id, source_id)",
];

/// A unique key must contain the day now. That a number is given once is known from the head of the chain, which whoever appends
/// holds: it says how far numbers were given before this transaction.
const NUMBERS: [&str; 2] = [
    "create function refuse_old_number() returns trigger language plpgsql as $$
    begin
        if exists (select from chain_head where tenant_id = new.tenant_id and ledger_seq >= new.seq) then
            raise exception 'number % of % was given before', new.seq, tg_table_name using errcode = 'unique_violation';
        end if;
        return new;
    end $$",
    "create trigger ledger_new_number before insert on ledger for each row execute function refuse_old_number()",
];

/// As m0004 made it.
const PLAIN: [&str; 4] = [
    "alter table ledger add primary key (tenant_id, seq)",
    "alter table ledger add foreign key (tenant_id) references agency (tenant_id)",
    "create index ledger_day on ledger (tenant_id, day, measure)",
    "create index ledger_source on ledger (tenant_id, source_id)",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if manager.get_database_backend() == DbBackend::Sqlite {
            return run(manager, &[REVERSES]).await;
        }
        run(manager, &SET_ASIDE).await?;
        let make = format!("create table ledger ({COLUMNS}) partition by range (day)");
        let rest = format!("create table {} partition of ledger default", years::DEFAULT);
        run(manager, &[&make, &rest]).await?;
        let db = manager.get_connection();
        let found = years::years_of(db, "ledger_before").await?;
        for year in &found {
            run(manager, &[&years::empty(*year)]).await?;
        }
        run(manager, &[FILL, COMPARE, DROP]).await?;
        run(manager, &KEYS).await?;
        run(manager, &[REVERSES]).await?;
        run(manager, &NUMBERS).await?;
        protect(manager, &["ledger"]).await?;
        let names = found.into_iter().map(years::partition);
        for name in names.chain([years::DEFAULT.to_owned()]) {
            let walls = years::walls(&name);
            run(manager, &walls.iter().map(String::as_str).collect::<Vec<_>>()).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if manager.get_database_backend() == DbBackend::Sqlite {
            return run(manager, &["drop index ledger_reverses"]).await;
        }
        run(manager, &SET_ASIDE).await?;
        let make = format!("create table ledger ({COLUMNS})");
        run(
            manager,
            &[&make, FILL, COMPARE, DROP, "drop function refuse_old_number()"],
        )
        .await?;
        run(manager, &PLAIN).await?;
        protect(manager, &["ledger"]).await
    }
}
