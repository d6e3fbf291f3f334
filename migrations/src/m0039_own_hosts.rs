//! Host names that agencies claim as their own, with the proof and what was found there (EMB-20, TEN-22).

use sea_orm_migration::prelude::*;

use crate::dialect::{drop_all, run};
use crate::protection::protect;

/// This change.
#[derive(DeriveMigrationName)]
pub struct Migration;

const TABLES: [&str; 2] = ["agency_host", "province_host"];

const UP: [&str; 4] = [
    // What shows the section stands in agency_address (kind host): one agency a name. Here several may claim one, until it is proved.
    "create table agency_host (
        tenant_id {uuid} not null, id {uuid} not null, host text not null, token text not null,
        added_by {uuid} not null, claimed_at bigint not null, proved_at bigint, missed_since bigint, suspended_at bigint,
        released_at bigint, registered_until date, findings text not null, looked_at bigint,
        primary key (tenant_id, id), unique (tenant_id, host))",
    // The province's copy: also what says which names are due.
    "create table province_host (
        tenant_id {uuid} not null, id {uuid} not null, host text not null, standing text not null, trouble text not null,
        gravity integer not null, proved_at bigint, looked_at bigint, due_at bigint,
        primary key (tenant_id, id))",
    "create index province_host_due on province_host (due_at)",
    "create index agency_address_ends on agency_address (kind, ends_at)",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, &UP).await?;
        protect(manager, &TABLES).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, &["drop index agency_address_ends"]).await?;
        drop_all(manager, &TABLES).await
    }
}
