//! The owner of a house's database, past every wall: looks at every row, and breaks things on purpose.

use std::collections::BTreeSet;

use anyhow::Context;
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, Row, SqliteConnection};

use crate::house::Ground;

/// What an insert says that [`Owner::refuse_inserts`] keeps out.
pub const REFUSED: &str = "nothing is taken here";

/// The owner of the tables on PostgreSQL, anybody who has the file on SQLite.
#[derive(Debug)]
pub enum Owner {
    /// The file.
    Sqlite(SqliteConnection),
    /// As a superuser.
    Postgres(PgConnection),
}

impl Owner {
    /// Comes in.
    ///
    /// # Errors
    /// Where the database refuses.
    pub async fn of(ground: &Ground) -> anyhow::Result<Self> {
        Ok(match ground {
            Ground::Sqlite(file) => Self::Sqlite(SqliteConnection::connect(&file.url()).await?),
            Ground::Postgres(databases) => {
                Self::Postgres(PgConnection::connect(&databases.superuser_url).await?)
            }
        })
    }

    /// Which database it is, for messages.
    #[must_use]
    pub const fn engine(&self) -> &'static str {
        match self {
            Self::Sqlite(_) => "SQLite",
            Self::Postgres(_) => "PostgreSQL",
        }
    }

    /// Runs the statements of its database, one after the other.
    ///
    /// # Errors
    /// Where the database refuses.
    pub async fn run(&mut self, sqlite: &[&str], postgres: &[&str]) -> anyhow::Result<()> {
        match self {
            Self::Sqlite(owner) => {
                for statement in sqlite {
                    owner.execute(AssertSqlSafe(*statement)).await?;
                }
            }
            Self::Postgres(owner) => {
                for statement in postgres {
                    owner.execute(AssertSqlSafe(*statement)).await?;
                }
            }
        }
        Ok(())
    }

    /// Takes the seals from the audit chains, for tests that go back before them: without this the schema refuses to (m0032). The
    /// chains are broken then, and nobody looks.
    ///
    /// # Errors
    /// Where the database refuses.
    pub async fn lose_seals(&mut self) -> anyhow::Result<()> {
        for table in ["audit", "province_audit"] {
            let update = format!("update {table} set seal = null");
            let trigger = format!("{table}_refuses_update");
            let drop = format!("drop trigger {trigger}");
            let again = format!(
                "create trigger {trigger} before update on {table} begin select raise(abort, '{table} is append-only'); end"
            );
            let (off, on) = (
                format!("alter table {table} disable trigger all"),
                format!("alter table {table} enable trigger all"),
            );
            self.run(&[&drop, &update, &again], &[&off, &update, &on]).await?;
        }
        Ok(())
    }

    /// Every row of these tables as text, each after the name of its table.
    ///
    /// # Errors
    /// Where the database refuses.
    pub async fn rows(&mut self, tables: &[&str]) -> anyhow::Result<BTreeSet<String>> {
        let mut all = BTreeSet::new();
        for table in tables {
            match self {
                Self::Sqlite(owner) => {
                    let row = "select group_concat('quote(' || name || ')', ' || '', '' || ') from pragma_table_info(?)";
                    let row: Option<String> = sqlx::query_scalar(row)
                        .bind(*table)
                        .fetch_one(&mut *owner)
                        .await?;
                    let row = row.with_context(|| format!("no table {table}"))?;
                    let select = AssertSqlSafe(format!("select {row} from {table}"));
                    for row in sqlx::query(select).fetch_all(&mut *owner).await? {
                        all.insert(format!("{table}: {}", row.try_get::<String, _>(0)?));
                    }
                }
                Self::Postgres(owner) => {
                    let select = AssertSqlSafe(format!("select t::text from {table} t"));
                    for row in sqlx::query(select).fetch_all(&mut *owner).await? {
                        all.insert(format!("{table}: {}", row.try_get::<String, _>(0)?));
                    }
                }
            }
        }
        Ok(all)
    }

    /// From now on every insert into these tables fails with [`REFUSED`].
    ///
    /// # Errors
    /// Where the database refuses.
    pub async fn refuse_inserts(&mut self, tables: &[&str]) -> anyhow::Result<()> {
        let function = format!(
            "create or replace function refuse_all() returns trigger language plpgsql as $$ begin raise exception '{REFUSED}'; end $$"
        );
        self.run(&[], &[&function]).await?;
        for table in tables {
            let trigger = format!("create trigger refuse_{table} before insert on {table}");
            let sqlite = format!("{trigger} begin select raise(abort, '{REFUSED}'); end");
            let postgres = format!("{trigger} for each row execute function refuse_all()");
            self.run(&[&sqlite], &[&postgres]).await?;
        }
        Ok(())
    }

    /// Inserts are taken again.
    ///
    /// # Errors
    /// Where the database refuses.
    pub async fn take_inserts(&mut self, tables: &[&str]) -> anyhow::Result<()> {
        for table in tables {
            let drop = format!("drop trigger refuse_{table}");
            self.run(&[&drop], &[&format!("{drop} on {table}")]).await?;
        }
        Ok(())
    }
}
