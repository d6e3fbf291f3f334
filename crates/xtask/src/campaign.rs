//! `cargo xtask campaign`: long runs of what the tests run in short, with a table of figures and bounds.

use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::process::Stdio;

use anyhow::{Context, ensure};
use pbgdpl_xtask::figure::{self, Bound, Figure};
use pbgdpl_xtask::packages::{Need, install};
use pbgdpl_xtask::servers::watchdog::Watchdog;

use crate::steps::{Steps, cargo};
use crate::{bench, embed, open, paper};

/// What is run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Campaign {
    /// Two years of every agency of Kon Tum made by acts, counted anew from exports; 1,000 questions by structure.
    History,
    /// Sixteen writers while processes are killed, the replica stands still, Redis is emptied and connections are cut; the books
    /// counted anew after each storm.
    Storm,
    /// PDF files of every form and of a report on a plan, made by the real worker and read back with pdftotext.
    Paper,
    /// Workbooks of every form and a Word file, opened and saved again by LibreOffice.
    Office,
    /// The section on real host pages (WordPress, nginx, PHP) in three browser engines; writes docs/embedding.md.
    Embed,
    /// Harvesters, feed readers and validators of others on every open interface; writes docs/reference/open-interfaces.md.
    Open,
}

/// Runs one campaign or all of them, and prints the table. Fails where a bound is not kept.
pub fn run_campaigns(steps: &mut Steps, only: Option<Campaign>) -> anyhow::Result<()> {
    if !matches!(only, Some(Campaign::Embed | Campaign::Open)) {
        steps.step("tools", || install(&[Need::Postgres, Need::Redis]))?;
    }
    let wanted = |campaign| only.is_none_or(|only| only == campaign);
    let mut figures = Vec::new();
    if wanted(Campaign::History) {
        figures.extend(steps.step("history", history)?);
    }
    if wanted(Campaign::Storm) {
        figures.extend(steps.step("storm", storm)?);
    }
    if wanted(Campaign::Paper) {
        steps.step("tools for paper", || install(&[Need::Poppler]))?;
        let worker = steps.step("worker", paper::worker)?;
        figures.extend(steps.step("paper", || paper::paper(&worker))?);
    }
    if wanted(Campaign::Office) {
        steps.step("tools for office", || install(&[Need::Poppler, Need::Office]))?;
        figures.extend(steps.step("office", paper::office)?);
    }
    if !figures.is_empty() {
        println!("\n{}", figure::table(&figures));
        ensure!(figure::all_ok(&figures), "a bound is not kept");
    }
    if wanted(Campaign::Embed) {
        embed::run(steps, bench::binary)?;
    }
    if wanted(Campaign::Open) {
        open::run(steps, bench::binary)?;
    }
    Ok(())
}

const COMPARED: &str = " figures, 0 differences";

/// The history test in its full size. It prints a line for each comparison, and fails at the first difference.
fn history() -> anyhow::Result<Vec<Figure>> {
    let test = "two_years_counted_anew_without_a_difference";
    printed("history", test, ("PBGDPL_HISTORY", "all"), compared)
}

/// How long each storm lasts, in seconds, unless the environment says otherwise.
const STORM_SECONDS: &str = "60";

/// Every storm in its full length.
fn storm() -> anyhow::Result<Vec<Figure>> {
    let seconds = std::env::var("PBGDPL_STORM").unwrap_or_else(|_| STORM_SECONDS.to_owned());
    let test = "storm::after_every_storm_the_books_agree";
    printed("storm", test, ("PBGDPL_STORM", &seconds), |line| {
        compared(line).or_else(|| acknowledged(line))
    })
}

/// "Sqlite, processes killed: 812 acts acknowledged, 3 without an answer, …".
fn acknowledged(line: &str) -> Option<Figure> {
    let (name, rest) = line.split_once(": ")?;
    let count = rest.split_once(" acts acknowledged")?.0.parse().ok()?;
    let name = format!("{name}: acts acknowledged, none lost, none twice");
    Some(Figure::new(name, count, Bound::AtLeast(50.0), ""))
}

/// Runs one test in its full size; what `read` finds in its lines are the figures.
pub fn printed(
    program: &str,
    test: &str,
    (variable, size): (&str, &str),
    read: impl Fn(&str) -> Option<Figure>,
) -> anyhow::Result<Vec<Figure>> {
    let mut command = cargo(&["test", "--workspace", "--test", program]);
    command.args(["--", "--nocapture", "--exact", test]);
    command.env(variable, size);
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
        figures.extend(read(&line));
    }
    let status = child.wait()?;
    watchdog.calm();
    ensure!(
        status.success(),
        "{program}: what was made and what was read do not agree ({status})"
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
        let line = "Postgres, all at once: 812 acts acknowledged, 3 without an answer {0: 3}, 9 blows, 40 pages of an auditor";
        assert!(acknowledged(line).unwrap().ok());
        assert!(acknowledged("Postgres: 3 figures").is_none());
    }
}
