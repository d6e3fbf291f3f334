//! Connecting to either database, and everything in which the two differ but search.
//!
//! PostgreSQL: two pools, one a role, none of which owns anything. A connection is made clean each time it is taken from
//! the pool: a client that left during `BEGIN` would otherwise leave its agency on it (SECURITY S1).
//! SQLite: one writer, n readers, WAL; writing transactions begin IMMEDIATE (S4).

use std::sync::Arc;
use std::time::Duration;

use pbgdpl_scope::Recency;
use sea_orm::sqlx;
use sea_orm::sqlx::Executor as _;
use sea_orm::{
    AccessMode, ConnectOptions, ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend,
    SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait, Value,
};
use uuid::Uuid;

use crate::error::StoreError;
use crate::replica::{Replica, ReplicaSettings, Shown, Who};

/// Where the databases are and how many connections may be open.
#[derive(Debug, Clone)]
pub struct DatabaseSettings {
    /// `sqlite:path` or `postgres://…` of the application role.
    pub url: String,
    /// The province role; the same database. Not used on SQLite.
    pub province_url: Option<String>,
    /// A replica that those who look may read; PostgreSQL only.
    pub replica: Option<ReplicaSettings>,
    /// Most connections of the application role (readers, on SQLite).
    pub max_connections: u32,
    /// A statement that takes longer is cut (PostgreSQL).
    pub statement_timeout: Duration,
}

/// Which database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// One file.
    Sqlite,
    /// A server with row security.
    Postgres,
}

/// The open pools.
#[derive(Debug, Clone)]
pub struct Database {
    engine: Engine,
    read: DatabaseConnection,
    write: DatabaseConnection,
    province: DatabaseConnection,
    replica: Option<Arc<Replica>>,
}

/// First thing on every connection that leaves the pool: whatever its last user left is rolled back and forgotten.
const MAKE_CLEAN: &str = "ROLLBACK; SELECT set_config('app.tenant', '', false)";

impl Database {
    /// Opens the pools and refuses a database that is not fit: an old SQLite, a role that could see past row security.
    ///
    /// # Errors
    /// [`StoreError::Unfit`] with the reason, or the failure to connect.
    pub async fn open(settings: &DatabaseSettings) -> Result<Self, StoreError> {
        let database = Self::open_unchecked(settings).await?;
        database.refuse_unfit().await?;
        Ok(database)
    }

    /// The same without the checks: for tests that ask what happens when one wall is down.
    ///
    /// # Errors
    /// The failure to connect.
    pub async fn open_unchecked(settings: &DatabaseSettings) -> Result<Self, StoreError> {
        if settings.url.starts_with("sqlite:") {
            if settings.replica.is_some() {
                return Err(StoreError::Unfit("a SQLite file has no replica".into()));
            }
            let write = sea_orm::Database::connect(sqlite_options(settings, 1, false)).await?;
            let read =
                sea_orm::Database::connect(sqlite_options(settings, settings.max_connections, true)).await?;
            return Ok(Self {
                engine: Engine::Sqlite,
                read,
                province: write.clone(),
                write,
                replica: None,
            });
        }
        let app = sea_orm::Database::connect(postgres_options(&settings.url, settings)).await?;
        let province_url = settings
            .province_url
            .as_deref()
            .ok_or_else(|| StoreError::Unfit("database.province_url is missing".into()))?;
        let province = sea_orm::Database::connect(postgres_options(province_url, settings)).await?;
        Ok(Self {
            engine: Engine::Postgres,
            read: app.clone(),
            write: app,
            province,
            replica: match &settings.replica {
                Some(replica) => Some(Arc::new(open_replica(replica, settings).await?)),
                None => None,
            },
        })
    }

    /// Which database.
    #[must_use]
    pub const fn engine(&self) -> Engine {
        self.engine
    }

    /// Reading over the published projection and the machinery, without an agency.
    pub(crate) const fn reading(&self) -> &DatabaseConnection {
        &self.read
    }

    /// A reading transaction, inside an agency or in none.
    pub(crate) async fn begin_read(&self, tenant: Option<Uuid>) -> Result<DatabaseTransaction, StoreError> {
        let tx = self
            .read
            .begin_with_options(TransactionOptions {
                isolation_level: None,
                access_mode: (self.engine == Engine::Postgres).then_some(AccessMode::ReadOnly),
                sqlite_transaction_mode: None,
            })
            .await?;
        self.enter(&tx, tenant).await?;
        Ok(tx)
    }

    /// A writing transaction, inside an agency or in none.
    pub(crate) async fn begin_write(&self, tenant: Option<Uuid>) -> Result<DatabaseTransaction, StoreError> {
        let tx = self.write.begin_with_options(immediate(self.engine)).await?;
        self.enter(&tx, tenant).await?;
        Ok(tx)
    }

    /// A transaction of the province role.
    pub(crate) async fn begin_province(&self) -> Result<DatabaseTransaction, StoreError> {
        Ok(self.province.begin_with_options(immediate(self.engine)).await?)
    }

    /// A reading transaction of the province role: on SQLite one of the readers, never the only writer.
    pub(crate) async fn begin_province_read(&self) -> Result<DatabaseTransaction, StoreError> {
        let (pool, access_mode) = match self.engine {
            Engine::Sqlite => (&self.read, None),
            Engine::Postgres => (&self.province, Some(AccessMode::ReadOnly)),
        };
        let options = TransactionOptions {
            isolation_level: None,
            access_mode,
            sqlite_transaction_mode: None,
        };
        Ok(pool.begin_with_options(options).await?)
    }

    /// A reading transaction inside an agency for whoever looks: on the replica where it is fit, else here.
    pub(crate) async fn begin_look(
        &self,
        tenant: Uuid,
        recency: Recency,
    ) -> Result<(DatabaseTransaction, Shown), StoreError> {
        if let Some((tx, shown)) = self.on_replica(Who::App, recency).await
            && self.enter(&tx, Some(tenant)).await.is_ok()
        {
            return Ok((tx, shown));
        }
        Ok((self.begin_read(Some(tenant)).await?, Shown::Primary))
    }

    /// The same of the province role.
    pub(crate) async fn begin_province_look(
        &self,
        recency: Recency,
    ) -> Result<(DatabaseTransaction, Shown), StoreError> {
        if let Some(found) = self.on_replica(Who::Province, recency).await {
            return Ok(found);
        }
        Ok((self.begin_province_read().await?, Shown::Primary))
    }

    async fn on_replica(&self, who: Who, recency: Recency) -> Option<(DatabaseTransaction, Shown)> {
        self.replica.as_ref()?.begin(&self.read, who, recency).await
    }

    /// Names the agency to row security, for this transaction only.
    async fn enter(&self, tx: &DatabaseTransaction, tenant: Option<Uuid>) -> Result<(), StoreError> {
        if let (Engine::Postgres, Some(tenant)) = (self.engine, tenant) {
            tx.execute_raw(Statement::from_sql_and_values(
                DbBackend::Postgres,
                "select set_config('app.tenant', $1, true)",
                [Value::from(tenant.to_string())],
            ))
            .await?;
        }
        Ok(())
    }

    async fn refuse_unfit(&self) -> Result<(), StoreError> {
        match self.engine {
            Engine::Sqlite => {
                let version = one_text(&self.read, DbBackend::Sqlite, "select sqlite_version()").await?;
                // Before 3.51.3 two connections that write and checkpoint at once can lose commits (S6).
                let number: Vec<u32> = version.split('.').filter_map(|part| part.parse().ok()).collect();
                if number.as_slice() < [3, 51, 3].as_slice() {
                    return Err(StoreError::Unfit(format!(
                        "SQLite {version} loses commits; 3.51.3 or later is needed"
                    )));
                }
            }
            Engine::Postgres => {
                for pool in [&self.write, &self.province] {
                    let unfit = one_text(
                        pool,
                        DbBackend::Postgres,
                        "select case when rolsuper or rolbypassrls then rolname else '' end from pg_roles where rolname = current_user",
                    )
                    .await?;
                    if !unfit.is_empty() {
                        return Err(StoreError::Unfit(format!(
                            "the role {unfit} sees past row security; see deploy/roles.sql"
                        )));
                    }
                }
            }
        }
        Ok(())
    }

    /// Closes the pools.
    pub async fn close(self) {
        let _ = self.read.close().await;
        let _ = self.write.close().await;
        let _ = self.province.close().await;
        if let Some(replica) = &self.replica {
            replica.close().await;
        }
    }
}

fn immediate(engine: Engine) -> TransactionOptions {
    TransactionOptions {
        isolation_level: None,
        access_mode: None,
        sqlite_transaction_mode: (engine == Engine::Sqlite).then_some(SqliteTransactionMode::Immediate),
    }
}

async fn one_text(pool: &DatabaseConnection, backend: DbBackend, sql: &str) -> Result<String, StoreError> {
    let row = pool.query_one_raw(Statement::from_string(backend, sql)).await?;
    Ok(row
        .map(|row| row.try_get_by_index(0))
        .transpose()?
        .unwrap_or_default())
}

fn sqlite_options(settings: &DatabaseSettings, connections: u32, read_only: bool) -> ConnectOptions {
    let mut options = ConnectOptions::new(&settings.url);
    options
        .max_connections(connections)
        .min_connections(1)
        .acquire_timeout(Duration::from_secs(if read_only { 5 } else { 10 }))
        .test_before_acquire(false)
        .sqlx_logging(false)
        .map_sqlx_sqlite_opts(move |sqlite| {
            let sqlite = sqlite
                .create_if_missing(!read_only)
                .journal_mode(sqlx::sqlite::SqliteJournalMode::Wal)
                .synchronous(sqlx::sqlite::SqliteSynchronous::Full)
                .busy_timeout(Duration::from_secs(5))
                .foreign_keys(true)
                .pragma("trusted_schema", "OFF")
                .pragma("cell_size_check", "ON")
                .pragma("mmap_size", "268435456")
                .statement_cache_capacity(256);
            if read_only {
                sqlite.pragma("query_only", "ON")
            } else {
                sqlite
            }
        });
    options
}

/// Nothing is asked of it before the first reading: a replica that is down keeps nobody from starting.
async fn open_replica(replica: &ReplicaSettings, settings: &DatabaseSettings) -> Result<Replica, StoreError> {
    let lazily = |url: &str| {
        let mut options = postgres_options(url, settings);
        options
            .min_connections(0)
            .acquire_timeout(Duration::from_millis(400))
            .connect_lazy(true);
        options
    };
    let app = sea_orm::Database::connect(lazily(&replica.url)).await?;
    let province = sea_orm::Database::connect(lazily(&replica.province_url)).await?;
    Ok(Replica::new(app, province, replica.max_lag))
}

fn postgres_options(url: &str, settings: &DatabaseSettings) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    let statement_timeout = settings.statement_timeout.as_millis().to_string();
    options
        .max_connections(settings.max_connections)
        .min_connections(1)
        .acquire_timeout(Duration::from_secs(2))
        // The cleaning below is the test: one round trip, not two.
        .test_before_acquire(false)
        .sqlx_logging(false)
        .map_sqlx_postgres_opts(move |postgres| {
            postgres.application_name("pbgdpl").options([
                ("client_min_messages", "error"),
                ("idle_in_transaction_session_timeout", "10000"),
                ("statement_timeout", statement_timeout.as_str()),
                ("timezone", "UTC"),
            ])
        })
        .map_sqlx_postgres_pool_opts(|pool| {
            pool.before_acquire(|connection, _| {
                Box::pin(async move {
                    connection.execute(sqlx::raw_sql(MAKE_CLEAN)).await?;
                    Ok(true)
                })
            })
        });
    options
}
