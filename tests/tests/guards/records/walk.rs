//! Carries an act out twice: while no chain takes a record, and again when it does.

use std::collections::BTreeSet;
use std::fmt::Debug;

use pbgdpl_testkit::house::Ground;
use sea_orm::{ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement};

/// The chains of the agencies and of the province.
const CHAINS: [&str; 2] = ["audit", "province_audit"];

/// What an outcome brings when the act was done.
pub(super) trait Done {
    type Value;
    fn done(self) -> Self::Value;
}

macro_rules! done {
    ($($outcome:ty),*) => {$(
        impl<T: Debug> Done for $outcome {
            type Value = T;
            fn done(self) -> T {
                match self {
                    Self::Done(value) => value,
                    other => panic!("not done: {other:?}"),
                }
            }
        }
    )*};
}

done!(
    pbgdpl_app::activity::Outcome<T>,
    pbgdpl_app::article::Outcome<T>,
    pbgdpl_app::report::Outcome<T>
);

/// A database with its owner's connection, and the acts that were carried out over it.
pub(super) struct Walk {
    owner: DatabaseConnection,
    backend: DbBackend,
    everything: String,
    /// Acts that leave a record.
    pub acts: BTreeSet<&'static str>,
    /// Acts that leave none.
    pub reads: BTreeSet<&'static str>,
}

impl Walk {
    /// The owner of the tables on PostgreSQL, anybody who has the file on SQLite.
    pub async fn over(ground: &Ground) -> Self {
        let (url, backend) = match ground {
            Ground::Sqlite(file) => (file.url(), DbBackend::Sqlite),
            Ground::Postgres(databases) => (databases.superuser_url.clone(), DbBackend::Postgres),
        };
        let owner = Database::connect(url).await.unwrap();
        let mut parts = Vec::new();
        for table in pbgdpl_migrations::tables::all().unwrap().into_keys() {
            parts.push(match backend {
                DbBackend::Sqlite => {
                    let row = columns(&owner, &table).await;
                    format!("select '{table}: ' || {row} from {table}")
                }
                _ => format!("select '{table}: ' || t::text from {table} t"),
            });
        }
        let walk = Self {
            owner,
            backend,
            everything: parts.join(" union all "),
            acts: BTreeSet::new(),
            reads: BTreeSet::new(),
        };
        if backend == DbBackend::Postgres {
            walk.run("create function no_audit() returns trigger language plpgsql as $$ begin raise exception 'no audit'; end $$")
                .await;
        }
        walk
    }

    async fn run(&self, statement: &str) {
        self.owner.execute_unprepared(statement).await.unwrap();
    }

    pub async fn refuse(&self, chains: &[&str]) {
        for chain in chains {
            let then = match self.backend {
                DbBackend::Sqlite => "begin select raise(abort, 'no audit'); end",
                _ => "for each row execute function no_audit()",
            };
            self.run(&format!(
                "create trigger no_{chain} before insert on {chain} {then}"
            ))
            .await;
        }
    }

    pub async fn take_again(&self, chains: &[&str]) {
        for chain in chains {
            let on = match self.backend {
                DbBackend::Sqlite => String::new(),
                _ => format!(" on {chain}"),
            };
            self.run(&format!("drop trigger no_{chain}{on}")).await;
        }
    }

    /// Every row of every table, each after the name of its table.
    pub async fn rows(&self) -> BTreeSet<String> {
        let all = Statement::from_string(self.backend, self.everything.clone());
        let rows = self.owner.query_all_raw(all).await.unwrap();
        rows.iter()
            .map(|row| row.try_get_by_index::<String>(0).unwrap())
            .collect()
    }

    /// The act is not done while nothing can be recorded, is done when something can, and is recorded then.
    pub async fn act<T, E: Debug>(&mut self, name: &'static str, act: impl AsyncFn() -> Result<T, E>) -> T {
        self.act_in(&CHAINS, name, act).await
    }

    /// The same of an act whose record stands in one of these chains.
    pub async fn act_in<T, E: Debug>(
        &mut self,
        chains: &[&str],
        name: &'static str,
        act: impl AsyncFn() -> Result<T, E>,
    ) -> T {
        let before = self.rows().await;
        self.refuse(chains).await;
        let refused = act().await.err();
        self.same(name, &before).await;
        self.take_again(chains).await;
        let refused = refused.map(|error| format!("{error:?}")).unwrap_or_default();
        assert!(
            refused.contains("no audit"),
            "{:?}: {name} did not fail with its record: {refused:?}",
            self.backend
        );
        let done = act().await;
        let done = done.unwrap_or_else(|error| panic!("{:?}: {name}: {error:?}", self.backend));
        assert!(
            records(chains, &self.rows().await) > records(chains, &before),
            "{:?}: {name} left no record",
            self.backend
        );
        self.acts.insert(name);
        done
    }

    /// The reading answers although nothing can be recorded, and leaves everything as it was.
    pub async fn read<T, E: Debug>(&mut self, name: &'static str, act: impl AsyncFn() -> Result<T, E>) -> T {
        let before = self.rows().await;
        self.refuse(&CHAINS).await;
        let answer = act().await;
        self.same(name, &before).await;
        self.take_again(&CHAINS).await;
        self.reads.insert(name);
        answer.unwrap_or_else(|error| panic!("{:?}: {name}: {error:?}", self.backend))
    }

    async fn same(&self, name: &str, before: &BTreeSet<String>) {
        let after = self.rows().await;
        let differing: Vec<String> = after
            .symmetric_difference(before)
            .take(6)
            .map(|row| row.chars().take(160).collect())
            .collect();
        assert!(
            differing.is_empty(),
            "{:?}: {name} wrote without its record: {differing:#?}",
            self.backend
        );
    }
}

fn records(chains: &[&str], rows: &BTreeSet<String>) -> usize {
    let of_a_chain = |row: &&String| chains.iter().any(|chain| row.starts_with(&format!("{chain}: ")));
    rows.iter().filter(of_a_chain).count()
}

/// A row of the table as one text, on SQLite.
async fn columns(owner: &DatabaseConnection, table: &str) -> String {
    let columns = Statement::from_string(
        DbBackend::Sqlite,
        format!(
            "select group_concat('quote(' || name || ')', ' || '','' || ') from pragma_table_info('{table}')"
        ),
    );
    let row = owner.query_one_raw(columns).await.unwrap().unwrap();
    row.try_get_by_index(0).unwrap()
}
