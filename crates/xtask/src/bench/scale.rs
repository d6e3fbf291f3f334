//! The same product on PostgreSQL with row security, with many items, and with many agencies.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context, bail};
use pbgdpl_xtask::figure::{Bound, Figure};
use pbgdpl_xtask::servers::postgres::PostgresServer;
use pbgdpl_xtask::servers::watchdog::Watchdog;
use pbgdpl_xtask::servers::{POSTGRES, POSTGRES_DATA};

use crate::bench::load::{Load, measure};
use crate::bench::nginx::Nginx;
use crate::bench::wire;
use crate::steps::{cargo, run};

/// A house that is there already, instead of building one.
const READY: &str = "PBGDPL_BENCH_HOUSE";
/// Few agencies, and many.
const FEW: &str = "10";
const MANY: &str = "10000";
/// Items of the agency that is searched.
const ITEMS: &str = "2000";

/// Words that every tenth item has: "bảo hiểm xã hội tự nguyện tham gia".
const SOME: &str = "b%E1%BA%A3o+hi%E1%BB%83m+x%C3%A3+h%E1%BB%99i+t%E1%BB%B1+nguy%E1%BB%87n+tham+gia";
/// Words that every item has: "hộ gia đình, cá nhân, cộng đồng dân cư".
const ALL: &str =
    "h%E1%BB%99+gia+%C4%91%C3%ACnh+c%C3%A1+nh%C3%A2n+c%E1%BB%99ng+%C4%91%E1%BB%93ng+d%C3%A2n+c%C6%B0";

/// A served house of the test kit; it ends with our end of its standard input.
struct BenchHouse {
    address: String,
    host: String,
    section: String,
    article: String,
    decision_ns: f64,
    processes: Vec<u32>,
    process: Child,
    watchdog: Option<Watchdog>,
}

impl BenchHouse {
    fn start(
        program: &Path,
        engine: &str,
        agencies: &str,
        postgres: &PostgresServer,
    ) -> anyhow::Result<Self> {
        let mut process = Command::new(program)
            .args([engine, agencies, ITEMS])
            .env(POSTGRES, postgres.superuser_url())
            .env(POSTGRES_DATA, postgres.data_directory())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| program.display().to_string())?;
        let watchdog = Watchdog::for_process(None, process.id())?;
        let mut line = String::new();
        BufReader::new(process.stdout.take().context("no standard output")?).read_line(&mut line)?;
        let words: Vec<&str> = line.split_whitespace().collect();
        let [address, host, section, article, decision] = words.as_slice() else {
            bail!("the house said: {line}")
        };
        let mut processes = vec![process.id()];
        if engine == "postgres" {
            processes.push(postmaster(postgres.data_directory())?);
        }
        Ok(Self {
            address: (*address).to_owned(),
            host: (*host).to_owned(),
            section: (*section).to_owned(),
            article: (*article).to_owned(),
            decision_ns: decision.parse()?,
            processes,
            process,
            watchdog: Some(watchdog),
        })
    }

    /// CPU seconds a request: kept page, page made anew, search that finds a tenth of the items, search that finds all.
    fn costs(&self, folder: &Path) -> anyhow::Result<[f64; 4]> {
        let on = |load: Load| load.of_host(&self.host).of_processes(&self.processes);
        let loads = [
            on(Load::kept(&self.address, &self.article, self.process.id())),
            on(Load::spelled(&self.address, &self.article, self.process.id())),
            on(self.search(SOME)),
            on(self.search(ALL)),
        ];
        let mut costs = [0.0; 4];
        for (load, cost) in loads.iter().zip(&mut costs) {
            measure(load, folder, Duration::from_secs(1), 0)?;
            let done = measure(load, folder, Duration::from_secs(6), 1)?;
            *cost = done.cpu_seconds / done.requests;
        }
        Ok(costs)
    }

    fn search(&self, words: &str) -> Load {
        Load::shouted(&self.address, &self.section, words, self.process.id())
    }
}

impl Drop for BenchHouse {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
        if let Some(watchdog) = self.watchdog.take() {
            watchdog.calm();
        }
    }
}

/// The first line of `postmaster.pid` (PostgreSQL 15, "Creating a Database Cluster").
fn postmaster(data: &Path) -> anyhow::Result<u32> {
    let text = fs::read_to_string(data.join("postmaster.pid"))?;
    Ok(text
        .lines()
        .next()
        .context("an empty postmaster.pid")?
        .trim()
        .parse()?)
}

/// The house as it is released; built with the whole workspace, so that its dependencies are compiled with one set of features.
pub fn program() -> anyhow::Result<PathBuf> {
    if let Some(ready) = std::env::var_os(READY) {
        return Ok(PathBuf::from(ready));
    }
    run(&mut cargo(&[
        "build",
        "--release",
        "--workspace",
        "--example",
        "bench_house",
    ]))?;
    let folder = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| PathBuf::from("target"), PathBuf::from);
    Ok(folder.join("release/examples/bench_house"))
}

/// Measures all of it.
pub fn figures(program: &Path, folder: &Path) -> anyhow::Result<Vec<Figure>> {
    let postgres = PostgresServer::start()?;
    let few = BenchHouse::start(program, "postgres", FEW, &postgres)?;
    let page = wire::get_of_host(&few.address, &few.host, &few.article)?;
    let nginx = Nginx::start(folder, &page)?;
    let file = Load::kept(&nginx.address, "/page.html", nginx.process());
    let static_cost = {
        measure(&file, folder, Duration::from_secs(1), 0)?;
        let done = measure(&file, folder, Duration::from_secs(6), 0)?;
        done.cpu_seconds / done.requests
    };
    let [kept_few, made_few, search_few, common_few] = few.costs(folder)?;
    drop(few);
    let many = BenchHouse::start(program, "postgres", MANY, &postgres)?;
    let [kept_many, made_many, search_many, _] = many.costs(folder)?;
    let decision = many.decision_ns;
    drop(many);
    let sqlite = BenchHouse::start(program, "sqlite", FEW, &postgres)?;
    let [_, _, search_sqlite, common_sqlite] = sqlite.costs(folder)?;
    println!(
        "CPU a request, milliseconds: nginx {:.4}; PostgreSQL, {FEW} agencies: kept {:.4}, anew {:.4}, search {:.4} (of all: {:.4}); \
         {MANY} agencies: kept {:.4}, anew {:.4}, search {:.4}; SQLite search {:.4} (of all: {:.4})",
        static_cost * 1e3,
        kept_few * 1e3,
        made_few * 1e3,
        search_few * 1e3,
        common_few * 1e3,
        kept_many * 1e3,
        made_many * 1e3,
        search_many * 1e3,
        search_sqlite * 1e3,
        common_sqlite * 1e3,
    );
    let times = |cost: f64| cost / static_cost;
    Ok(vec![
        Figure::new(
            "page made anew with its queries (PostgreSQL with row security), CPU against nginx",
            times(made_few),
            Bound::AtMost(35.0),
            "×",
        ),
        Figure::new(
            "search in a section of 2,000 items, 200 found (PostgreSQL), CPU against nginx",
            times(search_few),
            Bound::AtMost(150.0),
            "×",
        ),
        Figure::new(
            "search in a section of 2,000 items, 200 found (SQLite), CPU against nginx",
            times(search_sqlite),
            Bound::AtMost(500.0),
            "×",
        ),
        Figure::new(
            "kept page, 10,000 agencies against 10",
            kept_many / kept_few,
            Bound::AtMost(1.1),
            "×",
        ),
        Figure::new(
            "page made anew, 10,000 agencies against 10 (PostgreSQL)",
            made_many / made_few,
            Bound::AtMost(1.1),
            "×",
        ),
        Figure::new(
            "search, 10,000 agencies against 10 (PostgreSQL)",
            search_many / search_few,
            Bound::AtMost(1.1),
            "×",
        ),
        Figure::new(
            "authorization decision at 10,000 agencies",
            decision,
            Bound::AtMost(1000.0),
            "ns",
        ),
    ])
}
