//! Why an act was not done. Expected refusals that are pages of their own are outcomes of the act, not errors.

use pbgdpl_model::article::Illegal;
use pbgdpl_scope::Denied;
use pbgdpl_store::StoreError;

/// Why an act was not done.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such thing in this agency; another agency's id answers the same.
    #[error("not found")]
    NotFound,
    /// The policy does not allow it; names the rule that would.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// A role that publishes or decides, without a second factor in this session.
    #[error("a second factor is needed")]
    SecondFactorNeeded,
    /// The section is suspended.
    #[error("the section is suspended")]
    Suspended,
    /// The thing is not in a stage where this can be done.
    #[error(transparent)]
    Illegal(#[from] Illegal),
    /// What was sent cannot be taken: field and reason, in the words of the screen.
    #[error("invalid {field}: {reason}")]
    Invalid {
        /// The field's name in the form.
        field: &'static str,
        /// What is wrong and what to do.
        reason: String,
    },
    /// Too many ask for costly work at once; nothing was begun.
    #[error("too many at once")]
    Overload,
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
