//! What can go wrong below: the database, the files, or a permit of another agency.

use sea_orm::{DbErr, RuntimeErr};

/// A fault of the store. None of these is the fault of what a person typed.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// No connection was free in time, or the one in use was cut before anything was kept: the answer is 503 with `Retry-After`.
    #[error("the database is busy")]
    Busy(#[source] DbErr),
    /// The connection was cut while a transaction was being kept: whether it was, nobody knows.
    #[error("the connection was cut while it was being kept")]
    InDoubt(#[source] DbErr),
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
            _ if is_cut(&error) => Self::Busy(error),
            _ => Self::Database(error),
        }
    }
}

impl StoreError {
    /// What a commit that fails means.
    pub(crate) fn of_commit(error: DbErr) -> Self {
        if is_cut(&error) {
            Self::InDoubt(error)
        } else {
            error.into()
        }
    }
}

/// Whether the connection is gone: the line, or the server that ends (PostgreSQL, Appendix A: class 08, 57P01 to 57P03).
fn is_cut(error: &DbErr) -> bool {
    let (DbErr::Conn(RuntimeErr::SqlxError(cause))
    | DbErr::Exec(RuntimeErr::SqlxError(cause))
    | DbErr::Query(RuntimeErr::SqlxError(cause))) = error
    else {
        return false;
    };
    match &**cause {
        sqlx::Error::Io(_) => true,
        sqlx::Error::Database(said) => said
            .code()
            .is_some_and(|code| code.starts_with("08") || matches!(&*code, "57P01" | "57P02" | "57P03")),
        _ => false,
    }
}

/// What the store answers.
pub type StoreResult<T> = Result<T, StoreError>;
