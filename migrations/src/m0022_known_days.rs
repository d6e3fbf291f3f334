//! What the province knew and when: each change of a copied day stands beside the copy, so that a past date shows what was known then (DSH-05).

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::dialect::{drop_all, run};
use crate::protection::protect;

/// This change.
#[derive(DeriveMigrationName)]
pub struct Migration;

const TABLES: [&str; 1] = ["province_day_change"];

const UP: [&str; 2] = [
    // The quantities of a day add up to its copy; one change for each calendar day on which rows of it were written, `at` is when
    // the newest of them was.
    "create table province_day_change (
        tenant_id {uuid} not null, day date not null, measure text not null, ledger_seq bigint not null, at bigint not null,
        quantity bigint not null,
        primary key (tenant_id, day, measure, ledger_seq))",
    "create index province_day_change_day on province_day_change (day, measure)",
];

/// What was known before this change is all in the ledger. 25200000 is seven hours: days begin at midnight of the province.
const FILL: &str = "insert into province_day_change (tenant_id, day, measure, ledger_seq, at, quantity) \
     select tenant_id, day, measure, max(seq), max(at), cast(sum(quantity) as bigint) from ledger \
     group by tenant_id, day, measure, (at + 25200000) / 86400000";

/// Row security is forced on the owner of the tables too: without this the ledger looks empty to whoever migrates.
const OPEN: [&str; 2] = [
    "alter table ledger no force row level security",
    "alter table province_day_change no force row level security",
];

const CLOSE: [&str; 2] = [
    "alter table ledger force row level security",
    "alter table province_day_change force row level security",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, &UP).await?;
        protect(manager, &TABLES).await?;
        if manager.get_database_backend() == DbBackend::Sqlite {
            return run(manager, &[FILL]).await;
        }
        run(manager, &OPEN).await?;
        run(manager, &[FILL]).await?;
        run(manager, &CLOSE).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_all(manager, &TABLES).await
    }
}
