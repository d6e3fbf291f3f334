//! `[database]`: the database and, on PostgreSQL, its three roles.

use crate::reader::Reader;
use crate::secret::Secret;

/// Which database a URL means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// A file, for a trial, training or one commune.
    Sqlite,
    /// A server with row-level security, for a province.
    Postgres,
}

impl Engine {
    pub(crate) fn of(url: &str) -> Option<Self> {
        match url.split_once(':')?.0 {
            "sqlite" => Some(Self::Sqlite),
            "postgres" | "postgresql" => Some(Self::Postgres),
            _ => None,
        }
    }
}

/// The database and, on PostgreSQL, its three roles (DESIGN.md 4.1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Database {
    /// The app role. `PBGDPL_DATABASE__URL`, `PBGDPL_DATABASE__URL_FILE` or `DATABASE_URL`, default
    /// `sqlite:var/pbgdpl.db`.
    pub url: Secret,
    /// The owner, for migrations; PostgreSQL only. `PBGDPL_DATABASE__OWNER_URL(_FILE)`, no default.
    pub owner_url: Option<Secret>,
    /// The province role; PostgreSQL only. `PBGDPL_DATABASE__PROVINCE_URL(_FILE)`, no default.
    pub province_url: Option<Secret>,
    /// Connections of one node. `PBGDPL_DATABASE__MAX_CONNECTIONS`, default 10.
    pub max_connections: u32,
    /// After how long a statement is given up. `PBGDPL_DATABASE__STATEMENT_TIMEOUT_MS`, default 5000.
    pub statement_timeout_ms: u32,
}

impl Database {
    pub(crate) const WRONG_URL: &'static str = "phải bắt đầu bằng \"sqlite:\" hoặc \"postgres://\"";

    pub(crate) fn read(reader: &mut Reader) -> Self {
        let known = |text: &str| match Engine::of(text) {
            Some(_) => Ok(Secret::new(text)),
            None => Err(Self::WRONG_URL),
        };
        Self {
            url: reader.parsed("database", "url", Secret::new("sqlite:var/pbgdpl.db"), known),
            owner_url: reader.optional_secret("database", "owner_url"),
            province_url: reader.optional_secret("database", "province_url"),
            max_connections: reader.number("database", "max_connections", 10, 1..=1000),
            statement_timeout_ms: reader.number("database", "statement_timeout_ms", 5000, 100..=600_000),
        }
    }

    /// Returns which database `url` means.
    pub fn engine(&self) -> Engine {
        Engine::of(self.url.reveal()).unwrap_or(Engine::Sqlite)
    }
}
