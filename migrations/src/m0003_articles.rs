//! What an agency writes, and the projection of it that everybody may read.

use sea_orm_migration::prelude::*;

use crate::dialect::{drop_all, run};
use crate::protection::protect;

/// This change.
#[derive(DeriveMigrationName)]
pub struct Migration;

const TABLES: [&str; 7] = [
    "article",
    "article_version",
    "media",
    "published",
    "published_file",
    "section_profile",
    "embed_key",
];

const UP: [&str; 12] = [
    "create table article (
        tenant_id {uuid} not null, id {uuid} not null, kind text not null, stage text not null, title text not null,
        latest_version integer not null, live_version integer, first_published_at bigint, published_at bigint,
        withdrawn_at bigint, withdrawn_note text, submitted_by {uuid}, returned_note text, created_by {uuid} not null,
        created_at bigint not null, changed_at bigint not null, row_version bigint not null,
        primary key (tenant_id, id), foreign key (tenant_id) references agency (tenant_id))",
    "create index article_stage on article (tenant_id, stage, changed_at)",
    // A version never changes: every save is a new one.
    "create table article_version (
        tenant_id {uuid} not null, article_id {uuid} not null, number integer not null, content text not null,
        content_hash text not null, note text not null, author {uuid} not null, author_name text not null,
        created_at bigint not null,
        primary key (tenant_id, article_id, number),
        foreign key (tenant_id, article_id) references article (tenant_id, id))",
    "create table media (
        tenant_id {uuid} not null, id {uuid} not null, purpose text not null, file_name text not null, mime text not null,
        bytes bigint not null, width integer, height integer, sha256 text not null, alt text not null, path text not null,
        published boolean not null, uploaded_by {uuid} not null, created_at bigint not null,
        primary key (tenant_id, id), foreign key (tenant_id) references agency (tenant_id))",
    // What the public sees: written by acts in their own transaction, read by everybody.
    "create table published (
        tenant_id {uuid} not null, item_id {uuid} not null, kind text not null, slug text not null, title text not null,
        summary text not null, html text not null, facts text not null, first_published_at bigint not null,
        published_at bigint not null, effective_on date, withdrawn_at bigint, withdrawn_note text,
        search_row bigint not null, folded_title text not null, folded_body text not null, exact_title text not null,
        exact_body text not null,
        primary key (tenant_id, item_id), foreign key (tenant_id) references agency (tenant_id))",
    "create index published_latest on published (tenant_id, first_published_at)",
    "create index published_item on published (item_id)",
    "create index published_time on published (first_published_at)",
    "create table published_file (
        tenant_id {uuid} not null, id {uuid} not null, mime text not null, bytes bigint not null, file_name text not null,
        path text not null, primary key (tenant_id, id), foreign key (tenant_id) references agency (tenant_id))",
    "create index published_file_id on published_file (id)",
    "create table section_profile (
        tenant_id {uuid} not null primary key, body text not null, changed_at bigint not null,
        foreign key (tenant_id) references agency (tenant_id))",
    "create table embed_key (
        tenant_id {uuid} not null, id {uuid} not null, key text not null, site text not null, origins text not null,
        status text not null, created_by {uuid} not null, created_at bigint not null, changed_at bigint not null,
        primary key (tenant_id, id), foreign key (tenant_id) references agency (tenant_id))",
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
