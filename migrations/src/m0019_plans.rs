//! Results under a plan: what an agency writes, what it sent, and the province's report, frozen once.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::dialect::{drop_all, run};
use crate::protection::protect;

/// This change.
#[derive(DeriveMigrationName)]
pub struct Migration;

const TABLES: [&str; 3] = [
    "plan_contribution",
    "province_contribution",
    "province_plan_report",
];

const UP: [&str; 4] = [
    // The texts of the version that is being written, and of the last one that was sent until another is begun.
    "create table plan_contribution (
        tenant_id {uuid} not null, plan text not null, year integer not null, id {uuid} not null, version integer not null,
        texts text not null, reason text not null, changed_by {uuid} not null, changed_name text not null,
        changed_at bigint not null, row_version bigint not null,
        primary key (tenant_id, plan, year), foreign key (tenant_id) references agency (tenant_id))",
    // What an agency sent (its own rows), and what the province decided.
    "create table province_contribution (
        tenant_id {uuid} not null, plan text not null, year integer not null, version integer not null,
        contribution_id {uuid} not null, body text not null, hash text not null, ledger_seq bigint not null,
        sent_at bigint not null, sent_name text not null, decision text not null, remark text not null, decided_by {uuid},
        decided_name text, decided_at bigint,
        primary key (tenant_id, plan, year, version))",
    "create table province_plan_report (
        id {uuid} not null primary key, plan text not null, year integer not null, version integer not null, stage text not null,
        texts text not null, reason text not null, body text not null, hash text not null, changed_by {uuid} not null,
        changed_name text not null, changed_at bigint not null, frozen_by {uuid}, frozen_name text, frozen_at bigint)",
    "create unique index province_plan_report_once on province_plan_report (plan, year, version)",
];

/// What was sent is not rewritten, what is frozen does not change, and whoever sends cannot decide.
const APART_SQLITE: [&str; 4] = [
    "create trigger province_contribution_sent before insert on province_contribution \
     when new.decision <> 'waiting' \
     begin select raise(abort, 'a contribution is sent before it is decided upon'); end",
    "create trigger province_contribution_kept before update on province_contribution \
     when new.body is not old.body or new.hash is not old.hash \
     begin select raise(abort, 'what was sent does not change'); end",
    "create trigger province_plan_report_frozen_update before update on province_plan_report \
     when old.stage = 'frozen' begin select raise(abort, 'a frozen report does not change'); end",
    "create trigger province_plan_report_frozen_delete before delete on province_plan_report \
     when old.stage = 'frozen' begin select raise(abort, 'a frozen report does not change'); end",
];

const APART_POSTGRES: [&str; 8] = [
    "create function refuse_decided_contribution() returns trigger language plpgsql as \
     $$ begin raise exception 'a contribution is sent before it is decided upon'; end $$",
    "create function refuse_rewritten_contribution() returns trigger language plpgsql as \
     $$ begin raise exception 'what was sent does not change'; end $$",
    "create function refuse_frozen_plan_report() returns trigger language plpgsql as \
     $$ begin raise exception 'a frozen report does not change'; end $$",
    "create trigger province_contribution_sent before insert on province_contribution for each row \
     when (new.decision <> 'waiting') execute function refuse_decided_contribution()",
    "create trigger province_contribution_kept before update on province_contribution for each row \
     when (new.body is distinct from old.body or new.hash is distinct from old.hash) \
     execute function refuse_rewritten_contribution()",
    "create trigger province_plan_report_frozen before update or delete on province_plan_report for each row \
     when (old.stage = 'frozen') execute function refuse_frozen_plan_report()",
    "revoke update, delete on province_contribution from pbgdpl_app",
    "revoke insert, delete on province_contribution from pbgdpl_province",
];

const DOWN_POSTGRES: [&str; 3] = [
    "drop function refuse_frozen_plan_report()",
    "drop function refuse_rewritten_contribution()",
    "drop function refuse_decided_contribution()",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, &UP).await?;
        protect(manager, &TABLES).await?;
        match manager.get_database_backend() {
            DbBackend::Sqlite => run(manager, &APART_SQLITE).await,
            _ => run(manager, &APART_POSTGRES).await,
        }
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_all(manager, &TABLES).await?;
        if manager.get_database_backend() == DbBackend::Postgres {
            run(manager, &DOWN_POSTGRES).await?;
        }
        Ok(())
    }
}
