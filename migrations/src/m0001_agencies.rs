//! Agencies, their names, parents and addresses; policies; the machinery every node shares.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::dialect::{drop_all, run};
use crate::protection::protect;

/// This change.
#[derive(DeriveMigrationName)]
pub struct Migration;

const TABLES: [&str; 13] = [
    "province",
    "registry_version",
    "agency",
    "agency_name",
    "agency_parent",
    "agency_address",
    "policy_row",
    "policy_table",
    "policy_version",
    "generation",
    "catalogue",
    "outbox",
    "due_day",
];

const UP: [&str; 16] = [
    "create table province (
        id {uuid} not null primary key, slug text not null, name text not null, body text not null,
        changed_at bigint not null)",
    // One row: a node that sees another value reloads its registry of agencies, addresses and policies.
    "create table registry_version (id integer not null primary key, value bigint not null)",
    "insert into registry_version (id, value) values (1, 1)",
    "create table agency (
        tenant_id {uuid} not null primary key, slug text not null unique, kind text not null, membership text not null,
        report_row text not null, status text not null, accent text not null, body text not null,
        created_at bigint not null, changed_at bigint not null)",
    "create table agency_name (
        tenant_id {uuid} not null, valid_from date not null, valid_to date, official text not null, short text not null,
        primary key (tenant_id, valid_from), foreign key (tenant_id) references agency (tenant_id))",
    "create table agency_parent (
        tenant_id {uuid} not null, valid_from date not null, valid_to date, parent text not null,
        primary key (tenant_id, valid_from), foreign key (tenant_id) references agency (tenant_id))",
    // kind: slug | alias | host | embed. A value leads to one agency for ever.
    "create table agency_address (
        kind text not null, value text not null, tenant_id {uuid} not null, origins text not null, open boolean not null,
        created_at bigint not null,
        primary key (kind, value), foreign key (tenant_id) references agency (tenant_id))",
    "create table policy_row (
        domain {uuid} not null, role text not null check (role <> ''), action text not null check (action <> ''),
        condition text not null check (condition <> ''), primary key (domain, role, action, condition))",
    "create table policy_table (hash text not null primary key, bits text not null, compiled_at bigint not null)",
    "create table policy_version (domain {uuid} not null primary key, version bigint not null, hash text not null)",
    "create table generation (subject {uuid} not null primary key, value bigint not null, changed_at bigint not null)",
    "create index generation_changed on generation (changed_at)",
    "create table catalogue (
        kind text not null, code text not null, body text not null, changed_at bigint not null, primary key (kind, code))",
    // Headers only; what a message says stands in outbox_message, inside its agency. tenant_id null: the province's own.
    "create table outbox (
        id {uuid} not null primary key, tenant_id {uuid}, kind text not null, subject text not null,
        due_at bigint not null, attempts integer not null, leased_until bigint not null, state text not null, last_error text,
        traceparent text, created_at bigint not null)",
    "create index outbox_due on outbox (state, due_at)",
    "create table due_day (
        tenant_id {uuid} not null, day date not null, marked_at bigint not null, mark {uuid} not null,
        primary key (tenant_id, day))",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if manager.get_database_backend() == DbBackend::Postgres {
            run(
                manager,
                &[
                    "create function refuse_change() returns trigger language plpgsql as \
                   $$ begin raise exception '% is append-only', tg_table_name; end $$",
                ],
            )
            .await?;
        }
        run(manager, &UP).await?;
        protect(manager, &TABLES).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_all(manager, &TABLES).await?;
        if manager.get_database_backend() == DbBackend::Postgres {
            run(manager, &["drop function refuse_change()"]).await?;
        }
        Ok(())
    }
}
