//! G8: the crates depend on each other as the table in docs/architecture.md says, and on nothing else of ours.

use std::collections::{BTreeMap, BTreeSet};

use cargo_metadata::MetadataCommand;

/// What a crate may depend on.
#[derive(Debug, Clone, PartialEq, Eq)]
enum May {
    /// These.
    Only(BTreeSet<String>),
    /// Everything: the program, and what is for tests only.
    All,
}

/// The table under "## Crates" in docs/architecture.md, in its order: the last column says what a crate may depend on.
fn table() -> Vec<(String, May)> {
    let text =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/architecture.md")).unwrap();
    let section = text.split("\n## Crates\n").nth(1).unwrap();
    let section = section.split("\n## ").next().unwrap();
    let mut rows: Vec<(String, May)> = Vec::new();
    for line in section.lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [names, _, depends] = cells.as_slice() else {
            panic!("not three cells: {line}")
        };
        let above: BTreeSet<String> = rows.iter().map(|(name, _)| name.clone()).collect();
        let may = match *depends {
            "–" => May::Only(BTreeSet::new()),
            "all" | "dev only" => May::All,
            listed => {
                let words = listed.split(',').map(str::trim);
                May::Only(words.fold(BTreeSet::new(), |mut may, word| {
                    if word == "all above" {
                        may.extend(above.clone());
                    } else {
                        may.insert(word.to_owned());
                    }
                    may
                }))
            }
        };
        for name in names.split(',') {
            rows.push((name.trim().trim_matches('`').to_owned(), may.clone()));
        }
    }
    rows
}

#[test]
fn g8_crates_depend_only_downward() {
    let metadata = MetadataCommand::new()
        .no_deps()
        .other_options(vec!["--offline".into()])
        .exec()
        .unwrap();
    let rows = table();
    let listed: BTreeMap<&str, &May> = rows.iter().map(|(name, may)| (name.as_str(), may)).collect();
    let mut real = BTreeSet::new();
    for package in &metadata.packages {
        let Some(name) = package.name.strip_prefix("pbgdpl-") else {
            panic!("{} is not named pbgdpl-…", package.name)
        };
        real.insert(name);
        let may = listed.get(name).unwrap_or_else(|| {
            panic!("{name} is not in the crate table of docs/architecture.md: add its row")
        });
        let May::Only(may) = may else { continue };
        for dependency in package
            .dependencies
            .iter()
            .filter(|d| d.kind == cargo_metadata::DependencyKind::Normal)
        {
            if let Some(ours) = dependency.name.strip_prefix("pbgdpl-") {
                assert!(
                    may.contains(ours),
                    "{name} may not depend on {ours}: move the code, or argue in an ADR and change docs/architecture.md"
                );
            }
        }
    }
    let gone: Vec<&&str> = listed.keys().filter(|name| !real.contains(**name)).collect();
    assert!(
        gone.is_empty(),
        "docs/architecture.md lists crates that do not exist: {gone:?}"
    );
}

/// One direction: no row of the table may be reached from what it depends on.
#[test]
fn g8_nothing_calls_back_up() {
    let rows = table();
    let direct: BTreeMap<&str, BTreeSet<&str>> = rows
        .iter()
        .map(|(name, may)| {
            let may = match may {
                May::Only(may) => may.iter().map(String::as_str).collect(),
                May::All => BTreeSet::new(),
            };
            (name.as_str(), may)
        })
        .collect();
    for (name, may) in &direct {
        let mut reached = may.clone();
        loop {
            let next: BTreeSet<&str> = reached
                .iter()
                .filter_map(|below| direct.get(below))
                .flatten()
                .copied()
                .chain(reached.iter().copied())
                .collect();
            if next == reached {
                break;
            }
            reached = next;
        }
        assert!(
            !reached.contains(name),
            "{name} depends on itself through {reached:?}"
        );
    }
}

#[test]
fn only_store_and_migrations_know_the_database() {
    let metadata = MetadataCommand::new()
        .no_deps()
        .other_options(vec!["--offline".into()])
        .exec()
        .unwrap();
    for package in &metadata.packages {
        let name = package.name.as_str();
        let knows = |crate_name: &str| {
            package
                .dependencies
                .iter()
                .any(|d| d.name == crate_name && d.kind == cargo_metadata::DependencyKind::Normal)
        };
        if ["pbgdpl-store", "pbgdpl-migrations", "pbgdpl-testkit"].contains(&name) {
            continue;
        }
        assert!(
            !knows("sea-orm") && !knows("sqlx"),
            "{name} reaches for the database: go through a door of store"
        );
        if name != "pbgdpl-scope" {
            assert!(!knows("casbin"), "{name} knows casbin: ask scope");
        }
    }
}

#[test]
fn casbin_has_no_cache_and_sqlx_is_one() {
    let lock = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.lock")).unwrap();
    assert_eq!(
        lock.matches("\nname = \"sqlx\"\n").count(),
        1,
        "two versions of sqlx: no shared transaction"
    );
    // For this machine only: what other systems would need was never downloaded here.
    let here = format!("--filter-platform={}", host());
    let metadata = MetadataCommand::new()
        .other_options(vec!["--offline".into(), here])
        .exec()
        .unwrap();
    let casbin = metadata.packages.iter().find(|p| p.name == "casbin").unwrap();
    let resolved = metadata.resolve.unwrap();
    let node = resolved.nodes.iter().find(|n| n.id == casbin.id).unwrap();
    let features: Vec<&str> = node.features.iter().map(|f| f.as_str()).collect();
    for feature in ["cached", "watcher"] {
        assert!(
            !features.contains(&feature),
            "casbin's `{feature}` fails open (SECURITY C1-C3)"
        );
    }
}

/// The system that this compiler compiles for.
fn host() -> String {
    let said = std::process::Command::new("rustc").arg("-vV").output().unwrap();
    let said = String::from_utf8(said.stdout).unwrap();
    said.lines()
        .find_map(|line| line.strip_prefix("host: "))
        .unwrap()
        .to_owned()
}
