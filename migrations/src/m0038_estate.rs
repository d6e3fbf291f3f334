//! Pages of agencies' sites that show a section, and how they stand (N-30).

use sea_orm_migration::prelude::*;

use crate::dialect::{drop_all, run};
use crate::protection::protect;

/// This change.
#[derive(DeriveMigrationName)]
pub struct Migration;

const TABLES: [&str; 2] = ["embed_place", "province_place"];

const UP: [&str; 3] = [
    // `retired_at`: no longer looked at, and kept. `good_at`: when it was last seen showing the section.
    "create table embed_place (
        tenant_id {uuid} not null, id {uuid} not null, embed_id {uuid} not null, address text not null, contact text not null,
        added_by {uuid} not null, added_at bigint not null, retired_at bigint,
        health text not null, shows text not null, findings text not null, looked_at bigint, good_at bigint,
        primary key (tenant_id, id), unique (tenant_id, address),
        foreign key (tenant_id, embed_id) references embed_key (tenant_id, id))",
    // The province's copy, without who is to be called: also what says which pages are due.
    "create table province_place (
        tenant_id {uuid} not null, id {uuid} not null, address text not null, site text not null,
        health text not null, shows text not null, trouble text not null,
        added_at bigint not null, looked_at bigint, good_at bigint,
        primary key (tenant_id, id))",
    "create index province_place_looked on province_place (looked_at)",
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
