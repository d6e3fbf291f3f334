//! The campaign `embed`: every rung of the ladder on real host pages, drawn by three engines at two widths.

mod after;
mod cells;
pub mod demo;
pub mod desk;
pub mod driver;
pub mod engine;
mod framed;
mod hosts;
pub mod http;
mod outcome;
mod pack;
mod paper;
mod part;
mod process;
pub mod session;
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
use outcome::Outcome;
use session::Session;
use table::Row;
use walk::Walk;

/// Widths of a desk and of a telephone, in CSS pixels.
const WIDTHS: [u32; 2] = [1280, 390];
/// Only what is asked for, for whoever mends a part: `r=` a word of the row (or `after`), `e=` the engine, `w=` the width; commas between.
const ONLY: &str = "PBGDPL_EMBED";
/// Where the matrix stands.
const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/embedding.md");

/// Walks the matrix, prints it, and writes it into the documentation. Fails where a cell fails.
pub fn run(steps: &mut Steps, binary: impl FnOnce() -> anyhow::Result<PathBuf>) -> anyhow::Result<()> {
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
    let only = std::env::var(ONLY).unwrap_or_default();
    let rows = steps.step("matrix", || matrix(&world, folder.path(), &only))?;
    let after = match wanted(&only, 'r', "after") {
        true => steps.step("changes", || after::changes(&mut world))?,
        false => Vec::new(),
    };
    let text = table::write(&rows, &after);
    println!("{text}");
    // A part of an engine would take the place of the whole.
    if !only.contains("r=") && !only.contains("w=") {
        table::put(Path::new(PAGE), &text)?;
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

/// Whether a name is among those that are wanted.
fn wanted(only: &str, kind: char, name: &str) -> bool {
    let mut asked = only
        .split(',')
        .filter_map(|word| word.trim().strip_prefix(kind))
        .map(|word| word.trim_start_matches('='))
        .peekable();
    asked.peek().is_none() || asked.any(|word| name.contains(word))
}

fn matrix(world: &World, home: &Path, only: &str) -> anyhow::Result<Vec<Row>> {
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
    for engine in Engine::ALL
        .into_iter()
        .filter(|engine| wanted(only, 'e', engine.name()))
    {
        let widths = WIDTHS.into_iter();
        for width in widths.filter(|width| wanted(only, 'w', &width.to_string())) {
            let folder = home.join(format!("{}-{width}", engine.name()));
            let driver = Driver::start(engine, &folder)?;
            let mut session = Session::open(&driver.url, engine, width)?;
            let wanted = |cell: &&cells::Cell| wanted(only, 'r', &format!("{} {}", cell.rung, cell.host));
            for cell in world.cells.iter().filter(wanted) {
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
                    width,
                    outcomes,
                });
            }
        }
    }
    Ok(rows)
}
