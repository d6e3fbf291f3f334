//! The register of tổ hòa giải ở cơ sở: dated facts of groups, without any person (ADR 0029).

use sea_orm_migration::prelude::*;

use crate::dialect::{drop_all, run};
use crate::protection::protect;

/// This change.
#[derive(DeriveMigrationName)]
pub struct Migration;

const TABLES: [&str; 1] = ["mediation_fact"];

const UP: [&str; 1] = [
    // `from_day`: the first day the fact holds. `corrects`: the fact whose place it takes; nothing is overwritten.
    "create table mediation_fact (
        tenant_id {uuid} not null, group_id {uuid} not null, number integer not null, from_day date not null,
        body text not null, corrects integer, reason text not null, author {uuid} not null, author_name text not null,
        created_at bigint not null,
        primary key (tenant_id, group_id, number), foreign key (tenant_id) references agency (tenant_id))",
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
