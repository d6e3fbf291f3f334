//! Up to where the log server of the data centre has each chain (AUD-05), and whose turn it is to send.

use sea_orm_migration::prelude::*;

use crate::dialect::{drop_all, run};
use crate::protection::protect;

/// This change.
#[derive(DeriveMigrationName)]
pub struct Migration;

const TABLES: [&str; 2] = ["province_drain", "province_drain_turn"];

const UP: [&str; 2] = [
    "create table province_drain (
        chain text not null primary key, seq bigint not null, hash {bytes} not null, at bigint not null)",
    // One row: one node sends at a time.
    "create table province_drain_turn (id integer not null primary key, node text not null, until bigint not null)",
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
