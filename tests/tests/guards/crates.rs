//! G8: the crates depend on each other as the table in docs/architecture.md says, and on nothing else of ours.

use std::collections::{BTreeMap, BTreeSet};

use cargo_metadata::MetadataCommand;

/// Package, and what it may depend on. One direction; nothing calls back up.
const TABLE: &[(&str, &[&str])] = &[
    ("vietnamese", &[]),
    ("model", &["vietnamese"]),
    ("scope", &["model"]),
    ("store", &["model", "scope", "migrations", "vietnamese"]),
    ("app", &["model", "scope", "store", "vietnamese"]),
    ("province", &["model", "scope", "store", "vietnamese"]),
    ("pages", &["model", "vietnamese"]),
    ("mail", &["model"]),
    (
        "web",
        &[
            "model",
            "scope",
            "store",
            "app",
            "province",
            "pages",
            "mail",
            "vietnamese",
            "config",
            "telemetry",
        ],
    ),
    (
        "jobs",
        &[
            "model",
            "scope",
            "store",
            "app",
            "province",
            "mail",
            "telemetry",
            "vietnamese",
        ],
    ),
    ("config", &[]),
    ("telemetry", &["config"]),
    ("migrations", &[]),
    ("xtask", &[]),
];

#[test]
fn g8_crates_depend_only_downward() {
    let metadata = MetadataCommand::new()
        .no_deps()
        .other_options(vec!["--offline".into()])
        .exec()
        .unwrap();
    let allowed: BTreeMap<&str, BTreeSet<&str>> = TABLE
        .iter()
        .map(|(name, may)| (*name, may.iter().copied().collect()))
        .collect();
    for package in &metadata.packages {
        let Some(name) = package.name.strip_prefix("pbgdpl-") else {
            panic!("{} is not named pbgdpl-…", package.name)
        };
        if ["server", "testkit", "tests"].contains(&name) {
            continue;
        }
        let may = allowed.get(name).unwrap_or_else(|| {
            panic!("{name} is not in the crate table: add it there and in docs/architecture.md")
        });
        for dependency in package
            .dependencies
            .iter()
            .filter(|d| d.kind == cargo_metadata::DependencyKind::Normal)
        {
            if let Some(ours) = dependency.name.strip_prefix("pbgdpl-") {
                assert!(
                    may.contains(ours),
                    "{name} may not depend on {ours}: move the code, or argue in an ADR"
                );
            }
        }
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
