//! What the audit chains say of people stands beside them: the chain holds a seal, and name and reason can go (AUD-06).
//!
//! Whatever else stands in a row stays for ever: the database lets the words go, and nothing come in their place.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend, Statement};

use crate::dialect::run;

/// This change.
#[derive(DeriveMigrationName)]
pub struct Migration;

/// A table, what of it may go to nothing, what stays, and whose role may let it go.
struct Walled {
    table: &'static str,
    /// Each with what it is once it went.
    goes: &'static [(&'static str, &'static str)],
    stays: &'static str,
    role: &'static str,
    /// Where the row says that there still are words.
    words: &'static str,
}

const WORDS: &[(&str, &str)] = &[("actor_name", "''"), ("reason", "''"), ("salt", "null")];

const TABLES: [Walled; 3] = [
    Walled {
        table: "audit",
        goes: WORDS,
        stays: "tenant_id, seq, at, actor, action, object_kind, object_id, detail, request, prev_hash, hash, seal",
        role: "pbgdpl_app",
        words: "old.salt is not null",
    },
    Walled {
        table: "province_audit",
        goes: WORDS,
        stays: "seq, at, actor, action, object_kind, object_id, detail, request, prev_hash, hash, seal",
        role: "pbgdpl_province",
        words: "old.salt is not null",
    },
    Walled {
        table: "timeline",
        goes: &[("actor_name", "''")],
        stays: "tenant_id, id, object_kind, object_id, at, actor, verb, note, version",
        role: "pbgdpl_app",
        words: "true",
    },
];

const COLUMNS: [&str; 4] = [
    "alter table audit add column seal {bytes}",
    "alter table audit add column salt {bytes}",
    "alter table province_audit add column seal {bytes}",
    "alter table province_audit add column salt {bytes}",
];

const COLUMNS_BACK: [&str; 4] = [
    "alter table audit drop column salt",
    "alter table audit drop column seal",
    "alter table province_audit drop column salt",
    "alter table province_audit drop column seal",
];

impl Walled {
    /// Whether a change lets the words of a row go, and does nothing else.
    fn lets_go(&self, is: &str) -> String {
        let of = |row: &str| {
            let columns = self.stays.split(", ").map(|column| format!("{row}.{column}"));
            columns.collect::<Vec<_>>().join(", ")
        };
        let gone = self.goes.iter().map(|(column, gone)| match *gone {
            "null" => format!("new.{column} is null"),
            gone => format!("new.{column} = {gone}"),
        });
        format!(
            "{} and {} and ({}) {is} ({})",
            self.words,
            gone.collect::<Vec<_>>().join(" and "),
            of("new"),
            of("old")
        )
    }

    fn sqlite(&self) -> [String; 2] {
        let table = self.table;
        [
            format!("drop trigger {table}_refuses_update"),
            format!(
                "create trigger {table}_refuses_update before update on {table} when not ({}) \
                 begin select raise(abort, '{table} is append-only'); end",
                self.lets_go("is")
            ),
        ]
    }

    fn sqlite_back(&self) -> [String; 2] {
        let table = self.table;
        [
            format!("drop trigger {table}_refuses_update"),
            format!(
                "create trigger {table}_refuses_update before update on {table} \
                 begin select raise(abort, '{table} is append-only'); end"
            ),
        ]
    }

    fn postgres(&self) -> [String; 4] {
        let Self { table, role, .. } = self;
        let columns: Vec<&str> = self.goes.iter().map(|(column, _)| *column).collect();
        [
            format!("drop trigger {table}_append_only on {table}"),
            format!(
                "create trigger {table}_append_only before delete or truncate on {table} \
                 for each statement execute function refuse_change()"
            ),
            format!(
                "create trigger {table}_lets_words_go before update on {table} for each row when (not ({})) \
                 execute function refuse_change()",
                self.lets_go("is not distinct from")
            ),
            format!("grant update ({}) on {table} to {role}", columns.join(", ")),
        ]
    }

    fn postgres_back(&self) -> [String; 4] {
        let Self { table, role, .. } = self;
        let columns: Vec<&str> = self.goes.iter().map(|(column, _)| *column).collect();
        [
            format!("revoke update ({}) on {table} from {role}", columns.join(", ")),
            format!("drop trigger {table}_lets_words_go on {table}"),
            format!("drop trigger {table}_append_only on {table}"),
            format!(
                "create trigger {table}_append_only before update or delete or truncate on {table} \
                 for each statement execute function refuse_change()"
            ),
        ]
    }
}

/// Whether there is an entry whose hash would lose what it covers.
async fn refuse_lost_seals(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let backend = manager.get_database_backend();
    for table in ["audit", "province_audit"] {
        // The owner is walled too: without this the table looks empty.
        if backend == DbBackend::Postgres {
            let open = format!("alter table {table} no force row level security");
            run(manager, &[&open]).await?;
        }
        let sealed = format!("select 1 as there from {table} where seal is not null limit 1");
        let statement = Statement::from_string(backend, sealed);
        let found = manager.get_connection().query_one_raw(statement).await?;
        if backend == DbBackend::Postgres {
            let close = format!("alter table {table} force row level security");
            run(manager, &[&close]).await?;
        }
        if found.is_some() {
            let why = format!("{table} has entries with a seal: going back would break the chain for good");
            return Err(DbErr::Migration(why));
        }
    }
    Ok(())
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, &COLUMNS).await?;
        for walled in &TABLES {
            let walls: Vec<String> = match manager.get_database_backend() {
                DbBackend::Sqlite => walled.sqlite().into(),
                _ => walled.postgres().into(),
            };
            run(manager, &walls.iter().map(String::as_str).collect::<Vec<_>>()).await?;
        }
        Ok(())
    }

    /// Refused where an entry hashes a seal: without it the chain could never be verified again.
    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        refuse_lost_seals(manager).await?;
        for walled in &TABLES {
            let walls: Vec<String> = match manager.get_database_backend() {
                DbBackend::Sqlite => walled.sqlite_back().into(),
                _ => walled.postgres_back().into(),
            };
            run(manager, &walls.iter().map(String::as_str).collect::<Vec<_>>()).await?;
        }
        run(manager, &COLUMNS_BACK).await
    }
}
