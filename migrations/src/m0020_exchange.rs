//! What the province sent to the Ministry, the receipts, and how both sides compare (REP-19).

use sea_orm_migration::prelude::*;

use crate::dialect::{drop_all, run};
use crate::protection::protect;

/// This change.
#[derive(DeriveMigrationName)]
pub struct Migration;

const TABLES: [&str; 2] = ["province_exchange", "province_reconciliation"];

const UP: [&str; 3] = [
    // The bytes are kept as they go out: every attempt sends the same.
    "create table province_exchange (
        record text not null, version integer not null, form text not null, period text not null, year integer not null,
        envelope text not null, hash text not null, asked_at bigint not null,
        receipt text, received_at bigint, problem text not null, changed_at bigint not null,
        primary key (record, version))",
    "create index province_exchange_period on province_exchange (year, period)",
    "create table province_reconciliation (
        period text not null, year integer not null, asked_at bigint not null, done_at bigint, records integer not null,
        body text not null, problem text not null, primary key (period, year))",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, &UP).await?;
        protect(manager, &TABLES).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_all(manager, &TABLES).await
    }
}
