//! Items in the order of their last change, of one agency and of all: what the read interface and harvesters walk through.

use sea_orm_migration::prelude::*;

use crate::dialect::run;

/// This change.
#[derive(DeriveMigrationName)]
pub struct Migration;

// A withdrawal is a change too: its moment stands in a column of its own.
const UP: [&str; 2] = [
    "create index published_changed on published (coalesce(withdrawn_at, published_at), item_id)",
    "create index published_changed_here on published (tenant_id, coalesce(withdrawn_at, published_at), item_id)",
];

const DOWN: [&str; 2] = [
    "drop index published_changed_here",
    "drop index published_changed",
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
