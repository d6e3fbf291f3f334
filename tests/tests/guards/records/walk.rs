//! Carries an act out twice: while no chain takes a record, and again when it does.

use std::collections::BTreeSet;
use std::fmt::Debug;

use pbgdpl_testkit::house::Ground;
use pbgdpl_testkit::owner::{Owner, REFUSED};

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
    pbgdpl_app::mediation::Outcome<T>,
    pbgdpl_app::plan::Outcome<T>,
    pbgdpl_app::register::Outcome<T>,
    pbgdpl_app::report::Outcome<T>
);

/// A database with its owner, and the acts that were carried out over it.
pub(super) struct Walk {
    owner: Owner,
    tables: Vec<String>,
    /// Acts that leave a record.
    pub acts: BTreeSet<&'static str>,
    /// Acts that leave none.
    pub reads: BTreeSet<&'static str>,
}

impl Walk {
    pub async fn over(ground: &Ground) -> Self {
        Self {
            owner: Owner::of(ground).await.unwrap(),
            tables: pbgdpl_migrations::tables::all().unwrap().into_keys().collect(),
            acts: BTreeSet::new(),
            reads: BTreeSet::new(),
        }
    }

    pub async fn refuse(&mut self, chains: &[&str]) {
        self.owner.refuse_inserts(chains).await.unwrap();
    }

    pub async fn take_again(&mut self, chains: &[&str]) {
        self.owner.take_inserts(chains).await.unwrap();
    }

    /// Every row of every table, each after the name of its table.
    pub async fn rows(&mut self) -> BTreeSet<String> {
        let tables: Vec<&str> = self.tables.iter().map(String::as_str).collect();
        self.owner.rows(&tables).await.unwrap()
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
        let engine = self.owner.engine();
        let before = self.rows().await;
        self.refuse(chains).await;
        let refused = act().await.err();
        self.same(name, &before).await;
        self.take_again(chains).await;
        let refused = refused.map(|error| format!("{error:?}")).unwrap_or_default();
        assert!(
            refused.contains(REFUSED),
            "{engine}: {name} did not fail with its record: {refused:?}",
        );
        let done = act().await;
        let done = done.unwrap_or_else(|error| panic!("{engine}: {name}: {error:?}"));
        assert!(
            records(chains, &self.rows().await) > records(chains, &before),
            "{engine}: {name} left no record",
        );
        self.acts.insert(name);
        done
    }

    /// The reading answers although nothing can be recorded, and leaves everything as it was.
    pub async fn read<T, E: Debug>(&mut self, name: &'static str, act: impl AsyncFn() -> Result<T, E>) -> T {
        let engine = self.owner.engine();
        let before = self.rows().await;
        self.refuse(&CHAINS).await;
        let answer = act().await;
        self.same(name, &before).await;
        self.take_again(&CHAINS).await;
        self.reads.insert(name);
        answer.unwrap_or_else(|error| panic!("{engine}: {name}: {error:?}"))
    }

    async fn same(&mut self, name: &str, before: &BTreeSet<String>) {
        let engine = self.owner.engine();
        let after = self.rows().await;
        let differing: Vec<String> = after
            .symmetric_difference(before)
            .take(6)
            .map(|row| row.chars().take(160).collect())
            .collect();
        assert!(
            differing.is_empty(),
            "{engine}: {name} wrote without its record: {differing:#?}",
        );
    }
}

fn records(chains: &[&str], rows: &BTreeSet<String>) -> usize {
    let of_a_chain = |row: &&String| chains.iter().any(|chain| row.starts_with(&format!("{chain}: ")));
    rows.iter().filter(of_a_chain).count()
}
