//! Search over the published projection: tsvector with GIN on PostgreSQL, FTS5 on SQLite.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::dialect::run;

/// This change.
#[derive(DeriveMigrationName)]
pub struct Migration;

// The application folds (Vietnamese marks, đ); the database only indexes tokens. 'simple' has no stop words or stems.
// btree_gin comes with PostgreSQL's contrib and is a trusted extension: the owner of the database may create it.
const POSTGRES_UP: [&str; 3] = [
    "create extension if not exists btree_gin",
    "alter table published add column search tsvector generated always as (
        setweight(to_tsvector('simple', folded_title), 'A') || setweight(to_tsvector('simple', folded_body), 'C')) stored",
    "create index published_search on published using gin (tenant_id, search)",
];

const POSTGRES_DOWN: [&str; 2] = [
    "drop index published_search",
    "alter table published drop column search",
];

// Contentless index kept in step by triggers; the agency is a token of its own column, so that one agency's search
// never walks another's postings.
const SQLITE_UP: [&str; 4] = [
    "create virtual table published_search using fts5(
        agency, folded_title, folded_body, exact_title, exact_body,
        content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0')",
    "create trigger published_search_added after insert on published begin
        insert into published_search(rowid, agency, folded_title, folded_body, exact_title, exact_body)
        values (new.search_row, 't' || lower(hex(new.tenant_id)), new.folded_title, new.folded_body, new.exact_title, new.exact_body);
     end",
    "create trigger published_search_changed after update on published begin
        delete from published_search where rowid = old.search_row;
        insert into published_search(rowid, agency, folded_title, folded_body, exact_title, exact_body)
        values (new.search_row, 't' || lower(hex(new.tenant_id)), new.folded_title, new.folded_body, new.exact_title, new.exact_body);
     end",
    "create trigger published_search_removed after delete on published begin
        delete from published_search where rowid = old.search_row;
     end",
];

const SQLITE_DOWN: [&str; 4] = [
    "drop trigger published_search_added",
    "drop trigger published_search_changed",
    "drop trigger published_search_removed",
    "drop table published_search",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        match manager.get_database_backend() {
            DbBackend::Sqlite => run(manager, &SQLITE_UP).await,
            _ => run(manager, &POSTGRES_UP).await,
        }
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        match manager.get_database_backend() {
            DbBackend::Sqlite => run(manager, &SQLITE_DOWN).await,
            _ => run(manager, &POSTGRES_DOWN).await,
        }
    }
}
