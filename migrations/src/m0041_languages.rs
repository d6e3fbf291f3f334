//! Items in several languages, and items that stand elsewhere first: what lists, feeds and sitemaps of the projection ask for.

use sea_orm_migration::prelude::*;

use crate::dialect::run;

/// This change.
#[derive(DeriveMigrationName)]
pub struct Migration;

// All of it stands in `facts` too, with what else is shown; these columns are what is searched by.
const UP: [&str; 7] = [
    "alter table published add column language text not null default 'vi'",
    // The item of the same agency that this one translates.
    "alter table published add column translates {uuid}",
    // Where the item stands first, outside of the platform; and whether it is the same word for word.
    "alter table published add column copied_from text",
    "alter table published add column verbatim boolean not null default false",
    "create index published_translates on published (translates) where translates is not null",
    "create index published_copied on published (copied_from) where copied_from is not null",
    "create index published_language on published (language, first_published_at) where language <> 'vi'",
];

const DOWN: [&str; 7] = [
    "drop index published_language",
    "drop index published_copied",
    "drop index published_translates",
    "alter table published drop column verbatim",
    "alter table published drop column copied_from",
    "alter table published drop column translates",
    "alter table published drop column language",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, &UP).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, &DOWN).await
    }
}
