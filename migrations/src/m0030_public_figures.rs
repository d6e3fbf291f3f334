//! Figures that the province chose to make public (DSH-11): what was proposed and who agreed, and what everybody reads.

use sea_orm_migration::prelude::*;

use crate::dialect::{drop_all, run};
use crate::protection::protect;

/// This change.
#[derive(DeriveMigrationName)]
pub struct Migration;

const TABLES: [&str; 2] = ["province_figure", "published_figure"];

const UP: [&str; 2] = [
    "create table province_figure (
        id {uuid} not null primary key, measure text not null, scope text not null, year integer, title text not null,
        note text not null, from_day date not null, stage text not null,
        proposed_by {uuid} not null, proposed_name text not null, proposed_at bigint not null,
        approved_by {uuid}, approved_name text, approved_at bigint,
        revoked_by {uuid}, revoked_name text, revoked_at bigint, reason text not null)",
    // Only what is public now stands here; whatever serves the public reads nothing else of the province's figures.
    "create table published_figure (
        id {uuid} not null primary key, from_day date not null, body text not null, changed_at bigint not null)",
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
