//! What a session's value is good for: the roles it was made for, and whether its second factor lasts; when a device was last seen.

use sea_orm_migration::prelude::*;

use crate::dialect::run;

/// This change.
#[derive(DeriveMigrationName)]
pub struct Migration;

const UP: [&str; 6] = [
    // Counts what was given and taken: a session made before that gets a new value.
    "alter table account add column roles_version bigint not null default 0",
    "alter table account_session add column roles_version bigint not null default 0",
    // Of the demo's one-time links: the second factor counts for the whole life of the session.
    "alter table account_session add column lasting boolean not null default false",
    "alter table account_device add column seen_at bigint not null default 0",
    "update account_device set seen_at = first_seen_at",
    "create index sign_in_attempt_at on sign_in_attempt (at)",
];

const DOWN: [&str; 5] = [
    "drop index sign_in_attempt_at",
    "alter table account_device drop column seen_at",
    "alter table account_session drop column lasting",
    "alter table account_session drop column roles_version",
    "alter table account drop column roles_version",
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
