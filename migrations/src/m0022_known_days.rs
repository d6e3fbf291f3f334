//! What the province knew and when: each change of a copied day stands beside the copy, so that a past date shows what was known then (DSH-05).

use sea_orm_migration::prelude::*;

use crate::dialect::{drop_all, run};
use crate::protection::protect;

/// This change.
#[derive(DeriveMigrationName)]
pub struct Migration;

const TABLES: [&str; 1] = ["province_day_change"];

const UP: [&str; 3] = [
    // The quantities of a day add up to its copy; `at` is when the newest row behind the change was written.
    "create table province_day_change (
        tenant_id {uuid} not null, day date not null, measure text not null, ledger_seq bigint not null, at bigint not null,
        quantity bigint not null,
        primary key (tenant_id, day, measure, ledger_seq))",
    "create index province_day_change_day on province_day_change (day, measure)",
    // Of what was copied before this change, the last state is known, and when it was copied.
    "insert into province_day_change (tenant_id, day, measure, ledger_seq, at, quantity) \
     select tenant_id, day, measure, ledger_seq, copied_at, quantity from province_day",
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
