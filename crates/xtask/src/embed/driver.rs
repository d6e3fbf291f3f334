//! The WebDriver servers of the three engines, with all they need around them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, ensure};
use pbgdpl_xtask::programs;
use pbgdpl_xtask::servers::chromedriver::Chromedriver;
use pbgdpl_xtask::servers::port::on_free_port;

use super::engine::Engine;
use super::process::Process;
use crate::steps::{cargo, run};

/// A WebDriver server; its browsers end with it.
pub struct Driver {
    /// Where it listens.
    pub url: String,
    _chromium: Option<Chromedriver>,
    _processes: Vec<Process>,
}

/// Lets GTK make a window as narrow as a telephone: its tool bar has a least width otherwise.
const NARROW: &str =
    "* { padding: 0; margin: 0; min-width: 0; min-height: 0; font-size: 1px; border-width: 0; }
button image { -gtk-icon-transform: scale(0.1); }
";

impl Driver {
    /// Starts the server of an engine; profiles and logs stay in this folder.
    pub fn start(engine: Engine, home: &Path) -> anyhow::Result<Self> {
        fs::create_dir_all(home)?;
        match engine {
            Engine::Chromium => {
                let chromium = Chromedriver::start()?;
                Ok(Self {
                    url: chromium.url(),
                    _chromium: Some(chromium),
                    _processes: Vec::new(),
                })
            }
            Engine::Firefox => {
                let program = geckodriver()?;
                Self::of(home, &[], |port| {
                    let mut command = Command::new(&program);
                    command.args(["--allow-system-access", "--port", &port.to_string()]);
                    command
                })
            }
            Engine::WebKit => {
                let (screen, display) = screen(home)?;
                fs::create_dir_all(home.join("gtk-3.0"))?;
                fs::write(home.join("gtk-3.0/gtk.css"), NARROW)?;
                let program =
                    programs::on_path(&["WebKitWebDriver"]).context("WebKitWebDriver is not installed")?;
                let around = [("DISPLAY", display.as_str()), ("LIBGL_ALWAYS_SOFTWARE", "1")];
                let mut driver = Self::of(home, &around, |port| {
                    let mut command = Command::new(&program);
                    command.arg(format!("--port={port}"));
                    command
                })?;
                driver._processes.push(screen);
                Ok(driver)
            }
        }
    }

    fn of(home: &Path, around: &[(&str, &str)], command: impl Fn(u16) -> Command) -> anyhow::Result<Self> {
        on_free_port(|port| {
            let mut command = command(port);
            command.envs(around.iter().copied());
            for name in [
                "HOME",
                "TMPDIR",
                "XDG_CONFIG_HOME",
                "XDG_CACHE_HOME",
                "XDG_DATA_HOME",
                "XDG_RUNTIME_DIR",
            ] {
                command.env(name, home);
            }
            let mut process = Process::start(&mut command, &home.join("driver.log"))?;
            process.listens(port)?;
            Ok(Self {
                url: format!("http://127.0.0.1:{port}"),
                _chromium: None,
                _processes: vec![process],
            })
        })
    }
}

/// A screen that nobody sees, and its name.
fn screen(home: &Path) -> anyhow::Result<(Process, String)> {
    let program = programs::on_path(&["Xvfb"]).context("Xvfb is not installed")?;
    let mut command = Command::new(program);
    command.args([
        "-displayfd",
        "1",
        "-screen",
        "0",
        "1600x1200x24",
        "-nolisten",
        "tcp",
    ]);
    let (process, said) = Process::talking(&mut command, &home.join("screen.log"))?;
    let mut line = String::new();
    std::io::BufRead::read_line(&mut std::io::BufReader::new(said), &mut line)?;
    ensure!(!line.trim().is_empty(), "Xvfb opens no screen");
    Ok((process, format!(":{}", line.trim())))
}

/// Debian has Firefox without its driver: the crate of Mozilla is built once, into the target folder.
fn geckodriver() -> anyhow::Result<PathBuf> {
    if let Some(program) = programs::on_path(&["geckodriver"]) {
        return Ok(program);
    }
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| PathBuf::from("target"), PathBuf::from);
    let root = target.join("peers");
    let program = root.join("bin/geckodriver");
    if !program.is_file() {
        let mut command = cargo(&["install", "geckodriver", "--locked", "--root"]);
        command.arg(&root);
        for name in ["RUSTFLAGS", "RUSTC_WORKSPACE_WRAPPER"] {
            command.env_remove(name);
        }
        run(&mut command)?;
    }
    program.canonicalize().context("geckodriver was built")
}
