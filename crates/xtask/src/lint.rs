//! `cargo xtask lint`: formatting, clippy, and the promises about dependencies that no compiler checks.

use std::collections::BTreeSet;

use anyhow::{Context, bail, ensure};

use crate::steps::{Steps, cargo, run};

/// Runs every check, in the order of their cost.
pub fn run_lints(steps: &mut Steps) -> anyhow::Result<()> {
    steps.step("format", || run(&mut cargo(&["fmt", "--all", "--check"])))?;
    steps.step("dependencies", || dependencies(&tree()?))?;
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
    fn one_sqlx_and_no_cached_casbin() {
        dependencies(GOOD).unwrap();
        dependencies(&GOOD.replace("runtime-tokio", "cached,runtime-tokio")).unwrap_err();
        dependencies(&format!("{GOOD}sqlx v0.8.6 features=\n")).unwrap_err();
        dependencies("sqlx v0.9.0 features=\n").unwrap_err();
    }
}
