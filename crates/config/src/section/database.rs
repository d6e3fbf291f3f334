//! `[database]`: the database and, on PostgreSQL, its three roles.

use url::Url;

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
    /// A streaming replica that those who look may read; PostgreSQL only. Host, port and database without a role: a replica
    /// has the roles of its primary, and is read as those of `url` and `province_url`. `PBGDPL_DATABASE__REPLICA_URL`, no default.
    pub replica_url: Option<String>,
    /// What the replica may lack at most, in milliseconds, for people who only look. `PBGDPL_DATABASE__REPLICA_MAX_LAG_MS`,
    /// default 2000.
    pub replica_max_lag_ms: u32,
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
            replica_url: reader.optional("database", "replica_url"),
            replica_max_lag_ms: reader.number("database", "replica_max_lag_ms", 2000, 0..=600_000),
            max_connections: reader.number("database", "max_connections", 10, 1..=1000),
            statement_timeout_ms: reader.number("database", "statement_timeout_ms", 5000, 100..=600_000),
        }
    }

    /// Returns the replica's address as the app role and as the province role, where there is a replica.
    pub fn replica_urls(&self) -> Option<(Secret, Secret)> {
        let replica = Url::parse(self.replica_url.as_deref()?).ok()?;
        let as_role_of = |url: &Secret| {
            let role = Url::parse(url.reveal()).ok()?;
            let mut replica = replica.clone();
            replica.set_username(role.username()).ok()?;
            replica.set_password(role.password()).ok()?;
            let named = role
                .query_pairs()
                .filter(|(key, _)| key == "user" || key == "password");
            for (key, value) in named {
                replica.query_pairs_mut().append_pair(&key, &value);
            }
            Some(Secret::new(replica.to_string()))
        };
        Some((as_role_of(&self.url)?, as_role_of(self.province_url.as_ref()?)?))
    }

    /// Returns which database `url` means.
    pub fn engine(&self) -> Engine {
        Engine::of(self.url.reveal()).unwrap_or(Engine::Sqlite)
    }
}
