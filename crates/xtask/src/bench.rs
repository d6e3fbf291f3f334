//! `cargo xtask bench`: the budgets that can be measured on one machine, with nginx serving the same bytes beside us.
//!
//! Every figure is a ratio or a cost per request within one run: a busy machine makes it less sharp, not wrong.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, ensure};
use pbgdpl_xtask::figure::{self, Bound, Figure};
use pbgdpl_xtask::packages::{Need, install};

use crate::bench::house::House;
use crate::bench::load::{Load, measure};
use crate::bench::nginx::Nginx;
use crate::steps::{Steps, cargo, run};

mod beside;
mod house;
mod ledger;
mod load;
mod nginx;
mod scale;
mod seen;
mod wire;

/// A binary that is there already, instead of building one.
const BINARY: &str = "PBGDPL_BENCH_BINARY";
/// The agency whose section is read.
const SECTION: &str = "/so-tu-phap/";

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Bench {
    /// Time of a fresh demo and of a start on its data; idle memory.
    Start,
    /// CPU per request of a kept page, a page that is made anew, and a search, against nginx.
    Requests,
    /// Bytes of a section's first view and of the embed loader; on a slow telephone, requests before the first text and what moves.
    Weight,
    /// PostgreSQL with row security, 2,000 items, 10,000 agencies, and the authorization decision.
    Scale,
    /// The ledger with 10⁵, 10⁶ and 10⁷ rows: dashboard, way down, consolidation, the year's report, rebuild. Needs 15 GB of disk.
    Ledger,
}

/// Measures one bench or all of them, and prints the table. Fails where a budget is not kept.
pub fn run_benches(steps: &mut Steps, only: Option<Bench>) -> anyhow::Result<()> {
    let mut figures = Vec::new();
    if only != Some(Bench::Ledger) {
        figures.extend(of_the_demo(steps, only)?);
    }
    if only.is_none_or(|only| only == Bench::Ledger) {
        steps.step("tools of the ledger", || install(&[Need::Postgres]))?;
        let program = steps.step("build the ledger's program", ledger::program)?;
        figures.extend(steps.step("ledger", || ledger::figures(&program))?);
    }
    println!("\n{}", figure::table(&figures));
    ensure!(figure::all_ok(&figures), "a budget is not kept");
    Ok(())
}

/// What is measured of the demo, and of its pages at scale.
fn of_the_demo(steps: &mut Steps, only: Option<Bench>) -> anyhow::Result<Vec<Figure>> {
    steps.step("tools", || install(&[Need::Nginx, Need::Wrk, Need::Postgres]))?;
    let binary = steps.step("build", binary)?;
    let folder = tempfile::Builder::new().prefix("pbgdpl-bench-").tempdir()?;
    let data = folder.path().join("demo");
    let wanted = |bench| only.is_none_or(|only| only == bench);
    let mut figures = Vec::new();

    let (fresh, built) = steps.step("fresh demo", || House::start(&binary, &data))?;
    if wanted(Bench::Start) {
        figures.push(Figure::new(
            "fresh demo with its history, to the first 200",
            built.as_secs_f64(),
            Bound::AtMost(30.0),
            "s",
        ));
        drop(fresh);
        let (again, started) = steps.step("start on its data", || House::start(&binary, &data))?;
        figures.push(Figure::new(
            "start on existing data, to the first 200",
            started.as_secs_f64(),
            Bound::AtMost(0.5),
            "s",
        ));
        std::thread::sleep(Duration::from_secs(3));
        figures.push(Figure::new(
            "resident memory, demo idle",
            again.resident_megabytes()?,
            Bound::AtMost(60.0),
            "MB",
        ));
    } else {
        drop(fresh);
    }
    let (house, _) = House::start(&binary, &data)?;
    if wanted(Bench::Requests) {
        figures.extend(steps.step("requests", || requests(&house, folder.path()))?);
    }
    if wanted(Bench::Weight) {
        figures.extend(steps.step("weight", || weight(&house))?);
        steps.step("browser", || install(&[Need::Chromium]))?;
        figures.extend(steps.step("first view on 3G", || seen::figures(&binary, folder.path()))?);
    }
    if wanted(Bench::Scale) {
        drop(house);
        let many = ["--agencies", "10000"];
        let (many, _) = steps.step("10,000 agencies", || House::start_with(&binary, &data, &many))?;
        drop(many);
        // As after a start: making agencies takes memory that serving them does not.
        let (many, _) = House::start(&binary, &data)?;
        std::thread::sleep(Duration::from_secs(5));
        figures.push(Figure::new(
            "resident memory, 10,000 agencies idle",
            many.resident_megabytes()?,
            Bound::AtMost(200.0),
            "MB",
        ));
        drop(many);
        let program = steps.step("build the bench house", scale::program)?;
        figures.extend(steps.step("scale", || scale::figures(&program, folder.path()))?);
    }
    Ok(figures)
}

/// The program as it is released.
pub fn binary() -> anyhow::Result<PathBuf> {
    if let Some(ready) = std::env::var_os(BINARY) {
        return Ok(PathBuf::from(ready));
    }
    run(&mut cargo(&["build", "--release"]))?;
    let folder = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| PathBuf::from("target"), PathBuf::from);
    let binary = folder.join("release/pbgdpl");
    ensure!(binary.is_file(), "no program at {}", binary.display());
    Ok(binary)
}

fn requests(house: &House, folder: &Path) -> anyhow::Result<Vec<Figure>> {
    let article = house.newest_article(SECTION)?;
    let page = wire::get(&house.public, &article)?;
    let nginx = Nginx::start(folder, &page)?;
    let loads = [
        Load::kept(&nginx.address, "/page.html", nginx.process()),
        Load::kept(&house.public, &article, house.process()),
        Load::spelled(&house.public, &article, house.process()),
        Load::searched(&house.public, SECTION, house.process()),
    ];
    for load in &loads {
        measure(load, folder, Duration::from_secs(1), 0)?;
    }
    // In turns, so that a busy minute of the machine hits all of them.
    let mut costs = [0.0; 4];
    let mut counts = [0.0; 4];
    for round in 1..=3 {
        for ((load, cost), count) in loads.iter().zip(&mut costs).zip(&mut counts) {
            let done = measure(load, folder, Duration::from_secs(4), round)?;
            *cost += done.cpu_seconds;
            *count += done.requests;
        }
    }
    let [nginx, kept, made, searched] = [0, 1, 2, 3].map(|at: usize| {
        let (cost, count) = (costs.get(at).copied(), counts.get(at).copied());
        cost.unwrap_or(f64::NAN) / count.unwrap_or(f64::NAN)
    });
    println!(
        "CPU a request, milliseconds: nginx {:.4}, kept page {:.4}, page made anew {:.4}, search {:.4} ({} bytes)",
        nginx * 1e3,
        kept * 1e3,
        made * 1e3,
        searched * 1e3,
        page.len()
    );
    Ok(vec![
        Figure::new(
            "kept page, requests a CPU second, against nginx with the same bytes",
            100.0 * nginx / kept,
            Bound::AtLeast(80.0),
            "%",
        ),
        Figure::new(
            "page made anew with its queries (SQLite), CPU against nginx",
            made / nginx,
            Bound::AtMost(25.0),
            "×",
        ),
        Figure::new(
            "search in a section of the demo (SQLite), CPU against nginx",
            searched / nginx,
            Bound::AtMost(500.0),
            "×",
        ),
    ])
}

fn weight(house: &House) -> anyhow::Result<Vec<Figure>> {
    let mut bytes = 0;
    let mut seen = vec![SECTION.to_owned()];
    let page = wire::get_compressed(&house.public, SECTION)?;
    bytes += page.len();
    let text = String::from_utf8(wire::get(&house.public, SECTION)?)?;
    for asset in wire::links(&text) {
        let fetched = asset.ends_with(".css") || asset.ends_with(".woff2") || asset.ends_with(".js");
        if fetched && !seen.contains(&asset) {
            bytes += wire::get_compressed(&house.public, &asset)?.len();
            if asset.ends_with(".css") {
                let sheet = String::from_utf8(wire::get(&house.public, &asset)?)?;
                for font in wire::fonts(&sheet, &asset) {
                    // What the page preloads is counted there.
                    if !seen.contains(&font) && !text.contains(&font) {
                        bytes += wire::get(&house.public, &font)?.len();
                        seen.push(font);
                    }
                }
            }
            seen.push(asset);
        }
    }
    let loader = wire::get_compressed(&house.embed, "/nhung.js").context("the loader")?;
    let kilobytes = |count: usize| u32::try_from(count).map(|count| f64::from(count) / 1024.0);
    Ok(vec![
        Figure::new(
            "section page, first view without images",
            kilobytes(bytes)?,
            Bound::AtMost(50.0),
            "KB",
        ),
        Figure::new(
            "embed loader, compressed",
            kilobytes(loader.len())?,
            Bound::AtMost(3.0),
            "KB",
        ),
    ])
}
