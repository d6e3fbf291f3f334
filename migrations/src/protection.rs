//! The walls of a table: row security and grants on PostgreSQL, immutability triggers on both databases.
//!
//! Three roles exist on PostgreSQL (`deploy/roles.sql`): the owner runs migrations, `pbgdpl_app` serves inside one
//! agency at a time, `pbgdpl_province` reads what agencies sent. Neither of the last two owns anything.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::tables::{Kind, Read, Table, Writer, all};

/// What a row must satisfy to belong to the scope of this transaction. `nullif`: after a transaction the setting is '', not NULL.
const OWN: &str = "tenant_id = nullif(current_setting('app.tenant', true), '')::uuid";

/// Puts up the walls of the named tables, as `tables.toml` asks.
///
/// # Errors
/// When a table is not listed, or the database refuses a statement.
pub async fn protect(manager: &SchemaManager<'_>, names: &[&str]) -> Result<(), DbErr> {
    let listed = all().map_err(|e| DbErr::Migration(format!("tables.toml: {e}")))?;
    for name in names {
        let table = listed
            .get(*name)
            .ok_or_else(|| DbErr::Migration(format!("{name} is not listed in migrations/tables.toml")))?;
        let statements = match manager.get_database_backend() {
            DbBackend::Sqlite => sqlite(name, table),
            _ => postgres(name, table),
        };
        for statement in statements {
            manager.get_connection().execute_unprepared(&statement).await?;
        }
    }
    Ok(())
}

fn sqlite(name: &str, table: &Table) -> Vec<String> {
    let mut walls = Vec::new();
    if table.kind == Kind::Tenant {
        walls.push(format!(
            "create trigger {name}_keeps_agency before update of tenant_id on {name} \
             when new.tenant_id is not old.tenant_id \
             begin select raise(abort, 'tenant_id is immutable'); end"
        ));
    }
    if table.append {
        for verb in ["update", "delete"] {
            walls.push(format!(
                "create trigger {name}_refuses_{verb} before {verb} on {name} \
                 begin select raise(abort, '{name} is append-only'); end"
            ));
        }
    }
    walls
}

fn postgres(name: &str, table: &Table) -> Vec<String> {
    let mut walls = Vec::new();
    let changes = if table.append {
        "insert"
    } else {
        "insert, update, delete"
    };
    match table.kind {
        Kind::Shared => {
            walls.push(format!(
                "grant select, {changes} on {name} to pbgdpl_app, pbgdpl_province"
            ));
        }
        Kind::Tenant => {
            walls.extend(force(name));
            walls.push(format!("grant select, {changes} on {name} to pbgdpl_app"));
            let reading = if table.read == Read::Everyone { "true" } else { OWN };
            walls.push(format!(
                "create policy {name}_reads on {name} for select to pbgdpl_app using ({reading})"
            ));
            walls.push(format!(
                "create policy {name}_adds on {name} for insert to pbgdpl_app with check ({OWN})"
            ));
            walls.push(format!(
                "create policy {name}_changes on {name} for update to pbgdpl_app using ({OWN}) with check ({OWN})"
            ));
            walls.push(format!(
                "create policy {name}_removes on {name} for delete to pbgdpl_app using ({OWN})"
            ));
            if table.read == Read::Everyone {
                walls.push(format!("grant select on {name} to pbgdpl_province"));
                walls.push(format!(
                    "create policy {name}_province on {name} for select to pbgdpl_province using (true)"
                ));
            }
        }
        Kind::Province => {
            walls.extend(force(name));
            if table.writer != Writer::Province {
                walls.push(format!("grant select, {changes} on {name} to pbgdpl_app"));
                walls.push(format!(
                    "create policy {name}_own on {name} to pbgdpl_app using ({OWN}) with check ({OWN})"
                ));
            }
            if table.read == Read::Everyone && table.writer == Writer::Province {
                walls.push(format!("grant select on {name} to pbgdpl_app"));
                walls.push(format!(
                    "create policy {name}_reads on {name} for select to pbgdpl_app using (true)"
                ));
            }
            let province = if table.writer == Writer::App {
                "select"
            } else {
                &format!("select, {changes}")
            };
            walls.push(format!("grant {province} on {name} to pbgdpl_province"));
            walls.push(format!(
                "create policy {name}_all on {name} to pbgdpl_province using (true) with check (true)"
            ));
        }
    }
    if table.append {
        walls.push(format!(
            "create trigger {name}_append_only before update or delete or truncate on {name} \
             for each statement execute function refuse_change()"
        ));
    }
    walls
}

fn force(name: &str) -> [String; 2] {
    [
        format!("alter table {name} enable row level security"),
        format!("alter table {name} force row level security"),
    ]
}
