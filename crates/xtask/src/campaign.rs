//! `cargo xtask campaign`: long runs of what the tests run in short, with a table of figures and bounds.

use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::process::Stdio;

use anyhow::{Context, ensure};
use pbgdpl_xtask::figure::{self, Bound, Figure};
use pbgdpl_xtask::packages::{Need, install};
use pbgdpl_xtask::servers::watchdog::Watchdog;

use crate::steps::{Steps, cargo};

/// What is run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Campaign {
    /// Two years of every agency of Kon Tum made by acts, counted anew from exports; 1,000 questions by structure.
    History,
}

/// Runs one campaign or all of them, and prints the table. Fails where a bound is not kept.
pub fn run_campaigns(steps: &mut Steps, only: Option<Campaign>) -> anyhow::Result<()> {
    steps.step("tools", || install(&[Need::Postgres]))?;
    let wanted = |campaign| only.is_none_or(|only| only == campaign);
    let mut figures = Vec::new();
    if wanted(Campaign::History) {
        figures.extend(steps.step("history", history)?);
    }
    println!("\n{}", figure::table(&figures));
    ensure!(figure::all_ok(&figures), "a bound is not kept");
    Ok(())
}

const COMPARED: &str = " figures, 0 differences";

/// The history test in its full size. It prints a line for each comparison, and fails at the first difference.
fn history() -> anyhow::Result<Vec<Figure>> {
    let mut command = cargo(&["test", "--workspace", "--test", "history"]);
    command.args([
        "--",
        "--nocapture",
        "--exact",
        "two_years_counted_anew_without_a_difference",
    ]);
    command.env("PBGDPL_HISTORY", "all");
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .process_group(0);
    let mut child = command.spawn().context("cargo test")?;
    let watchdog = Watchdog::for_group(child.id())?;
    let mut figures = Vec::new();
    for line in BufReader::new(child.stdout.take().context("its output")?).lines() {
        let line = line?;
        println!("{line}");
        figures.extend(compared(&line));
    }
    let status = child.wait()?;
    watchdog.calm();
    ensure!(
        status.success(),
        "the history and its recount do not agree ({status})"
    );
    Ok(figures)
}

/// "Sqlite: cells of every report: 6024 figures, 0 differences".
fn compared(line: &str) -> Option<Figure> {
    let (name, count) = line.strip_suffix(COMPARED)?.rsplit_once(": ")?;
    let count = count.parse().ok()?;
    Some(Figure::new(
        format!("{name}: figures without a difference"),
        count,
        Bound::AtLeast(1_000.0),
        "",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comparison_is_read_from_its_line() {
        let read = compared("Sqlite: cells of every report: 6024 figures, 0 differences").unwrap();
        assert!(read.ok() && read.name.starts_with("Sqlite: cells of every report"));
        assert!(!compared("Sqlite: x: 12 figures, 0 differences").unwrap().ok());
        assert!(compared("test two_years ... ok").is_none());
    }
}
