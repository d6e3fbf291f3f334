//! The peers' Python: a virtual environment in the target folder, with pinned packages of PyPI.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::Context;
use pbgdpl_xtask::programs;

use crate::steps::run;

/// What is installed.
const PINS: &str = include_str!("requirements.txt");

/// Returns the interpreter that has the peers; makes it where it is missing or has others.
pub fn with_peers() -> anyhow::Result<PathBuf> {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| PathBuf::from("target"), PathBuf::from);
    let home = std::path::absolute(target.join("peers/python"))?;
    // Not its real path: that would be the system's interpreter without the peers.
    let program = home.join("bin/python");
    let pinned = home.join("requirements.txt");
    if program.is_file() && fs::read_to_string(&pinned).is_ok_and(|pins| pins == PINS) {
        return Ok(program);
    }
    if home.exists() {
        fs::remove_dir_all(&home).with_context(|| home.display().to_string())?;
    }
    let system = programs::on_path(&["python3"]).context("Python is not installed")?;
    run(Command::new(system).args(["-m", "venv"]).arg(&home))?;
    let wanted = home.join("wanted.txt");
    fs::write(&wanted, PINS)?;
    run(Command::new(&program)
        .args([
            "-m",
            "pip",
            "install",
            "--quiet",
            "--no-input",
            "--disable-pip-version-check",
        ])
        .arg("--requirement")
        .arg(&wanted))?;
    fs::rename(wanted, pinned)?;
    Ok(program)
}
