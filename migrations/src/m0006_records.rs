//! What every act leaves behind: audit chain, timeline, outbox.

use sea_orm_migration::prelude::*;

use crate::dialect::{drop_all, run};
use crate::protection::protect;

/// This change.
#[derive(DeriveMigrationName)]
pub struct Migration;

const TABLES: [&str; 4] = ["chain_head", "audit", "timeline", "outbox_message"];

const UP: [&str; 6] = [
    // One row an agency, locked by every act that records: sequences without gaps, hashes without forks.
    "create table chain_head (
        tenant_id {uuid} not null primary key, audit_seq bigint not null, audit_hash {bytes} not null, ledger_seq bigint not null,
        foreign key (tenant_id) references agency (tenant_id))",
    "create table audit (
        tenant_id {uuid} not null, seq bigint not null, at bigint not null, actor {uuid} not null, actor_name text not null,
        action text not null, object_kind text not null, object_id {uuid} not null, detail text not null, reason text not null,
        request text not null, prev_hash {bytes} not null, hash {bytes} not null,
        primary key (tenant_id, seq), foreign key (tenant_id) references agency (tenant_id))",
    "create index audit_object on audit (tenant_id, object_id)",
    "create table timeline (
        tenant_id {uuid} not null, id {uuid} not null, object_kind text not null, object_id {uuid} not null, at bigint not null,
        actor {uuid} not null, actor_name text not null, verb text not null, note text not null, version integer,
        primary key (tenant_id, id), foreign key (tenant_id) references agency (tenant_id))",
    "create index timeline_object on timeline (tenant_id, object_id, at)",
    "create table outbox_message (
        tenant_id {uuid} not null, id {uuid} not null, body text not null, created_at bigint not null,
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
