//! A PostgreSQL database for one test, copied from a template that was migrated once, with the three roles of production.

use std::path::PathBuf;
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::Duration;

use anyhow::{Context, anyhow, ensure};
use pbgdpl_xtask::servers::postgres::PostgresServer;
use pbgdpl_xtask::servers::{POSTGRES, POSTGRES_DATA};
use sha2::{Digest, Sha256};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use url::Url;

/// The same roles as in production, made by the same file.
pub(super) const ROLES: &str = include_str!("../../../../deploy/roles.sql");

/// Databases whose test has ended. `Drop` cannot wait, so the next test removes them.
static FINISHED: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// The cluster of this test run.
#[derive(Debug)]
pub struct PrivatePostgres {
    superuser: Url,
    data: PathBuf,
    _own: Option<PostgresServer>,
}

impl PrivatePostgres {
    /// Returns the cluster that `cargo xtask test` started, or starts one for this test program.
    ///
    /// # Errors
    /// When PostgreSQL is not installed, or does not start.
    pub fn from_env_or_start() -> anyhow::Result<&'static Self> {
        static CLUSTER: OnceLock<Result<PrivatePostgres, String>> = OnceLock::new();
        let cluster = CLUSTER.get_or_init(|| Self::find().map_err(|e| format!("{e:#}")));
        cluster.as_ref().map_err(|e| anyhow!("private PostgreSQL: {e}"))
    }

    fn find() -> anyhow::Result<Self> {
        if let Ok(superuser) = std::env::var(POSTGRES) {
            let data = std::env::var(POSTGRES_DATA).with_context(|| {
                format!("{POSTGRES} is set without {POSTGRES_DATA}: it could be anybody's")
            })?;
            return Ok(Self {
                superuser: superuser.parse()?,
                data: data.into(),
                _own: None,
            });
        }
        let own = PostgresServer::start()?;
        let (superuser, data) = (own.superuser_url().parse()?, own.data_directory().to_owned());
        Ok(Self {
            superuser,
            data,
            _own: Some(own),
        })
    }

    /// Returns a template database, migrated by whoever asks first: other tests and test programs wait for it and share it.
    /// `migrate` is given the owner's address. A name stands for its contents: other migrations need another name.
    ///
    /// # Errors
    /// When the database refuses, or `migrate` fails.
    pub async fn template<F, Fut>(&'static self, name: &str, migrate: F) -> anyhow::Result<PostgresTemplate>
    where
        F: FnOnce(String) -> Fut,
        Fut: Future<Output = anyhow::Result<()>>,
    {
        let digest = Sha256::digest(name.as_bytes());
        let database = format!("template_{}", hex(&digest));
        let mut admin = self.administrator().await?;
        if !exists(&mut admin, &database).await? {
            let key = digest
                .iter()
                .take(7)
                .fold(0_i64, |key, byte| (key << 8) | i64::from(*byte));
            sqlx::query("select pg_advisory_lock($1)")
                .bind(key)
                .execute(&mut admin)
                .await?;
            if !exists(&mut admin, &database).await? {
                self.make_template(&mut admin, &database, migrate).await?;
            }
        }
        admin.close().await?;
        Ok(PostgresTemplate {
            cluster: self,
            database,
        })
    }

    /// A template gets its name last, so that a half-made one is never taken for whole.
    async fn make_template<F, Fut>(
        &self,
        admin: &mut PgConnection,
        database: &str,
        migrate: F,
    ) -> anyhow::Result<()>
    where
        F: FnOnce(String) -> Fut,
        Fut: Future<Output = anyhow::Result<()>>,
    {
        let making = format!("making_{database}");
        admin
            .execute(sqlx::raw_sql(ROLES))
            .await
            .context("deploy/roles.sql")?;
        run(admin, format!("drop database if exists {making} with (force)")).await?;
        run(
            admin,
            format!("create database {making} owner pbgdpl_owner encoding 'UTF8' template template0"),
        )
        .await?;
        migrate(self.url("pbgdpl_owner", &making))
            .await
            .context("migrating the template")?;
        // A copy needs a source without sessions; the pool of the migration may still be closing.
        run(
            admin,
            format!("alter database {making} with allow_connections false is_template true"),
        )
        .await?;
        run(
            admin,
            format!(
                "select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = '{making}'"
            ),
        )
        .await?;
        run(admin, format!("alter database {making} rename to {database}")).await
    }

    fn url(&self, role: &str, database: &str) -> String {
        let mut url = self.superuser.clone();
        // Both only fail for addresses without a host.
        url.set_username(role).ok();
        url.set_password(None).ok();
        url.set_path(database);
        url.into()
    }

    /// Connects as superuser, to the cluster we mean and to no other.
    async fn administrator(&self) -> anyhow::Result<PgConnection> {
        let mut admin = PgConnection::connect(self.superuser.as_str()).await?;
        let answered: String = sqlx::query_scalar("show data_directory")
            .fetch_one(&mut admin)
            .await?;
        ensure!(
            self.data.as_os_str() == answered.as_str(),
            "this PostgreSQL is not ours: {answered}"
        );
        Ok(admin)
    }
}

/// A migrated database to make copies of.
#[derive(Clone, Debug)]
pub struct PostgresTemplate {
    cluster: &'static PrivatePostgres,
    database: String,
}

impl PostgresTemplate {
    /// Returns a database for one test; it goes some time after the value is dropped.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn fresh_database(&self) -> anyhow::Result<Databases> {
        let mut admin = self.cluster.administrator().await?;
        let finished = std::mem::take(&mut *FINISHED.lock().unwrap_or_else(PoisonError::into_inner));
        for name in finished {
            run(&mut admin, format!("drop database if exists {name} with (force)")).await?;
        }
        let name = format!("test_{}", uuid::Uuid::new_v4().simple());
        let copy = format!(
            "create database {name} template {} owner pbgdpl_owner",
            self.database
        );
        let mut tries = 0;
        while let Err(error) = run(&mut admin, copy.clone()).await {
            // 55006: somebody is looking at the template at this moment.
            tries += 1;
            ensure!(
                tries < 20 && format!("{error:#}").contains("being accessed"),
                error
            );
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        admin.close().await?;
        Ok(Databases {
            owner_url: self.cluster.url("pbgdpl_owner", &name),
            app_url: self.cluster.url("pbgdpl_app", &name),
            province_url: self.cluster.url("pbgdpl_province", &name),
            superuser_url: self.cluster.url(self.cluster.superuser.username(), &name),
            name,
        })
    }
}

/// One database, seen by each role.
#[derive(Debug)]
pub struct Databases {
    /// The name of the database.
    pub name: String,
    /// For migrations: owns everything.
    pub owner_url: String,
    /// For the program inside one agency: owns nothing.
    pub app_url: String,
    /// For what looks across agencies: owns nothing.
    pub province_url: String,
    /// For breaking things on purpose; nothing of the program may ever use it.
    pub superuser_url: String,
}

impl Drop for Databases {
    fn drop(&mut self) {
        FINISHED
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(std::mem::take(&mut self.name));
    }
}

async fn exists(admin: &mut PgConnection, database: &str) -> anyhow::Result<bool> {
    let question = "select exists (select from pg_database where datname = $1)";
    Ok(sqlx::query_scalar(question)
        .bind(database)
        .fetch_one(admin)
        .await?)
}

async fn run(admin: &mut PgConnection, statement: String) -> anyhow::Result<()> {
    let said = statement.clone();
    admin
        .execute(sqlx::raw_sql(AssertSqlSafe(statement)))
        .await
        .context(said)?;
    Ok(())
}

fn hex(digest: &[u8]) -> String {
    digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests;
