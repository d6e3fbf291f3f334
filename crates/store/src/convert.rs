//! Between stored values and the words of `model`: JSON texts, moments, hashes, closed lists.

use pbgdpl_model::audit::{Salt, Seal};
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

/// The seal of an entry's words as it stands in a row.
pub(crate) fn seal(hash: Option<&[u8]>, salt: Option<Vec<u8>>) -> Result<Option<Seal>, StoreError> {
    let salt = salt
        .map(|bytes| {
            Salt::try_from(bytes).map_err(|_| StoreError::Unreadable("a salt of another length".into()))
        })
        .transpose()?;
    let hash = hash.map(hash32).transpose()?;
    Ok(hash.map(|hash| Seal { hash, salt }))
}

/// A salt that was never used.
pub(crate) fn fresh_salt() -> Salt {
    uuid::Uuid::new_v4().into_bytes()
}

/// A SHA-256 from its bytes.
pub(crate) fn hash32(bytes: &[u8]) -> Result<[u8; 32], StoreError> {
    bytes
        .try_into()
        .map_err(|_| StoreError::Unreadable("a hash of another length".into()))
}
