//! What an agency is has dates, as its names and parents have (a board becomes a department; a district ends).

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::dialect::run;
use crate::protection::protect;

/// This change.
#[derive(DeriveMigrationName)]
pub struct Migration;

const TABLE: &str = "agency_kind";

const UP: [&str; 3] = [
    "create table agency_kind (
        tenant_id {uuid} not null, valid_from date not null, valid_to date, kind text not null,
        primary key (tenant_id, valid_from), foreign key (tenant_id) references agency (tenant_id))",
    // Since its first name: nothing older was told.
    "insert into agency_kind (tenant_id, valid_from, kind)
        select a.tenant_id, (select min(n.valid_from) from agency_name n where n.tenant_id = a.tenant_id), a.kind
        from agency a where exists (select 1 from agency_name n where n.tenant_id = a.tenant_id)",
    "alter table agency drop column kind",
];

const DOWN: [&str; 3] = [
    "alter table agency add column kind text not null default 'so'",
    "update agency set kind = coalesce((select k.kind from agency_kind k where k.tenant_id = agency.tenant_id
        order by k.valid_from desc limit 1), kind)",
    "drop table agency_kind",
];

// The file that an agency keeps, in the new form and back.
const BODY_SQLITE: &str = "update agency set body = json_set(body, '$.kind', json_array(json_object(
        'value', json_extract(body, '$.kind'), 'valid_from', json_extract(body, '$.name[0].valid_from'))))
    where json_type(body, '$.kind') = 'text'";
const BODY_POSTGRES: &str =
    "update agency set body = jsonb_set(body::jsonb, '{kind}', jsonb_build_array(jsonb_build_object(
        'value', body::jsonb -> 'kind', 'valid_from', body::jsonb -> 'name' -> 0 -> 'valid_from')))::text
    where jsonb_typeof(body::jsonb -> 'kind') = 'string'";
const BODY_SQLITE_BACK: &str =
    "update agency set body = json_set(body, '$.kind', json_extract(body, '$.kind[#-1].value'))
    where json_type(body, '$.kind') = 'array'";
const BODY_POSTGRES_BACK: &str =
    "update agency set body = jsonb_set(body::jsonb, '{kind}', body::jsonb -> 'kind' -> -1 -> 'value')::text
    where jsonb_typeof(body::jsonb -> 'kind') = 'array'";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, &UP).await?;
        protect(manager, &[TABLE]).await?;
        let body = match manager.get_database_backend() {
            DbBackend::Sqlite => BODY_SQLITE,
            _ => BODY_POSTGRES,
        };
        run(manager, &[body]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let body = match manager.get_database_backend() {
            DbBackend::Sqlite => BODY_SQLITE_BACK,
            _ => BODY_POSTGRES_BACK,
        };
        run(manager, &[body]).await?;
        run(manager, &DOWN).await
    }
}
