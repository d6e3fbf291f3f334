//! The statistical forms an agency fills.

use sea_orm_migration::prelude::*;

use crate::dialect::{drop_all, run};
use crate::protection::protect;

/// This change.
#[derive(DeriveMigrationName)]
pub struct Migration;

const TABLES: [&str; 3] = ["report", "report_cell", "report_step"];

const UP: [&str; 4] = [
    "create table report (
        tenant_id {uuid} not null, id {uuid} not null, form text not null, period text not null, year integer not null,
        version integer not null, stage text not null, ledger_seq bigint not null, body text not null, hash text not null,
        created_by {uuid} not null, created_at bigint not null, changed_at bigint not null, submitted_at bigint,
        row_version bigint not null,
        primary key (tenant_id, id), foreign key (tenant_id) references agency (tenant_id))",
    "create unique index report_once on report (tenant_id, form, period, year, version)",
    // Declared figures and remarks only: automatic figures are folded from the ledger while the report is a draft.
    "create table report_cell (
        tenant_id {uuid} not null, report_id {uuid} not null, row_key text not null, col integer not null, actual bigint,
        estimate bigint, note text not null, changed_by {uuid} not null, changed_name text not null, changed_at bigint not null,
        primary key (tenant_id, report_id, row_key, col),
        foreign key (tenant_id, report_id) references report (tenant_id, id))",
    "create table report_step (
        tenant_id {uuid} not null, report_id {uuid} not null, id {uuid} not null, step text not null, note text not null,
        actor {uuid} not null, actor_name text not null, at bigint not null,
        primary key (tenant_id, report_id, id),
        foreign key (tenant_id, report_id) references report (tenant_id, id))",
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
