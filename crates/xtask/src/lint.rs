//! `cargo xtask lint`: formatting, clippy, and the promises about dependencies that no compiler checks.

use std::collections::BTreeSet;

use anyhow::{Context, bail, ensure};

use crate::steps::{Steps, cargo, run};

/// Runs every check, in the order of their cost.
pub fn run_lints(steps: &mut Steps) -> anyhow::Result<()> {
    steps.step("format", || run(&mut cargo(&["fmt", "--all", "--check"])))?;
    steps.step("format of the worker", || {
        run(&mut cargo(&["fmt", "--check", "--manifest-path", WORKER]))
    })?;
    steps.step("dependencies", || dependencies(&tree()?))?;
    for manifest in [HOUSE, WORKER] {
        steps.step("licences", || licences(&licensed(manifest)?))?;
    }
    steps.step("clippy", || {
        run(&mut cargo(&[
            "clippy",
            "--workspace",
            "--all-targets",
            "--",
            "-D",
            "warnings",
        ]))
    })
}

/// The workspace of the house, wherever this is called from.
const HOUSE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../Cargo.toml");
/// The workspace of the PDF worker, with a lock file of its own.
const WORKER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../workers/paper/Cargo.toml");

/// What ADR 0002 lets in.
const LICENCES: [&str; 18] = [
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "EUPL-1.2",
    "ISC",
    "LLVM-exception",
    "MIT",
    "MIT-0",
    "MPL-2.0",
    "MPL-2.0+",
    "Unicode-3.0",
    "Unicode-DFS-2016",
    "Unlicense",
    "Zlib",
];

/// Every package of a workspace with what it may be used under, one per line.
fn licensed(manifest: &str) -> anyhow::Result<String> {
    let out = cargo(&["tree", "--workspace", "--locked", "--edges", "normal,build"])
        .args([
            "--prefix",
            "none",
            "--format",
            "{p} | {l}",
            "--manifest-path",
            manifest,
        ])
        .output()?;
    ensure!(
        out.status.success(),
        "cargo tree: {}",
        String::from_utf8_lossy(&out.stderr)
    );
    Ok(String::from_utf8(out.stdout)?)
}

fn licences(tree: &str) -> anyhow::Result<()> {
    let mut read = 0;
    for line in tree.lines() {
        let Some((package, said)) = line.split_once(" | ") else {
            continue;
        };
        let said = said.trim_end_matches("(*)").trim();
        let words = said.split([' ', '/', '(', ')']).filter(|word| !word.is_empty());
        let names = words.filter(|word| !["OR", "AND", "WITH"].contains(word));
        let unknown: Vec<&str> = names.filter(|name| !LICENCES.contains(name)).collect();
        ensure!(
            !said.is_empty() && unknown.is_empty(),
            "{package} stands under \"{said}\": look at it, then ADR 0002"
        );
        read += 1;
    }
    ensure!(read > 0, "cargo tree has another format");
    Ok(())
}

/// Every package of the workspace, one per line: name, version, features.
fn tree() -> anyhow::Result<String> {
    let out = cargo(&[
        "tree",
        "--workspace",
        "--prefix",
        "none",
        "--format",
        "{p} features={f}",
    ])
    .output()?;
    ensure!(
        out.status.success(),
        "cargo tree: {}",
        String::from_utf8_lossy(&out.stderr)
    );
    Ok(String::from_utf8(out.stdout)?)
}

fn dependencies(tree: &str) -> anyhow::Result<()> {
    // A second sqlx would bring a second SQLite and share no transaction with ours.
    let sqlx = packages(tree, "sqlx");
    let versions: BTreeSet<&str> = sqlx.iter().filter_map(|line| line.split(' ').nth(1)).collect();
    if versions.len() != 1 {
        bail!("there must be one version of sqlx, not {versions:?}: see `cargo tree -i sqlx`");
    }
    // SECURITY: its cache answers yes after a revocation.
    let casbin = packages(tree, "casbin");
    ensure!(
        !casbin.is_empty(),
        "casbin is gone from the tree: this check has lost its object"
    );
    for line in casbin {
        let features = line
            .split_once("features=")
            .context("cargo tree has another format")?
            .1;
        let features = features.split(' ').next().unwrap_or_default();
        if features.split(',').any(|feature| feature == "cached") {
            bail!("casbin's feature `cached` must never be on: see `cargo tree -e features -i casbin`");
        }
    }
    Ok(())
}

fn packages<'a>(tree: &'a str, name: &str) -> Vec<&'a str> {
    tree.lines()
        .filter(|line| line.split(' ').next() == Some(name))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "casbin v2.20.0 features=incremental,runtime-tokio\nsqlx v0.9.0 features=postgres\n\
                        sqlx-core v0.8.6 features=\nsqlx v0.9.0 features=postgres (*)\n";

    #[test]
    fn only_licences_that_were_looked_at() {
        let good = "serde v1 | MIT OR Apache-2.0\nx v1 | (MIT OR Apache-2.0) AND Unicode-3.0 (*)\ny v1 | Unlicense/MIT\n";
        licences(good).unwrap();
        licences(&format!("{good}z v1 | GPL-3.0-only\n")).unwrap_err();
        licences(&format!("{good}z v1 | \n")).unwrap_err();
        licences("").unwrap_err();
    }

    #[test]
    fn one_sqlx_and_no_cached_casbin() {
        dependencies(GOOD).unwrap();
        dependencies(&GOOD.replace("runtime-tokio", "cached,runtime-tokio")).unwrap_err();
        dependencies(&format!("{GOOD}sqlx v0.8.6 features=\n")).unwrap_err();
        dependencies("sqlx v0.9.0 features=\n").unwrap_err();
    }
}
