//! What leaves the house as PDF, Excel and Word files, read by the programs of others: the campaigns `paper` and `office`.

use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};
use pbgdpl_xtask::figure::{Bound, Figure};
use pbgdpl_xtask::programs;

use crate::campaign::printed;
use crate::steps::{cargo, run};

/// The worker's own workspace.
const WORKER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../workers/paper");
/// How long a file may take, in milliseconds, and how large the worker may be, in MiB.
const SLOWEST: f64 = 5_000.0;
const LARGEST: f64 = 80.0;

/// Tests and builds the PDF worker; minutes where its libraries were never built. Returns the program.
pub fn worker() -> anyhow::Result<PathBuf> {
    for arguments in [
        &["fmt", "--check"][..],
        &["test", "--release", "--locked"],
        &["build", "--release", "--locked"],
    ] {
        let mut command = cargo(arguments);
        command.current_dir(WORKER);
        for name in ["RUSTFLAGS", "CARGO_TARGET_DIR"] {
            command.env_remove(name);
        }
        // Lints of the worker's own code cost nothing beside this build; its libraries are compiled once.
        command.env("RUSTC_WORKSPACE_WRAPPER", "clippy-driver");
        run(&mut command)?;
    }
    let program = Path::new(WORKER).join("target/release/pbgdpl-paper");
    let program = program.canonicalize().context("the worker was built")?;
    Ok(program)
}

/// Every form and a report on a plan through the real routes, read back word by word.
pub fn paper(worker: &Path) -> anyhow::Result<Vec<Figure>> {
    let path = worker.to_str().context("the path of the worker")?;
    let test = "pdf_read::every_cell_and_every_paragraph_is_read_back";
    let mut figures = printed("report", test, ("PBGDPL_PAPER", path), |line| {
        measured("paper", line)
    })?;
    ensure!(figures.len() == 3, "the test did not print its three figures");
    let bytes = std::fs::metadata(worker)?.len();
    let size = f64::from(u32::try_from(bytes / 1024 / 1024)?);
    figures.push(Figure::new(
        "paper: size of the worker",
        size,
        Bound::AtMost(LARGEST),
        "MiB",
    ));
    Ok(figures)
}

/// Every workbook and a Word file, opened and saved again.
pub fn office() -> anyhow::Result<Vec<Figure>> {
    let program = programs::office().context("LibreOffice")?;
    let path = program.to_str().context("the path of LibreOffice")?;
    let test = "office::what_we_write_is_what_others_read";
    let figures = printed("report", test, ("PBGDPL_OFFICE", path), |line| {
        measured("office", line)
    })?;
    ensure!(figures.len() == 5, "the test did not print its five figures");
    Ok(figures)
}

/// "paper: 3120 cells of 23 forms read back, 0 differences", "paper: slowest file 81 ms".
fn measured(campaign: &str, line: &str) -> Option<Figure> {
    let rest = line.strip_prefix(campaign)?.strip_prefix(": ")?;
    if let Some(time) = rest.strip_prefix("slowest file ") {
        let time = time.strip_suffix(" ms")?.parse().ok()?;
        return Some(Figure::new(
            format!("{campaign}: slowest file"),
            time,
            Bound::AtMost(SLOWEST),
            "ms",
        ));
    }
    let (count, what) = rest.strip_suffix(", 0 differences")?.split_once(' ')?;
    let least = match what.split(' ').next() {
        Some("cells") => 1_000.0,
        Some("working") => 4.0,
        _ => 20.0,
    };
    Some(Figure::new(
        format!("{campaign}: {what}, without a difference"),
        count.parse().ok()?,
        Bound::AtLeast(least),
        "",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_read_from_their_lines() {
        let cells = measured("paper", "paper: 3120 cells of 23 forms read back, 0 differences").unwrap();
        assert!(cells.ok() && cells.name.starts_with("paper: cells of 23 forms"));
        assert!(
            !measured("paper", "paper: 12 cells of 1 forms read back, 0 differences")
                .unwrap()
                .ok()
        );
        assert!(!measured("office", "office: slowest file 9000 ms").unwrap().ok());
        assert!(measured("paper", "test pdf_read ... ok").is_none());
        assert!(measured("paper", "paper: 12 cells read back, 1 differences").is_none());
    }
}
