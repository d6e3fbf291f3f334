//! Embed keys that were replaced go on leading to their site, until a day that its webmaster chose (EMB-17).

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::dialect::run;

/// This change.
#[derive(DeriveMigrationName)]
pub struct Migration;

const COLUMNS: [&str; 3] = [
    // Of an embed key: the site that it stands for.
    "alter table agency_address add column embed_id {uuid}",
    // Null: the site's present key. Else when another took its place, and until when this one still holds (null: for ever).
    "alter table agency_address add column replaced_at bigint",
    "alter table agency_address add column ends_at bigint",
];

const FILL: [&str; 2] = [
    "update agency_address set embed_id =
        (select e.id from embed_key e where e.tenant_id = agency_address.tenant_id and e.key = agency_address.value)
     where kind = 'embed'",
    "create index agency_address_embed on agency_address (embed_id)",
];

const BACK: [&str; 5] = [
    "drop index agency_address_embed",
    "delete from agency_address where replaced_at is not null",
    "alter table agency_address drop column ends_at",
    "alter table agency_address drop column replaced_at",
    "alter table agency_address drop column embed_id",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, &COLUMNS).await?;
        let walled = manager.get_database_backend() == DbBackend::Postgres;
        if walled {
            run(manager, &["alter table embed_key no force row level security"]).await?;
        }
        run(manager, &FILL).await?;
        if walled {
            run(manager, &["alter table embed_key force row level security"]).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, &BACK).await
    }
}
