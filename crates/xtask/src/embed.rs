//! The campaign `embed`: every rung of the ladder on real host pages, drawn by three engines at two widths.

mod after;
mod aged;
mod cells;
mod cron;
pub mod demo;
pub mod desk;
pub mod driver;
mod edge;
pub mod engine;
mod framed;
mod hosts;
pub mod http;
mod kept;
mod onlooker;
mod only;
mod outcome;
mod paper;
mod part;
mod process;
pub mod session;
mod stamp;
mod table;
mod walk;
mod wordpress;

use std::path::{Path, PathBuf};

use anyhow::ensure;
use pbgdpl_xtask::packages::{Need, install};

use crate::steps::Steps;

use cells::World;
use driver::Driver;
use engine::Engine;
use only::{ONLY, Only};
use outcome::Outcome;
use session::Session;
use stamp::Stamp;
use table::Row;
use walk::Walk;

/// Widths of a desk and of a telephone, in CSS pixels.
const WIDTHS: [u32; 2] = [1280, 390];
/// Where the matrix stands.
const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/embedding.md");

/// Walks the matrix, prints it, and writes it into the documentation. Fails where a cell fails.
pub fn run(steps: &mut Steps, binary: impl FnOnce() -> anyhow::Result<PathBuf>) -> anyhow::Result<()> {
    let only = Only::read(&std::env::var(ONLY).unwrap_or_default())?;
    let needs = [
        Need::Chromium,
        Need::Firefox,
        Need::WebKit,
        Need::WordPress,
        Need::Nginx,
        Need::Poppler,
    ];
    steps.step("tools for embed", || install(&needs))?;
    let binary = steps.step("build", binary)?;
    let folder = tempfile::Builder::new().prefix("pbgdpl-embed-").tempdir()?;
    let mut world = steps.step("service and hosts", || World::start(&binary, folder.path()))?;
    let names: Vec<String> = world.cells.iter().map(cells::Cell::name).collect();
    only.check_rows(&names)?;
    let stamp = Stamp::now(&folder.path().join("wordpress/site"));
    let rows = steps.step("matrix", || matrix(&world, folder.path(), &only))?;
    let after = if only.after() {
        steps.step("changes", || after::changes(&mut world, folder.path()))?
    } else {
        Vec::new()
    };
    let text = table::write(&rows, &after, &stamp);
    println!("{text}");
    if only.is_whole() {
        table::put(Path::new(PAGE), &text)?;
    } else {
        println!("docs/embedding.md stays as it is: only a part was asked for");
    }
    let outcomes = rows
        .iter()
        .flat_map(|row| &row.outcomes)
        .chain(after.iter().map(|(_, outcome)| outcome));
    let fails = outcomes
        .filter(|outcome| matches!(outcome, Outcome::Fails(_)))
        .count();
    ensure!(fails == 0, "{fails} checks of the matrix fail");
    Ok(())
}

fn matrix(world: &World, home: &Path, only: &Only) -> anyhow::Result<Vec<Row>> {
    let cells: Vec<&cells::Cell> = world.cells.iter().filter(|cell| only.row(&cell.name())).collect();
    if cells.is_empty() {
        return Ok(Vec::new());
    }
    let mut allowed: Vec<String> = ["public", "embed", "files"]
        .iter()
        .map(|name| world.demo.origin(name))
        .collect::<Result<_, _>>()?;
    allowed.extend([
        world.hosts.nginx.clone(),
        world.hosts.php.clone(),
        world.wordpress.origin.clone(),
    ]);
    let mut rows = Vec::new();
    for engine in Engine::ALL.into_iter().filter(|engine| only.engine(*engine)) {
        for width in WIDTHS.into_iter().filter(|width| only.width(*width)) {
            let folder = home.join(format!("{}-{width}", engine.name()));
            let driver = Driver::start(engine, &folder)?;
            let mut session = Session::open(&driver.url, engine, width)?;
            for cell in cells.iter().copied() {
                if session.go("about:blank").is_err() {
                    println!("{} answers nothing more: another window", engine.name());
                    drop(session);
                    session = Session::open(&driver.url, engine, width)?;
                }
                let mut walk = Walk::begin(&session, cell, &world.item, &allowed)?;
                let outcomes = walk.all();
                let marks: String = outcomes.iter().map(Outcome::mark).collect();
                println!("{} {width}: {marks} {}, {}", engine.name(), cell.rung, cell.host);
                for outcome in &outcomes {
                    if let Outcome::Fails(why) = outcome {
                        println!("    {why}");
                    }
                }
                rows.push(Row {
                    cell: cell.clone(),
                    engine,
                    version: session.version.clone(),
                    width,
                    outcomes,
                });
            }
        }
    }
    Ok(rows)
}
