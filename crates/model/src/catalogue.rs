//! The province's catalogue as the store keeps it: one entry a file of `tenants/`, in JSON.

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What it is: `form`, `indicator`, `plan`, `calendar` …
    pub kind: String,
    /// Its name among its kind.
    pub code: String,
    /// What the file says, as JSON.
    pub body: String,
}

impl Entry {
    /// An entry of these words.
    #[must_use]
    pub fn new(kind: &str, code: &str, body: &str) -> Self {
        Self {
            kind: kind.to_owned(),
            code: code.to_owned(),
            body: body.to_owned(),
        }
    }
}

/// Every entry of a kind, read into what its file holds.
///
/// # Errors
/// Where an entry is not what its kind says.
pub fn of_kind<T: serde::de::DeserializeOwned>(
    entries: &[Entry],
    kind: &str,
) -> Result<Vec<T>, serde_json::Error> {
    entries
        .iter()
        .filter(|entry| entry.kind == kind)
        .map(|entry| serde_json::from_str(&entry.body))
        .collect()
}
