//! As of when the province's figures are, asked on every page of theirs: the newest copy is found in an index, not among all days.

use sea_orm_migration::prelude::*;

use crate::dialect::run;

/// This change.
#[derive(DeriveMigrationName)]
pub struct Migration;

const UP: &str = "create index province_day_copied on province_day (copied_at)";

const DOWN: &str = "drop index province_day_copied";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, &[UP]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, &[DOWN]).await
    }
}
