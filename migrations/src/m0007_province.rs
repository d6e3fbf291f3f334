//! What the province reads over all agencies, and its own audit chain.

use sea_orm_migration::prelude::*;

use crate::dialect::{drop_all, run};
use crate::protection::protect;

/// This change.
#[derive(DeriveMigrationName)]
pub struct Migration;

const TABLES: [&str; 5] = [
    "province_day",
    "province_report",
    "province_consolidation",
    "province_chain_head",
    "province_audit",
];

const UP: [&str; 7] = [
    "create table province_day (
        tenant_id {uuid} not null, day date not null, measure text not null, quantity bigint not null, ledger_seq bigint not null,
        copied_at bigint not null, primary key (tenant_id, day, measure))",
    "create index province_day_day on province_day (day)",
    // What an agency sent (its own rows), and what the province decided.
    "create table province_report (
        tenant_id {uuid} not null, form text not null, period text not null, year integer not null, version integer not null,
        report_id {uuid} not null, body text not null, hash text not null, ledger_seq bigint not null, submitted_at bigint not null,
        submitted_name text not null, late boolean not null, decision text not null, remark text not null, decided_by {uuid},
        decided_name text, decided_at bigint,
        primary key (tenant_id, form, period, year, version))",
    "create table province_consolidation (
        id {uuid} not null primary key, form text not null, period text not null, year integer not null, version integer not null,
        stage text not null, body text not null, hash text not null, made_by {uuid} not null, made_name text not null,
        made_at bigint not null, frozen_by {uuid}, frozen_name text, frozen_at bigint)",
    "create unique index province_consolidation_once on province_consolidation (form, period, year, version)",
    "create table province_chain_head (
        id integer not null primary key, audit_seq bigint not null, audit_hash {bytes} not null)",
    "create table province_audit (
        seq bigint not null primary key, at bigint not null, actor {uuid} not null, actor_name text not null,
        action text not null, object_kind text not null, object_id {uuid} not null, detail text not null, reason text not null,
        request text not null, prev_hash {bytes} not null, hash {bytes} not null)",
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
