//! What can go wrong below: the database, the files, or a permit of another agency.

use sea_orm::DbErr;

/// A fault of the store. None of these is the fault of what a person typed.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// No connection was free in time: the answer is 503 with `Retry-After`.
    #[error("the database is busy")]
    Busy(#[source] DbErr),
    /// The database refused or failed.
    #[error("the database failed")]
    Database(#[source] DbErr),
    /// The row changed since it was read.
    #[error("changed since it was read")]
    Stale,
    /// A value that is unique stands already.
    #[error("exists already")]
    Exists(#[source] DbErr),
    /// A permit or an object of another agency was handed in: a fault of ours, refused.
    #[error("belongs to another agency")]
    OtherAgency,
    /// A row that cannot be read as what it should be.
    #[error("a stored value cannot be read: {0}")]
    Unreadable(String),
    /// The file store failed.
    #[error("the file store failed")]
    Files(#[source] object_store::Error),
    /// Redis is not reachable; never the answer to a request.
    #[error("redis failed")]
    Hints(#[source] redis::RedisError),
    /// The database is not what this program needs.
    #[error("{0}")]
    Unfit(String),
}

impl From<DbErr> for StoreError {
    fn from(error: DbErr) -> Self {
        if let Some(sea_orm::SqlErr::UniqueConstraintViolation(_)) = error.sql_err() {
            return Self::Exists(error);
        }
        match error {
            DbErr::ConnectionAcquire(_) => Self::Busy(error),
            _ => Self::Database(error),
        }
    }
}

/// What the store answers.
pub type StoreResult<T> = Result<T, StoreError>;
