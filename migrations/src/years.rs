//! The ledger on PostgreSQL stands in partitions, one a calendar year of its days; here they are made, and rows that came before their
//! partition are moved into it (ADR 0020). Only the owner of the tables may call this.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{
    ConnectionTrait, DatabaseConnection, DbBackend, Statement, TransactionTrait,
};

/// Where rows wait whose year has no partition yet.
pub const DEFAULT: &str = "ledger_default";

/// Years that are made ahead of the present one.
const AHEAD: i32 = 1;
/// Years that a day of the ledger can sensibly lie in: what lies outside stays in [`DEFAULT`].
const SENSIBLE: std::ops::RangeInclusive<i32> = 1990..=2100;
/// One maker at a time, whichever node it is on.
const LOCK: i64 = 0x6c65_6467_6572;

/// The name of a year's partition.
#[must_use]
pub fn partition(year: i32) -> String {
    format!("ledger_y{year}")
}

/// Makes the partitions of last year, of this one and of the next, and of every year that rows wait for; answers which were made.
/// Elsewhere than on PostgreSQL there is nothing to do.
///
/// # Errors
/// When the database refuses, or others hold the ledger for longer than a few seconds: nothing is changed then.
pub async fn prepare(db: &DatabaseConnection) -> Result<Vec<i32>, DbErr> {
    if db.get_database_backend() != DbBackend::Postgres {
        return Ok(Vec::new());
    }
    let this = number(
        db,
        "select extract(year from now() at time zone 'Asia/Ho_Chi_Minh')::bigint as found",
    )
    .await?;
    let this: i32 = this
        .try_into()
        .map_err(|_| DbErr::Migration(format!("the year {this}")))?;
    let wanted: Vec<i32> = (this - 1..=this + AHEAD).collect();
    let tx = db.begin().await?;
    // Whoever waits for us waits behind everybody who reads: rather not now.
    run(&tx, &["set local lock_timeout = '5s'".to_owned()]).await?;
    run(&tx, &[format!("select pg_advisory_xact_lock({LOCK})")]).await?;
    let made = make(&tx, &wanted).await?;
    tx.commit().await?;
    // Nobody else gathers statistics of a table that only has parts (PostgreSQL 15, "ANALYZE", Notes).
    run(db, &["analyze ledger".to_owned()]).await?;
    Ok(made)
}

/// Whether the ledger has a partition for this year.
///
/// # Errors
/// When the database refuses.
pub async fn stands(db: &impl ConnectionTrait, year: i32) -> Result<bool, DbErr> {
    let sql = format!(
        "select (to_regclass('{}') is not null)::int::bigint as found",
        partition(year)
    );
    Ok(number(db, &sql).await? == 1)
}

/// Makes what is missing of these years and of those that rows wait for.
async fn make(db: &impl ConnectionTrait, wanted: &[i32]) -> Result<Vec<i32>, DbErr> {
    // A file without a page holds no row, whatever row security lets its owner see.
    let waits = number(db, &format!("select pg_relation_size('{DEFAULT}') as found")).await? > 0;
    let mut years: Vec<i32> = wanted.to_vec();
    if waits {
        run(db, &open(DEFAULT)).await?;
        years.extend(years_of(db, DEFAULT).await?);
        years.sort_unstable();
        years.dedup();
    }
    let mut made = Vec::new();
    for year in years {
        if !stands(db, year).await? {
            run(db, &one(year, waits)).await?;
            run(db, &walls(&partition(year))).await?;
            made.push(year);
        }
    }
    if waits {
        if number(db, &format!("select count(*) as found from {DEFAULT}")).await? == 0 {
            run(db, &[format!("truncate {DEFAULT}")]).await?;
        }
        run(db, &close(DEFAULT)).await?;
    }
    Ok(made)
}

/// The years of some rows that a partition may be made for.
///
/// # Errors
/// When the database refuses.
pub async fn years_of(db: &impl ConnectionTrait, table: &str) -> Result<Vec<i32>, DbErr> {
    let sql = format!("select distinct extract(year from day)::bigint as found from {table}");
    let rows = db
        .query_all_raw(Statement::from_string(DbBackend::Postgres, sql))
        .await?;
    let mut years = Vec::new();
    for row in rows {
        let year: i32 = row.try_get::<i64>("", "found")?.try_into().unwrap_or(0);
        if SENSIBLE.contains(&year) {
            years.push(year);
        }
    }
    Ok(years)
}

/// A year's table: filled with the rows that wait for it before it becomes a part of the ledger.
fn one(year: i32, waits: bool) -> Vec<String> {
    let name = partition(year);
    let (from, until) = (format!("'{year}-01-01'"), format!("'{}-01-01'", year + 1));
    let mut steps = vec![format!(
        "create table {name} (like ledger including defaults including constraints)"
    )];
    if waits {
        let those = format!("from {DEFAULT} where day >= {from} and day < {until}");
        steps.push(format!("insert into {name} select * {those}"));
        steps.push(format!("delete {those}"));
    }
    steps.push(format!(
        "alter table ledger attach partition {name} for values from ({from}) to ({until})"
    ));
    steps
}

/// A year's partition without a row.
#[must_use]
pub fn empty(year: i32) -> String {
    let next = year + 1;
    format!(
        "create table {} partition of ledger for values from ('{year}-01-01') to ('{next}-01-01')",
        partition(year)
    )
}

/// A partition named by itself shows and takes nothing: no role has a grant on it, no policy lets a row through. What comes through the
/// ledger meets the policies of the ledger.
#[must_use]
pub fn walls(name: &str) -> Vec<String> {
    vec![
        format!("alter table {name} enable row level security"),
        format!("alter table {name} force row level security"),
        format!(
            "create trigger {name}_append_only before update or delete or truncate on {name} \
             for each statement execute function refuse_change()"
        ),
    ]
}

/// Lets the owner see and move rows, until the end of the transaction at the latest.
fn open(name: &str) -> Vec<String> {
    vec![
        format!("alter table {name} no force row level security"),
        format!("alter table {name} disable trigger {name}_append_only"),
    ]
}

fn close(name: &str) -> Vec<String> {
    vec![
        format!("alter table {name} enable trigger {name}_append_only"),
        format!("alter table {name} force row level security"),
    ]
}

async fn run(db: &impl ConnectionTrait, statements: &[String]) -> Result<(), DbErr> {
    for statement in statements {
        db.execute_unprepared(statement).await?;
    }
    Ok(())
}

async fn number(db: &impl ConnectionTrait, sql: &str) -> Result<i64, DbErr> {
    let row = db
        .query_one_raw(Statement::from_string(DbBackend::Postgres, sql))
        .await?;
    row.ok_or_else(|| DbErr::RecordNotFound(sql.to_owned()))?
        .try_get("", "found")
}
