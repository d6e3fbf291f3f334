//! Search and lists that cost what they show: words with their marks in the index, the index in the row, nothing pending;
//! the newest items in the order in which lists show them.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::dialect::run;

/// This change.
#[derive(DeriveMigrationName)]
pub struct Migration;

// Words with their marks before the folded ones (positions end at 16,383), so that the typed spelling ranks without reading
// the text. `main` keeps
// the vector in the row: matching one out of line costs six times as much, and the planner does not know (measured:
// docs/performance.md). Without `fastupdate` no search walks entries that wait to be sorted in.
const POSTGRES_UP: [&str; 3] = [
    "drop index published_search",
    "alter table published drop column search,
        add column search tsvector generated always as (
            setweight(to_tsvector('simple', exact_title || ' ' || folded_title), 'A')
            || setweight(to_tsvector('simple', exact_body || ' ' || folded_body), 'C')) stored,
        alter column search set storage main",
    "create index published_search on published using gin (tenant_id, search) with (fastupdate = off)",
];

const POSTGRES_DOWN: [&str; 3] = [
    "drop index published_search",
    "alter table published drop column search,
        add column search tsvector generated always as (
            setweight(to_tsvector('simple', folded_title), 'A') || setweight(to_tsvector('simple', folded_body), 'C')) stored",
    "create index published_search on published using gin (tenant_id, search)",
];

// The few agencies whose items are not found, without a walk over all agencies; and no sorting of all items for the first.
const UP: [&str; 5] = [
    "create index agency_hidden on agency (tenant_id) where status = 'hidden'",
    "drop index published_latest",
    "create index published_latest on published (tenant_id, first_published_at, item_id)",
    "drop index published_time",
    "create index published_time on published (first_published_at, item_id)",
];

const DOWN: [&str; 5] = [
    "drop index published_time",
    "create index published_time on published (first_published_at)",
    "drop index published_latest",
    "create index published_latest on published (tenant_id, first_published_at)",
    "drop index agency_hidden",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, &UP).await?;
        match manager.get_database_backend() {
            DbBackend::Sqlite => Ok(()),
            _ => run(manager, &POSTGRES_UP).await,
        }
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, &DOWN).await?;
        match manager.get_database_backend() {
            DbBackend::Sqlite => Ok(()),
            _ => run(manager, &POSTGRES_DOWN).await,
        }
    }
}
