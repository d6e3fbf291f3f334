//! Accounts, factors, sessions and memberships: one person, many agencies.

use sea_orm_migration::prelude::*;

use crate::dialect::{drop_all, run};
use crate::protection::protect;

/// This change.
#[derive(DeriveMigrationName)]
pub struct Migration;

const TABLES: [&str; 7] = [
    "account",
    "account_totp",
    "account_session",
    "account_device",
    "account_ticket",
    "sign_in_attempt",
    "membership",
];

const UP: [&str; 10] = [
    "create table account (
        id {uuid} not null primary key, email_key text not null unique, email text not null, display_name text not null,
        password_hash text not null, status text not null, created_at bigint not null, changed_at bigint not null)",
    // last_step: a code is good once (RFC 6238 5.2).
    "create table account_totp (
        account_id {uuid} not null primary key, secret text not null, confirmed_at bigint, last_step bigint not null,
        foreign key (account_id) references account (id))",
    "create table account_session (
        token_hash {bytes} not null primary key, account_id {uuid} not null, created_at bigint not null,
        seen_at bigint not null, second_factor_at bigint, ends_at bigint not null, device text not null,
        foreign key (account_id) references account (id))",
    "create index account_session_account on account_session (account_id)",
    "create table account_device (
        account_id {uuid} not null, device_hash text not null, first_seen_at bigint not null, label text not null,
        primary key (account_id, device_hash), foreign key (account_id) references account (id))",
    // A one-time step between two pages of signing in, or a one-time link of the demo.
    "create table account_ticket (
        token_hash {bytes} not null primary key, account_id {uuid} not null, purpose text not null, body text not null,
        ends_at bigint not null, used_at bigint, foreign key (account_id) references account (id))",
    "create table sign_in_attempt (
        id {uuid} not null primary key, account_key text not null, at bigint not null, succeeded boolean not null)",
    "create index sign_in_attempt_account on sign_in_attempt (account_key, at)",
    // domain: an agency, or the province.
    "create table membership (
        account_id {uuid} not null, domain {uuid} not null, role text not null, granted_by {uuid}, granted_at bigint not null,
        primary key (account_id, domain, role), foreign key (account_id) references account (id))",
    "create index membership_domain on membership (domain)",
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
