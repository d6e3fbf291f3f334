//! Digital signatures over reports that were sent (REP-20): the agency adds them, nobody takes them away.

use sea_orm_migration::prelude::*;

use crate::dialect::{drop_all, run};
use crate::protection::protect;

/// This change.
#[derive(DeriveMigrationName)]
pub struct Migration;

const TABLES: [&str; 1] = ["province_report_signature"];

const UP: [&str; 1] = [
    // The file as it came: who signed stands in its certificate, and is read from there each time.
    "create table province_report_signature (
        tenant_id {uuid} not null, form text not null, period text not null, year integer not null, version integer not null,
        number integer not null, cms {bytes} not null, added_at bigint not null,
        primary key (tenant_id, form, period, year, version, number))",
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
