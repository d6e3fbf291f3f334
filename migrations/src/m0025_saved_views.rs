//! What a person keeps for themselves over the province's figures: saved views (DSH-09), and whether they get the summary (DSH-12).

use sea_orm_migration::prelude::*;

use crate::dialect::{drop_all, run};
use crate::protection::protect;

/// This change.
#[derive(DeriveMigrationName)]
pub struct Migration;

const TABLES: [&str; 2] = ["account_view", "account_summary"];

const UP: [&str; 4] = [
    // `fixed`: the day of knowing and what else the figures are drawn by, as JSON; null for a living view.
    "create table account_view (
        id {uuid} not null primary key, account_id {uuid} not null, domain {uuid} not null, title text not null, shared integer not null,
        address text not null, fixed text, made_at bigint not null, changed_at bigint not null, removed_at bigint,
        foreign key (account_id) references account (id))",
    "create index account_view_account on account_view (domain, account_id)",
    // Who asked for the summary, and the last day they were told of.
    "create table account_summary (
        account_id {uuid} not null primary key, domain {uuid} not null, chosen_at bigint not null, told_on date,
        foreign key (account_id) references account (id))",
    "create index account_summary_domain on account_summary (domain)",
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
