//! One text of SQL for both databases: the few type names that differ are written `{so}` and replaced here.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

/// The statement with its types spelled for this database.
#[must_use]
pub fn spell(backend: DbBackend, sql: &str) -> String {
    let (uuid, bytes) = match backend {
        DbBackend::Sqlite => ("blob", "blob"),
        _ => ("uuid", "bytea"),
    };
    sql.replace("{uuid}", uuid).replace("{bytes}", bytes)
}

/// Runs the statements one after the other.
///
/// # Errors
/// The first statement that the database refuses.
pub async fn run(manager: &SchemaManager<'_>, statements: &[&str]) -> Result<(), DbErr> {
    let backend = manager.get_database_backend();
    for statement in statements {
        manager
            .get_connection()
            .execute_unprepared(&spell(backend, statement))
            .await?;
    }
    Ok(())
}

/// Drops the tables, last first.
///
/// # Errors
/// The first table that cannot be dropped.
pub async fn drop_all(manager: &SchemaManager<'_>, tables: &[&str]) -> Result<(), DbErr> {
    for table in tables.iter().rev() {
        manager
            .get_connection()
            .execute_unprepared(&format!("drop table {table}"))
            .await?;
    }
    Ok(())
}
