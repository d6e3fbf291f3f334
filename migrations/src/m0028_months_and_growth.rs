//! Sums of months beside the province's days, so that a year is read as twelve months; and how far each agency's chain reaches, so that
//! the watch over the logs opens what grew and nothing else (ADR 0025).

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::dialect::{drop_all, run};
use crate::protection::protect;

/// This change.
#[derive(DeriveMigrationName)]
pub struct Migration;

const TABLES: [&str; 2] = ["province_month", "province_chain_growth"];

const UP: [&str; 5] = [
    // A month is named by its first day.
    "create table province_month (
        tenant_id {uuid} not null, month date not null, measure text not null, quantity bigint not null,
        primary key (tenant_id, month, measure))",
    "create index province_month_month on province_month (month)",
    // Number and moment of the newest entry.
    "create table province_chain_growth (
        tenant_id {uuid} not null primary key, audit_seq bigint not null, at bigint not null)",
    "create index province_chain_growth_at on province_chain_growth (at)",
    // One measure day by day over all agencies, from the index alone.
    "create index province_day_measure on province_day (measure, day, tenant_id, quantity)",
];

const DOWN: [&str; 1] = ["drop index province_day_measure"];

const GROWTH: &str = "insert into province_chain_growth (tenant_id, audit_seq, at) \
     select tenant_id, max(seq), max(at) from audit group by tenant_id";

fn months(first_of: &str) -> String {
    format!(
        "insert into province_month (tenant_id, month, measure, quantity) \
         select tenant_id, {first_of}, measure, cast(sum(quantity) as bigint) from province_day group by tenant_id, {first_of}, measure"
    )
}

/// Row security is forced on the owner of the tables too: without this they look empty to whoever migrates.
fn forced(word: &str) -> Vec<String> {
    ["audit", "province_day", "province_month", "province_chain_growth"]
        .iter()
        .map(|table| format!("alter table {table} {word} row level security"))
        .collect()
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, &UP).await?;
        protect(manager, &TABLES).await?;
        if manager.get_database_backend() == DbBackend::Sqlite {
            return run(manager, &[&months("date(day, 'start of month')"), GROWTH]).await;
        }
        let (open, close) = (forced("no force"), forced("force"));
        let mut steps: Vec<&str> = open.iter().map(String::as_str).collect();
        let fill = months("date_trunc('month', day)::date");
        steps.extend([fill.as_str(), GROWTH]);
        steps.extend(close.iter().map(String::as_str));
        run(manager, &steps).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, &DOWN).await?;
        drop_all(manager, &TABLES).await
    }
}
