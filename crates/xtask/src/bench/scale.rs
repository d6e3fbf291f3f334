//! The same product on PostgreSQL with row security, with many items, and with many agencies.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context, bail};
use pbgdpl_xtask::figure::{Bound, Figure};
use pbgdpl_xtask::servers::postgres::PostgresServer;
use pbgdpl_xtask::servers::watchdog::Watchdog;
use pbgdpl_xtask::servers::{POSTGRES, POSTGRES_DATA};

use crate::bench::load::{Done, Load, measure};
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

/// Words that every tenth item has: "bảo hiểm xã hội tự nguyện".
const SOME: &str = "b%E1%BA%A3o+hi%E1%BB%83m+x%C3%A3+h%E1%BB%99i+t%E1%BB%B1+nguy%E1%BB%87n";
/// Words that every item has: "hộ gia đình, cá nhân, cộng đồng dân cư".
const ALL: &str =
    "h%E1%BB%99+gia+%C4%91%C3%ACnh+c%C3%A1+nh%C3%A2n+c%E1%BB%99ng+%C4%91%E1%BB%93ng+d%C3%A2n+c%C6%B0";

/// Turns of nginx and of the house: a machine that changes its pace changes it for both.
const ROUNDS: u32 = 3;

/// What rounds of a load cost together.
#[derive(Default)]
struct Spent {
    cpu_seconds: f64,
    requests: f64,
}

impl Spent {
    fn add(&mut self, done: &Done) {
        self.cpu_seconds += done.cpu_seconds;
        self.requests += done.requests;
    }

    fn a_request(&self) -> f64 {
        self.cpu_seconds / self.requests
    }
}

/// CPU seconds a request, and of nginx's file in the turns between.
#[derive(Clone, Copy, Default)]
struct Cost {
    own: f64,
    file: f64,
}

impl Cost {
    fn times(self) -> f64 {
        self.own / self.file
    }

    fn milliseconds(self) -> f64 {
        self.own * 1e3
    }
}

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
            processes.push(postgres.process()?);
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

    /// Kept page, page made anew, search that finds a tenth of the items, search that finds all.
    fn loads(&self) -> [Load; 4] {
        let on = |load: Load| load.of_host(&self.host).of_processes(&self.processes);
        [
            on(Load::kept(&self.address, &self.article, self.process.id())),
            on(Load::spelled(&self.address, &self.article, self.process.id())),
            on(self.search(SOME)),
            on(self.search(ALL)),
        ]
    }

    fn search(&self, words: &str) -> Load {
        Load::shouted(&self.address, &self.section, words, self.process.id())
    }
}

/// What each load costs on each house, in turns with nginx and with each other: only what was measured side by side is
/// compared.
fn costs<const N: usize>(
    houses: [&BenchHouse; N],
    file: &Load,
    folder: &Path,
) -> anyhow::Result<[[Cost; 4]; N]> {
    let loads = houses.map(BenchHouse::loads);
    let mut costs = [[Cost::default(); 4]; N];
    for kind in 0..4 {
        let of_kind: Vec<&Load> = loads.iter().filter_map(|loads| loads.get(kind)).collect();
        for load in &of_kind {
            measure(load, folder, Duration::from_secs(1), 0)?;
        }
        let mut other = Spent::default();
        let mut own: Vec<Spent> = of_kind.iter().map(|_| Spent::default()).collect();
        for round in 1..=ROUNDS {
            other.add(&measure(file, folder, Duration::from_secs(2), 0)?);
            for (load, spent) in of_kind.iter().zip(&mut own) {
                spent.add(&measure(load, folder, Duration::from_secs(3), round)?);
            }
        }
        for (of_house, spent) in costs.iter_mut().zip(&own) {
            if let Some(cost) = of_house.get_mut(kind) {
                *cost = Cost {
                    own: spent.a_request(),
                    file: other.a_request(),
                };
            }
        }
    }
    Ok(costs)
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
    measure(&file, folder, Duration::from_secs(1), 0)?;
    let many = BenchHouse::start(program, "postgres", MANY, &postgres)?;
    let [
        [kept_few, made_few, search_few, common_few],
        [kept_many, made_many, search_many, _],
    ] = costs([&few, &many], &file, folder)?;
    let decision = many.decision_ns;
    drop((few, many));
    let sqlite = BenchHouse::start(program, "sqlite", FEW, &postgres)?;
    let [[_, _, search_sqlite, common_sqlite]] = costs([&sqlite], &file, folder)?;
    println!(
        "CPU a request, milliseconds: nginx {:.4}; PostgreSQL, {FEW} agencies: kept {:.4}, anew {:.4}, search {:.4} (of all: {:.4}); \
         {MANY} agencies: kept {:.4}, anew {:.4}, search {:.4}; SQLite search {:.4} (of all: {:.4})",
        kept_few.file * 1e3,
        kept_few.milliseconds(),
        made_few.milliseconds(),
        search_few.milliseconds(),
        common_few.milliseconds(),
        kept_many.milliseconds(),
        made_many.milliseconds(),
        search_many.milliseconds(),
        search_sqlite.milliseconds(),
        common_sqlite.milliseconds(),
    );
    Ok(vec![
        Figure::new(
            "page made anew with its queries (PostgreSQL with row security), CPU against nginx",
            made_few.times(),
            Bound::AtMost(35.0),
            "×",
        ),
        Figure::new(
            "search in a section of 2,000 items, 200 found (PostgreSQL), CPU against nginx",
            search_few.times(),
            Bound::AtMost(150.0),
            "×",
        ),
        Figure::new(
            "search in a section of 2,000 items, 200 found (SQLite), CPU against nginx",
            search_sqlite.times(),
            Bound::AtMost(500.0),
            "×",
        ),
        Figure::new(
            "kept page, 10,000 agencies against 10",
            kept_many.own / kept_few.own,
            Bound::AtMost(1.1),
            "×",
        ),
        Figure::new(
            "page made anew, 10,000 agencies against 10 (PostgreSQL)",
            made_many.own / made_few.own,
            Bound::AtMost(1.1),
            "×",
        ),
        Figure::new(
            "search, 10,000 agencies against 10 (PostgreSQL)",
            search_many.own / search_few.own,
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
