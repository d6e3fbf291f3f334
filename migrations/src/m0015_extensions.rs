//! Extensions of a deadline: asked by an agency, answered by the province (N-07); remarks of the province on single cells (REP-08).

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::dialect::{drop_all, run};
use crate::protection::protect;

/// This change.
#[derive(DeriveMigrationName)]
pub struct Migration;

const TABLES: [&str; 1] = ["province_extension"];

const UP: [&str; 2] = [
    // The agency asks (its own rows), the province answers.
    "create table province_extension (
        tenant_id {uuid} not null, form text not null, period text not null, year integer not null, number integer not null,
        wanted_until date not null, reason text not null, asked_by {uuid} not null, asked_name text not null,
        asked_at bigint not null, answer text not null, granted_until date, answer_reason text not null, answered_by {uuid},
        answered_name text, answered_at bigint,
        primary key (tenant_id, form, period, year, number))",
    "alter table province_report add column cell_remarks text not null default '[]'",
];

/// The second wall of N-07: whoever asks cannot answer, in the database too.
const APART_SQLITE: [&str; 1] = [
    "create trigger province_extension_asked before insert on province_extension \
     when new.answer <> 'waiting' or new.granted_until is not null \
     begin select raise(abort, 'an extension is asked before it is answered'); end",
];

const APART_POSTGRES: [&str; 4] = [
    "create function refuse_granted() returns trigger language plpgsql as \
     $$ begin raise exception 'an extension is asked before it is answered'; end $$",
    "create trigger province_extension_asked before insert on province_extension for each row \
     when (new.answer <> 'waiting' or new.granted_until is not null) execute function refuse_granted()",
    "revoke update, delete on province_extension from pbgdpl_app",
    "revoke insert, delete on province_extension from pbgdpl_province",
];

const DOWN: [&str; 1] = ["alter table province_report drop column cell_remarks"];

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
        run(manager, &DOWN).await?;
        drop_all(manager, &TABLES).await?;
        if manager.get_database_backend() == DbBackend::Postgres {
            run(manager, &["drop function refuse_granted()"]).await?;
        }
        Ok(())
    }
}
