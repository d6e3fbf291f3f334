//! Why an act of the province was not done.

use pbgdpl_model::manifest::Problem;
use pbgdpl_scope::{CompileError, Denied};
use pbgdpl_store::StoreError;

/// Why an act of the province was not done.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such thing.
    #[error("not found")]
    NotFound,
    /// The policy does not allow it; names the rule that would.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The thing is not in a state where this can be done: why, in the words of the screen.
    #[error("cannot be done now: {0}")]
    Illegal(String),
    /// What was sent cannot be taken: field and reason, in the words of the screen.
    #[error("invalid {field}: {reason}")]
    Invalid {
        /// The field's name in the form.
        field: &'static str,
        /// What is wrong and what to do.
        reason: String,
    },
    /// Files of `tenants/` that cannot be taken: file, line and reason of each. Nothing was changed.
    #[error("{} faults in the files", .0.len())]
    Files(Vec<Problem>),
    /// The thing changed since it was read.
    #[error("changed since it was read")]
    Stale,
    /// The store failed.
    #[error("the store failed")]
    Store(#[source] StoreError),
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Stale => Self::Stale,
            other => Self::Store(other),
        }
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Self::Store(StoreError::Unreadable(error.to_string()))
    }
}

impl From<CompileError> for Error {
    fn from(error: CompileError) -> Self {
        Self::Store(StoreError::Unfit(error.to_string()))
    }
}

impl Error {
    /// A field that cannot be taken.
    #[must_use]
    pub fn invalid(field: &'static str, reason: impl Into<String>) -> Self {
        Self::Invalid {
            field,
            reason: reason.into(),
        }
    }
}
