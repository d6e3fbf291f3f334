//! Rows for volume, made by the database itself; and what they weigh.

use anyhow::ensure;
use pbgdpl_store::migrate;
use sqlx::{AssertSqlSafe, Executor, PgConnection};

use crate::place::Place;
use crate::tally::Tally;

const FILL: &str = include_str!("fill.sql");
/// Activities are made for so many rows: who looks at rows reads their titles. More of them would only fill the disk.
const TITLED: i64 = 1_000_000;

/// Fills the ledger until it has so many rows; what waited for its year is moved by the product.
pub async fn fill(place: &Place, tally: &mut Tally, rows: i64) -> anyhow::Result<()> {
    let mut admin = place.administrator().await?;
    let there = number(&mut admin, "select count(*) from ledger").await?;
    ensure!(there < rows, "{there} rows are there already");
    let text = FILL
        .replace("{rows}", &(rows - there).to_string())
        .replace("{titled}", if rows <= TITLED { "true" } else { "false" });
    tally
        .once("fill", async {
            admin.execute(sqlx::raw_sql(AssertSqlSafe(text))).await?;
            migrate::ledger_years(&place.owner_url).await?;
            // The private server has no autovacuum to do it.
            anyhow::Ok(admin.execute("vacuum (analyze)").await?)
        })
        .await?;
    let made = number(&mut admin, "select count(*) from ledger").await?;
    ensure!(made == rows, "{made} rows instead of {rows}");
    let weight = |what: &str| {
        format!("select sum({what}(inhrelid))::bigint from pg_inherits where inhparent = 'ledger'::regclass")
    };
    for (name, what) in [
        ("heap_bytes", "pg_relation_size"),
        ("index_bytes", "pg_indexes_size"),
    ] {
        let bytes = number(&mut admin, &weight(what)).await?;
        tally.note(name, float(bytes)? / float(rows)?);
    }
    Ok(())
}

/// One number.
pub async fn number(db: &mut PgConnection, sql: &str) -> anyhow::Result<i64> {
    Ok(sqlx::query_scalar(AssertSqlSafe(sql.to_owned()))
        .fetch_one(db)
        .await?)
}

/// A count as a number to divide by.
pub fn float(count: i64) -> anyhow::Result<f64> {
    // Counts of rows and bytes stay far below 2^52.
    Ok(count.to_string().parse()?)
}
