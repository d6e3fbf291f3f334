//! Whether the ledger is ready for a year.

use pbgdpl_migrations::years;

use crate::database::Engine;
use crate::error::StoreError;
use crate::machinery::Machinery;

impl Machinery {
    /// Whether the ledger has a partition for this year; always, where it has no partitions.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn has_ledger_year(&self, year: i32) -> Result<bool, StoreError> {
        let database = &self.inner.database;
        match database.engine() {
            Engine::Sqlite => Ok(true),
            Engine::Postgres => Ok(years::stands(database.reading(), year).await?),
        }
    }
}
