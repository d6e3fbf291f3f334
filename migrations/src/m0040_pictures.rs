//! The last picture of each page that shows a section (N-30).

use sea_orm_migration::prelude::*;

use crate::dialect::run;

/// This change.
#[derive(DeriveMigrationName)]
pub struct Migration;

const UP: [&str; 6] = [
    // The file of the picture, its SHA-256, when it was made.
    "alter table embed_place add column picture {uuid}",
    "alter table embed_place add column picture_hash text",
    "alter table embed_place add column pictured_at bigint",
    // Why the last attempt gave none, in the words of the screen.
    "alter table embed_place add column no_picture text",
    "alter table province_place add column picture {uuid}",
    "alter table province_place add column pictured_at bigint",
];

const DOWN: [&str; 6] = [
    "alter table province_place drop column pictured_at",
    "alter table province_place drop column picture",
    "alter table embed_place drop column no_picture",
    "alter table embed_place drop column pictured_at",
    "alter table embed_place drop column picture_hash",
    "alter table embed_place drop column picture",
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
