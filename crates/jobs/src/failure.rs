//! Why a job did not succeed, and whether another attempt may.

use pbgdpl_exchange::LogError;
use pbgdpl_mail::SendError;
use pbgdpl_store::StoreError;

/// Why a job did not succeed. The text names no person and no address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{reason}")]
pub struct Failure {
    /// Whether a later attempt may succeed.
    pub retry: bool,
    /// What happened, for the operator.
    pub reason: String,
}

impl Failure {
    /// Another attempt would end alike.
    pub(crate) fn never(reason: impl Into<String>) -> Self {
        Self {
            retry: false,
            reason: reason.into(),
        }
    }

    /// Another attempt may succeed.
    pub(crate) fn later(reason: impl Into<String>) -> Self {
        Self {
            retry: true,
            reason: reason.into(),
        }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        let reason = match std::error::Error::source(&error) {
            Some(source) => format!("{error}: {source}"),
            None => error.to_string(),
        };
        match error {
            StoreError::Unreadable(_) | StoreError::OtherAgency => Self::never(reason),
            _ => Self::later(reason),
        }
    }
}

impl From<pbgdpl_app::Error> for Failure {
    fn from(error: pbgdpl_app::Error) -> Self {
        match error {
            pbgdpl_app::Error::Store(error) => error.into(),
            // Somebody was faster: the next attempt reads what they wrote.
            pbgdpl_app::Error::Stale => Self::later(error.to_string()),
            other => Self::never(other.to_string()),
        }
    }
}

impl From<pbgdpl_province::Error> for Failure {
    fn from(error: pbgdpl_province::Error) -> Self {
        match error {
            pbgdpl_province::Error::Store(error) => error.into(),
            pbgdpl_province::Error::Stale => Self::later(error.to_string()),
            other => Self::never(other.to_string()),
        }
    }
}

impl From<SendError> for Failure {
    fn from(error: SendError) -> Self {
        Self {
            retry: error.retry,
            reason: error.reason,
        }
    }
}

impl From<LogError> for Failure {
    fn from(error: LogError) -> Self {
        match std::error::Error::source(&error) {
            Some(source) => Self::later(format!("{error}: {source}")),
            None => Self::later(error.to_string()),
        }
    }
}
