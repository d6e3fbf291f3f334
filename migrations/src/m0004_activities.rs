//! What an agency does offline, and the ledger that counts it.

use sea_orm_migration::prelude::*;

use crate::dialect::{drop_all, run};
use crate::protection::protect;

/// This change.
#[derive(DeriveMigrationName)]
pub struct Migration;

const TABLES: [&str; 7] = [
    "activity",
    "activity_version",
    "activity_evidence",
    "activity_partner",
    "activity_share",
    "ledger",
    "day_total",
];

const UP: [&str; 10] = [
    "create table activity (
        tenant_id {uuid} not null, id {uuid} not null, stage text not null, kind text not null, title text not null,
        day date not null, latest_version integer not null, created_by {uuid} not null, created_at bigint not null,
        changed_at bigint not null, row_version bigint not null,
        primary key (tenant_id, id), foreign key (tenant_id) references agency (tenant_id))",
    "create index activity_day on activity (tenant_id, day)",
    "create table activity_version (
        tenant_id {uuid} not null, activity_id {uuid} not null, number integer not null, content text not null,
        reason text not null, author {uuid} not null, author_name text not null, created_at bigint not null,
        primary key (tenant_id, activity_id, number),
        foreign key (tenant_id, activity_id) references activity (tenant_id, id))",
    "create table activity_evidence (
        tenant_id {uuid} not null, activity_id {uuid} not null, media_id {uuid} not null, label text not null,
        added_by {uuid} not null, added_at bigint not null,
        primary key (tenant_id, activity_id, media_id),
        foreign key (tenant_id, activity_id) references activity (tenant_id, id),
        foreign key (tenant_id, media_id) references media (tenant_id, id))",
    // The owner's list of co-organisers; each co-organiser holds the share itself.
    "create table activity_partner (
        tenant_id {uuid} not null, activity_id {uuid} not null, partner {uuid} not null, partner_name text not null,
        answer text not null, answered_at bigint,
        primary key (tenant_id, activity_id, partner),
        foreign key (tenant_id, activity_id) references activity (tenant_id, id))",
    "create table activity_share (
        tenant_id {uuid} not null, activity_id {uuid} not null, owner {uuid} not null, owner_name text not null,
        title text not null, day date not null, summary text not null, answer text not null, reason text not null,
        invited_at bigint not null, answered_at bigint, answered_by {uuid}, answered_name text,
        primary key (tenant_id, activity_id), foreign key (tenant_id) references agency (tenant_id))",
    // The append-only ledger: corrections are reversing entries with a reason. source: activity | article.
    "create table ledger (
        tenant_id {uuid} not null, seq bigint not null, at bigint not null, day date not null, source text not null,
        source_id {uuid} not null, source_version integer not null, measure text not null, quantity bigint not null,
        dimensions text not null, reverses bigint, reason text not null, actor {uuid} not null, actor_name text not null,
        primary key (tenant_id, seq), foreign key (tenant_id) references agency (tenant_id))",
    "create index ledger_day on ledger (tenant_id, day, measure)",
    "create index ledger_source on ledger (tenant_id, source_id)",
    "create table day_total (
        tenant_id {uuid} not null, day date not null, measure text not null, quantity bigint not null, ledger_seq bigint not null,
        primary key (tenant_id, day, measure), foreign key (tenant_id) references agency (tenant_id))",
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
