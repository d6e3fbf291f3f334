//! What acts on accounts leave behind: an audit chain of their own, of no agency and not the province's.

use sea_orm_migration::prelude::*;

use crate::dialect::{drop_all, run};
use crate::protection::protect;

/// This change.
#[derive(DeriveMigrationName)]
pub struct Migration;

const TABLES: [&str; 2] = ["account_chain_head", "account_audit"];

const UP: [&str; 3] = [
    "create table account_chain_head (
        id integer not null primary key, audit_seq bigint not null, audit_hash {bytes} not null)",
    // No names and no addresses: the actor's and the object's account ids only.
    "create table account_audit (
        seq bigint not null primary key, at bigint not null, actor {uuid} not null, actor_name text not null,
        action text not null, object_kind text not null, object_id {uuid} not null, detail text not null, reason text not null,
        request text not null, prev_hash {bytes} not null, hash {bytes} not null)",
    "create index account_audit_object on account_audit (object_id)",
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
