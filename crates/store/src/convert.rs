//! Between stored values and the words of `model`: JSON texts, moments, hashes, closed lists.

use pbgdpl_model::clock::Moment;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::StoreError;

/// A value as JSON text.
pub(crate) fn to_json<T: Serialize>(value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|e| StoreError::Unreadable(e.to_string()))
}

/// A value from its JSON text.
pub(crate) fn from_json<T: DeserializeOwned>(text: &str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|e| StoreError::Unreadable(e.to_string()))
}

/// A word of a closed list.
pub(crate) fn word<T>(text: &str) -> Result<T, StoreError>
where
    T: std::str::FromStr,
    T::Err: std::fmt::Display,
{
    text.parse()
        .map_err(|e: T::Err| StoreError::Unreadable(e.to_string()))
}

/// An instant.
pub(crate) const fn moment(millis: i64) -> Moment {
    Moment::from_millis(millis)
}

/// A SHA-256 from its bytes.
pub(crate) fn hash32(bytes: &[u8]) -> Result<[u8; 32], StoreError> {
    bytes
        .try_into()
        .map_err(|_| StoreError::Unreadable("a hash of another length".into()))
}
