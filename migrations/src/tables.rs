//! `tables.toml`, read: of each table, whose rows it holds and who may read and write them.

use std::collections::BTreeMap;

use serde::Deserialize;

/// The list as it stands in the repository.
pub const TABLES_TOML: &str = include_str!("../tables.toml");

/// Whose rows a table holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Rows of one agency; `tenant_id` leads every key and row security is forced.
    Tenant,
    /// The machinery and the accounts: no content of an agency.
    Shared,
    /// What the province reads over all agencies.
    Province,
}

/// Who may read a tenant table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Read {
    /// Only inside the agency's own scope.
    #[default]
    Own,
    /// Anybody: the published projection.
    Everyone,
}

/// Which database role writes a province table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Writer {
    /// The application role, each agency its own rows.
    #[default]
    App,
    /// The province role only.
    Province,
    /// Both: the agency sends, the province decides.
    Both,
}

/// What `tables.toml` says of one table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// Whose rows it holds.
    pub kind: Kind,
    /// Who may read it.
    #[serde(default)]
    pub read: Read,
    /// Whether rows are never changed nor removed.
    #[serde(default)]
    pub append: bool,
    /// Which role writes it.
    #[serde(default)]
    pub writer: Writer,
}

/// Every table by name.
///
/// # Errors
/// When `tables.toml` is not well formed; the build of the guards fails then, never a running service.
pub fn all() -> Result<BTreeMap<String, Table>, toml::de::Error> {
    toml::from_str(TABLES_TOML)
}
