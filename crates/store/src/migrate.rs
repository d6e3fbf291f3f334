//! Running the migrations, as the owner of the database.

use pbgdpl_migrations::{Migrator, MigratorTrait, years};
use sea_orm::{ConnectOptions, Database, DatabaseConnection};

use crate::error::StoreError;

/// One change of the schema and whether it was applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Its name.
    pub name: String,
    /// Whether it was applied.
    pub applied: bool,
}

async fn connect(owner_url: &str) -> Result<DatabaseConnection, StoreError> {
    let mut options = ConnectOptions::new(owner_url);
    options.max_connections(1).sqlx_logging(false);
    if owner_url.starts_with("sqlite:") {
        options.map_sqlx_sqlite_opts(|sqlite| {
            sqlite
                .create_if_missing(true)
                .journal_mode(sea_orm::sqlx::sqlite::SqliteJournalMode::Wal)
                .foreign_keys(true)
        });
    }
    Ok(Database::connect(options).await?)
}

/// Applies every change that was not applied yet, and makes the years of the ledger that are due. Returns how many changes there were.
///
/// # Errors
/// The change that the database refuses; the ones before it stay applied.
pub async fn up(owner_url: &str) -> Result<usize, StoreError> {
    let db = connect(owner_url).await?;
    let waiting = Migrator::get_pending_migrations(&db).await?.len();
    if waiting > 0 {
        Migrator::up(&db, None).await?;
    }
    years::prepare(&db).await?;
    db.close().await?;
    Ok(waiting)
}

/// Makes the partitions of the ledger that are due, and moves into them what waited; answers the years. On SQLite there are none.
///
/// # Errors
/// Where the database refuses, or the ledger is held by others for seconds; nothing is changed then.
pub async fn ledger_years(owner_url: &str) -> Result<Vec<i32>, StoreError> {
    let db = connect(owner_url).await?;
    let made = years::prepare(&db).await;
    db.close().await?;
    Ok(made?)
}

/// Takes back the latest changes.
///
/// # Errors
/// The change that cannot be taken back.
pub async fn down(owner_url: &str, steps: u32) -> Result<(), StoreError> {
    let db = connect(owner_url).await?;
    Migrator::down(&db, Some(steps)).await?;
    Ok(db.close().await?)
}

/// Every change, oldest first.
///
/// # Errors
/// Where the database cannot be read.
pub async fn status(owner_url: &str) -> Result<Vec<Change>, StoreError> {
    let db = connect(owner_url).await?;
    let waiting: Vec<String> = Migrator::get_pending_migrations(&db)
        .await?
        .iter()
        .map(|change| change.name().to_owned())
        .collect();
    let all = Migrator::migrations();
    let changes = all.iter().map(|change| Change {
        name: change.name().to_owned(),
        applied: !waiting.iter().any(|w| w == change.name()),
    });
    let changes = changes.collect();
    db.close().await?;
    Ok(changes)
}
