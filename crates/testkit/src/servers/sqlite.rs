//! An SQLite database for one test: a copy of a file that was migrated once per test program.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, ensure};
use tokio::sync::Mutex;

use super::ScratchDirectory;

/// A database file, removed with its journal when dropped.
#[derive(Debug)]
pub struct SqliteFile {
    directory: ScratchDirectory,
}

impl SqliteFile {
    /// Where the database is.
    #[must_use]
    pub fn path(&self) -> PathBuf {
        self.directory.path().join("pbgdpl.sqlite")
    }

    /// The address of the database, which is made when it is not there.
    #[must_use]
    pub fn url(&self) -> String {
        format!("sqlite://{}?mode=rwc", self.path().display())
    }
}

/// Returns a place for a new database; the file itself does not exist yet.
///
/// # Errors
/// When the machine's temporary directory cannot be written.
pub fn fresh_sqlite() -> anyhow::Result<SqliteFile> {
    Ok(SqliteFile {
        directory: ScratchDirectory::new()?,
    })
}

/// A migrated database file to make copies of.
#[derive(Clone, Debug)]
pub struct SqliteTemplate {
    file: Arc<SqliteFile>,
}

impl SqliteTemplate {
    /// Returns the template of this name, migrated by the test that asks first. `migrate` is given the address and must close
    /// its pool: what is still in the journal would be lost to the copies.
    ///
    /// # Errors
    /// When `migrate` fails or leaves a journal.
    pub async fn named<F, Fut>(name: &str, migrate: F) -> anyhow::Result<Self>
    where
        F: FnOnce(String) -> Fut,
        Fut: Future<Output = anyhow::Result<()>>,
    {
        static MADE: Mutex<BTreeMap<String, SqliteTemplate>> = Mutex::const_new(BTreeMap::new());
        let mut made = MADE.lock().await;
        if let Some(template) = made.get(name) {
            return Ok(template.clone());
        }
        let file = fresh_sqlite()?;
        migrate(file.url()).await.context("migrating the template")?;
        let journal = file.directory.path().join("pbgdpl.sqlite-wal");
        ensure!(
            is_empty(&journal),
            "the migration did not close its pool: {name} still has a journal"
        );
        let template = Self { file: Arc::new(file) };
        made.insert(name.to_owned(), template.clone());
        Ok(template)
    }

    /// Returns a copy for one test.
    ///
    /// # Errors
    /// When the machine's temporary directory cannot be written.
    pub fn fresh_database(&self) -> anyhow::Result<SqliteFile> {
        let copy = fresh_sqlite()?;
        std::fs::copy(self.file.path(), copy.path())?;
        Ok(copy)
    }
}

fn is_empty(file: &Path) -> bool {
    std::fs::metadata(file).map_or(true, |found| found.len() == 0)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use sqlx::{Connection, Executor, SqliteConnection};

    use super::*;

    static MIGRATED: AtomicU32 = AtomicU32::new(0);

    async fn template() -> SqliteTemplate {
        let made = SqliteTemplate::named("own", |url| async move {
            MIGRATED.fetch_add(1, Ordering::SeqCst);
            let mut owner = SqliteConnection::connect(&url).await?;
            owner
                .execute("pragma journal_mode = wal; create table note (text text)")
                .await?;
            Ok(owner.close().await?)
        });
        made.await.unwrap()
    }

    #[tokio::test]
    async fn copies_are_apart_and_go_away() {
        let (one, other) = (
            template().await.fresh_database().unwrap(),
            template().await.fresh_database().unwrap(),
        );
        assert_eq!(MIGRATED.load(Ordering::SeqCst), 1);
        let mut first = SqliteConnection::connect(&one.url()).await.unwrap();
        first.execute("insert into note values ('mine')").await.unwrap();
        let mut second = SqliteConnection::connect(&other.url()).await.unwrap();
        let notes: i64 = sqlx::query_scalar("select count(*) from note")
            .fetch_one(&mut second)
            .await
            .unwrap();
        assert_eq!(notes, 0);
        let path = one.path();
        drop(one);
        assert!(!path.exists());
    }

    #[tokio::test]
    async fn an_open_journal_is_refused() {
        let made = SqliteTemplate::named("careless", |url| async move {
            let mut owner = SqliteConnection::connect(&url).await?;
            owner
                .execute("pragma journal_mode = wal; create table note (text text)")
                .await?;
            std::mem::forget(owner);
            Ok(())
        });
        assert!(made.await.unwrap_err().to_string().contains("journal"));
    }
}
