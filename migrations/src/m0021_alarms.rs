//! Alarms on odd acts (AUD-07): what was raised, of which entries, what was found behind it; and logs read by time.

use sea_orm_migration::prelude::*;

use crate::dialect::{drop_all, run};
use crate::protection::protect;

/// This change.
#[derive(DeriveMigrationName)]
pub struct Migration;

const TABLES: [&str; 3] = ["province_alarm", "province_alarm_entry", "province_alarm_watch"];

const UP: [&str; 8] = [
    "create table province_alarm (
        id {uuid} not null primary key, rule text not null, title text not null, subject {uuid} not null, first_at bigint not null,
        last_at bigint not null, raised_at bigint not null, answered_by {uuid}, answered_name text, answered_at bigint, note text)",
    "create index province_alarm_raised on province_alarm (raised_at)",
    // An entry raises a rule once.
    "create table province_alarm_entry (
        rule text not null, chain text not null, seq bigint not null, alarm_id {uuid} not null, at bigint not null,
        actor {uuid} not null, person {uuid}, action text not null, count integer not null,
        primary key (rule, chain, seq), foreign key (alarm_id) references province_alarm (id))",
    "create index province_alarm_entry_alarm on province_alarm_entry (alarm_id)",
    // One row: up to when entries were looked at.
    "create table province_alarm_watch (id integer not null primary key, looked_at bigint not null)",
    // Exports, packs and the watch ask for entries of a time.
    "create index audit_at on audit (tenant_id, at)",
    "create index province_audit_at on province_audit (at)",
    "create index account_audit_at on account_audit (at)",
];

const DOWN: [&str; 3] = [
    "drop index account_audit_at",
    "drop index province_audit_at",
    "drop index audit_at",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, &UP).await?;
        protect(manager, &TABLES).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, &DOWN).await?;
        drop_all(manager, &TABLES).await
    }
}
