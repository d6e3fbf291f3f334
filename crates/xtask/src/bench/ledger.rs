//! The ledger of a province on PostgreSQL: 10⁵, 10⁶ and 10⁷ rows of the agencies of Kon Tum, looked at, added up, reported and rebuilt.
//!
//! Each step is a process of its own (`testkit`, `bench_ledger`) through the acts of the product; only the rows are made by the database,
//! for volume. "Cold" means: the database was just started, and so was the process.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, ensure};
use pbgdpl_xtask::figure::{Bound, Figure};
use pbgdpl_xtask::servers::postgres::PostgresServer;
use pbgdpl_xtask::servers::watchdog::Watchdog;
use pbgdpl_xtask::servers::{POSTGRES, POSTGRES_DATA};

use crate::bench::beside;
use crate::steps::{cargo, run};

/// A program that is there already, instead of building one.
const READY: &str = "PBGDPL_BENCH_LEDGER";
/// Rows of the ledger: a year of a province that writes down everything, ten years of it, four years of the country (`docs/scale.md`).
pub const SIZES: [u32; 3] = [100_000, 1_000_000, 10_000_000];
const MIDDLE: u32 = 1_000_000;

/// Nothing is asked while rows are made, and nothing needs to survive.
const LOADING: [&str; 2] = ["shared_buffers=512MB", "max_wal_size=8GB"];
/// As a server is run: what is acknowledged is on the disk. Autovacuum stays off: the bench vacuums at known moments.
const SERVING: [&str; 5] = [
    "shared_buffers=512MB",
    "max_wal_size=4GB",
    "fsync=on",
    "synchronous_commit=on",
    "full_page_writes=on",
];

/// What was measured, by size and name.
pub struct Measured(BTreeMap<(u32, String), f64>);

impl Measured {
    /// A figure; what was not measured is no number and keeps no promise.
    pub fn of(&self, size: u32, name: &str) -> f64 {
        self.0.get(&(size, name.to_owned())).copied().unwrap_or(f64::NAN)
    }

    fn milliseconds(&self, size: u32, name: &str) -> f64 {
        self.of(size, name) * 1e3
    }

    fn ratio(&self, name: &str) -> f64 {
        let [few, .., many] = SIZES;
        self.of(many, name) / self.of(few, name)
    }

    /// The same of each row.
    fn ratio_a_row(&self, name: &str) -> f64 {
        let [few, .., many] = SIZES;
        self.ratio(name) * f64::from(few) / f64::from(many)
    }
}

/// The program as it is released, with the features of every other release build.
pub fn program() -> anyhow::Result<PathBuf> {
    if let Some(ready) = std::env::var_os(READY) {
        return Ok(PathBuf::from(ready));
    }
    run(&mut cargo(&[
        "build",
        "--release",
        "--workspace",
        "--bins",
        "--features",
        "pbgdpl-testkit/bench",
    ]))?;
    let folder = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| PathBuf::from("target"), PathBuf::from);
    Ok(folder.join("release/bench_ledger"))
}

/// Measures all of it; prints what stands beside the bounded figures.
pub fn figures(program: &Path) -> anyhow::Result<Vec<Figure>> {
    let postgres = PostgresServer::start()?;
    let step = |words: &[&str]| said(program, &postgres, words);
    let name = step(&["make"])?;
    let name = name.trim();
    let mut measured = BTreeMap::new();
    let mut busy = Vec::new();
    for size in SIZES {
        let rows = size.to_string();
        let mut take = |words: &[&str]| -> anyhow::Result<()> {
            println!("   {}", words.join(" "));
            for line in step(words)?.lines() {
                let (what, value) = line.split_once(' ').with_context(|| line.to_owned())?;
                measured.insert((size, what.to_owned()), value.parse()?);
            }
            busy.push(load_average()?);
            Ok(())
        };
        postgres.restart(&LOADING)?;
        take(&["fill", name, &rows])?;
        postgres.restart(&SERVING)?;
        take(&["rebuild", name])?;
        postgres.restart(&SERVING)?;
        take(&["look", name])?;
        take(&["act", name])?;
        if size == MIDDLE {
            take(&["open", name])?;
            for cold in ["draw", "consolidate"] {
                postgres.restart(&SERVING)?;
                take(&[cold, name])?;
            }
        }
    }
    let measured = Measured(measured);
    println!("{}", beside::tables(&measured));
    let lowest = busy.iter().copied().fold(f64::INFINITY, f64::min);
    let highest = busy.iter().copied().fold(0.0, f64::max);
    println!(
        "Load average of the machine after each step, this run's own work in it: {lowest:.1} to {highest:.1} on {} processors.",
        std::thread::available_parallelism()?
    );
    Ok(bounded(&measured))
}

fn bounded(of: &Measured) -> Vec<Figure> {
    let [_, middle, many] = SIZES;
    let down = of
        .milliseconds(middle, "figure_p95")
        .max(of.milliseconds(middle, "rows_p95"));
    let year = of.of(middle, "draw") + of.of(middle, "consolidate") + of.of(middle, "export");
    let at_most = |name: &str, value: f64, bound: f64, unit: &'static str| {
        Figure::new(name, value, Bound::AtMost(bound), unit)
    };
    vec![
        at_most(
            "province dashboard, p95, 10⁶ rows",
            of.milliseconds(middle, "dashboard_p95"),
            150.0,
            "ms",
        ),
        at_most(
            "province dashboard, p95, 10⁷ rows",
            of.milliseconds(many, "dashboard_p95"),
            150.0,
            "ms",
        ),
        at_most(
            "way down to a figure's parts and to an agency's rows, p95, 10⁶ rows",
            down,
            100.0,
            "ms",
        ),
        at_most(
            "consolidation of the year, cold, 10⁶ rows",
            of.of(middle, "consolidate"),
            2.0,
            "s",
        ),
        at_most(
            "year report of 45 agencies, cold: drawn from the ledgers, added up, taken out (REP-22)",
            year,
            10.0,
            "s",
        ),
        at_most(
            "45 reports accepted in one transaction (REP-10)",
            of.of(middle, "accept"),
            5.0,
            "s",
        ),
        at_most(
            "all days counted anew from 10⁷ rows, and what was known when",
            of.of(many, "rebuild_first"),
            60.0,
            "s",
        ),
        at_most(
            "act to dashboard, slowest of five, 10⁷ rows",
            of.of(many, "seen"),
            10.0,
            "s",
        ),
        at_most(
            "CPU of a row counted anew, 10⁷ rows against 10⁵",
            of.ratio_a_row("rebuild_first_cpu"),
            1.5,
            "×",
        ),
        at_most(
            "CPU of an activity written down, 10⁷ rows against 10⁵",
            of.ratio("acts_cpu"),
            1.5,
            "×",
        ),
        at_most(
            "CPU of a dashboard, 10⁷ rows against 10⁵",
            of.ratio("dashboard_cpu"),
            2.0,
            "×",
        ),
    ]
}

/// What a step printed.
fn said(program: &Path, postgres: &PostgresServer, words: &[&str]) -> anyhow::Result<String> {
    let child = Command::new(program)
        .args(words)
        .env(POSTGRES, postgres.superuser_url())
        .env(POSTGRES_DATA, postgres.data_directory())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| program.display().to_string())?;
    let watchdog = Watchdog::for_process(None, child.id())?;
    let out = child.wait_with_output()?;
    watchdog.calm();
    ensure!(out.status.success(), "bench_ledger {}", words.join(" "));
    Ok(String::from_utf8(out.stdout)?)
}

/// Processes that wanted to run, over the last minute (proc(5), `loadavg`).
fn load_average() -> anyhow::Result<f64> {
    let text = std::fs::read_to_string("/proc/loadavg")?;
    Ok(text.split(' ').next().context("an empty loadavg")?.parse()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ratio_of_rows_is_one_where_cost_follows_rows() {
        let measured = Measured(BTreeMap::from([
            ((100_000, "rebuild_first_cpu".to_owned()), 2.0),
            ((10_000_000, "rebuild_first_cpu".to_owned()), 200.0),
        ]));
        assert!((measured.ratio_a_row("rebuild_first_cpu") - 1.0).abs() < 1e-9);
        assert!(measured.of(100_000, "never measured").is_nan());
        assert!(bounded(&measured).iter().filter(|figure| figure.ok()).count() == 1);
    }
}
