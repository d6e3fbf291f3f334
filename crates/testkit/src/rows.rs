//! Every row of some tables as text: what a refused step must leave as it was.

use anyhow::Context;
use sqlx::{Connection, PgConnection, Row, SqliteConnection};

use crate::house::Ground;

/// The rows of these tables, each with its table's name before it, in an order of their own. Read by the owner of the
/// database, past every wall.
///
/// # Errors
/// Where the database refuses.
pub async fn rows(ground: &Ground, tables: &[&str]) -> anyhow::Result<Vec<String>> {
    let mut all = Vec::new();
    match ground {
        Ground::Sqlite(file) => {
            let mut owner = SqliteConnection::connect(&file.url()).await?;
            for table in tables {
                let columns = "select group_concat('quote(' || name || ')', ' || '', '' || ') from pragma_table_info(?)";
                let columns: Option<String> = sqlx::query_scalar(columns)
                    .bind(*table)
                    .fetch_one(&mut owner)
                    .await?;
                let columns = columns.with_context(|| format!("no table {table}"))?;
                let select = sqlx::AssertSqlSafe(format!("select {columns} from {table}"));
                for row in sqlx::query(select).fetch_all(&mut owner).await? {
                    all.push(format!("{table}: {}", row.try_get::<String, _>(0)?));
                }
            }
            owner.close().await?;
        }
        Ground::Postgres(databases) => {
            let mut owner = PgConnection::connect(&databases.superuser_url).await?;
            for table in tables {
                let select = sqlx::AssertSqlSafe(format!("select t::text from {table} t"));
                for row in sqlx::query(select).fetch_all(&mut owner).await? {
                    all.push(format!("{table}: {}", row.try_get::<String, _>(0)?));
                }
            }
            owner.close().await?;
        }
    }
    all.sort_unstable();
    Ok(all)
}
