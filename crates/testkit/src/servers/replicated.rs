//! A PostgreSQL cluster of its own with a hot standby that streams from it, for tests of what is read where.

use anyhow::Context;
use pbgdpl_xtask::servers::postgres::PostgresServer;
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use url::Url;

use super::postgres::{Databases, ROLES};

/// A primary and its standby.
#[derive(Debug)]
pub struct ReplicatedPostgres {
    primary: PostgresServer,
    standby: Option<PostgresServer>,
}

impl ReplicatedPostgres {
    /// Starts both. As in production an acknowledged commit is safe in the log.
    ///
    /// # Errors
    /// When PostgreSQL is not installed, or one of the two does not start.
    pub async fn start() -> anyhow::Result<Self> {
        let primary = PostgresServer::start_with(&["synchronous_commit=on"])?;
        let mut admin = PgConnection::connect(&primary.superuser_url()).await?;
        admin
            .execute(sqlx::raw_sql(ROLES))
            .await
            .context("deploy/roles.sql")?;
        admin.close().await?;
        Ok(Self {
            standby: Some(primary.standby()?),
            primary,
        })
    }

    /// An empty database on the primary, seen by each role; it goes with the cluster.
    ///
    /// # Errors
    /// When the primary refuses.
    pub async fn database(&self) -> anyhow::Result<Databases> {
        let name = format!("test_{}", uuid::Uuid::new_v4().simple());
        let primary = self.primary.superuser_url();
        let mut admin = PgConnection::connect(&primary).await?;
        let make = format!("create database {name} owner pbgdpl_owner encoding 'UTF8' template template0");
        admin.execute(sqlx::raw_sql(AssertSqlSafe(make))).await?;
        admin.close().await?;
        Ok(Databases {
            owner_url: as_role(&primary, "pbgdpl_owner", &name)?,
            app_url: as_role(&primary, "pbgdpl_app", &name)?,
            province_url: as_role(&primary, "pbgdpl_province", &name)?,
            superuser_url: as_role(&primary, "postgres", &name)?,
            name,
        })
    }

    /// The address of a database on the standby, as a role.
    ///
    /// # Errors
    /// Where there is no standby any more.
    pub fn on_standby(&self, role: &str, database: &str) -> anyhow::Result<String> {
        let standby = self.standby.as_ref().context("the standby was stopped")?;
        as_role(&standby.superuser_url(), role, database)
    }

    /// The standby stands still: what is written from now on does not arrive.
    ///
    /// # Errors
    /// When it refuses.
    pub async fn pause(&self) -> anyhow::Result<()> {
        self.say("select pg_wal_replay_pause()").await?;
        // It pauses between two records.
        while self.ask("select pg_get_wal_replay_pause_state()").await? != "paused" {
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
        Ok(())
    }

    /// The standby goes on.
    ///
    /// # Errors
    /// When it refuses.
    pub async fn resume(&self) -> anyhow::Result<()> {
        self.say("select pg_wal_replay_resume()").await
    }

    /// Waits until the standby has everything.
    ///
    /// # Errors
    /// When one of the two does not answer.
    pub async fn arrived(&self) -> anyhow::Result<()> {
        let mut primary = PgConnection::connect(&self.primary.superuser_url()).await?;
        let wanted: String = sqlx::query_scalar("select pg_current_wal_flush_lsn()::text")
            .fetch_one(&mut primary)
            .await?;
        let question = format!("select (pg_last_wal_replay_lsn() >= '{wanted}')::text");
        while self.ask(&question).await? != "true" {
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
        Ok(())
    }

    /// Stops the standby for good.
    pub fn stop_standby(&mut self) {
        self.standby = None;
    }

    async fn say(&self, statement: &str) -> anyhow::Result<()> {
        let mut standby = PgConnection::connect(&self.on_standby("postgres", "postgres")?).await?;
        standby
            .execute(sqlx::raw_sql(AssertSqlSafe(statement.to_owned())))
            .await?;
        Ok(())
    }

    async fn ask(&self, question: &str) -> anyhow::Result<String> {
        let mut standby = PgConnection::connect(&self.on_standby("postgres", "postgres")?).await?;
        Ok(sqlx::query_scalar(AssertSqlSafe(question.to_owned()))
            .fetch_one(&mut standby)
            .await?)
    }
}

fn as_role(superuser: &str, role: &str, database: &str) -> anyhow::Result<String> {
    let mut url: Url = superuser.parse()?;
    // Both only fail for addresses without a host.
    url.set_username(role).ok();
    url.set_password(None).ok();
    url.set_path(database);
    Ok(url.into())
}
