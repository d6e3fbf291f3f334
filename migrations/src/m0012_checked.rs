//! What a report's checker saw; how new a share is; a frozen sum that the database itself refuses to change.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::dialect::run;

/// This change.
#[derive(DeriveMigrationName)]
pub struct Migration;

const UP: [&str; 4] = [
    "alter table report add column checked_seq bigint not null default 0",
    // The lines as they were checked, canonical JSON, and their hash; empty before anybody checked.
    "alter table report add column checked_lines text not null default ''",
    "alter table report add column checked_hash text not null default ''",
    // How often the owner's activity had changed when this share was brought: an older message changes nothing.
    "alter table activity_share add column owner_row bigint not null default 0",
];

const DOWN: [&str; 4] = [
    "alter table activity_share drop column owner_row",
    "alter table report drop column checked_hash",
    "alter table report drop column checked_lines",
    "alter table report drop column checked_seq",
];

const FROZEN_SQLITE: [&str; 2] = [
    "create trigger province_consolidation_frozen_update before update on province_consolidation \
     when old.stage = 'frozen' begin select raise(abort, 'a frozen consolidation does not change'); end",
    "create trigger province_consolidation_frozen_delete before delete on province_consolidation \
     when old.stage = 'frozen' begin select raise(abort, 'a frozen consolidation does not change'); end",
];

const FROZEN_POSTGRES: [&str; 3] = [
    "create function refuse_frozen() returns trigger language plpgsql as \
     $$ begin raise exception 'a frozen consolidation does not change'; end $$",
    "create trigger province_consolidation_frozen before update or delete on province_consolidation \
     for each row when (old.stage = 'frozen') execute function refuse_frozen()",
    "create trigger province_consolidation_kept before truncate on province_consolidation \
     for each statement execute function refuse_change()",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, &UP).await?;
        match manager.get_database_backend() {
            DbBackend::Sqlite => run(manager, &FROZEN_SQLITE).await,
            _ => run(manager, &FROZEN_POSTGRES).await,
        }
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        match manager.get_database_backend() {
            DbBackend::Sqlite => {
                run(
                    manager,
                    &[
                        "drop trigger province_consolidation_frozen_delete",
                        "drop trigger province_consolidation_frozen_update",
                    ],
                )
                .await?;
            }
            _ => {
                run(
                    manager,
                    &[
                        "drop trigger province_consolidation_kept on province_consolidation",
                        "drop trigger province_consolidation_frozen on province_consolidation",
                        "drop function refuse_frozen()",
                    ],
                )
                .await?;
            }
        }
        run(manager, &DOWN).await
    }
}
