//! The demo as its release binary serves it, with the time it took to answer.

use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use pbgdpl_xtask::servers::watchdog::Watchdog;

use crate::bench::wire;

/// A running demo; stopped when dropped, or when this process ends.
pub struct House {
    /// Host and port of the public origin.
    pub public: String,
    /// Host and port of the embed origin.
    pub embed: String,
    process: Child,
    watchdog: Option<Watchdog>,
}

impl House {
    /// Starts the demo and returns it with the time to its first 200.
    pub fn start(binary: &Path, data: &Path) -> anyhow::Result<(Self, Duration)> {
        Self::start_with(binary, data, &[])
    }

    /// The same with more options of `demo`.
    pub fn start_with(binary: &Path, data: &Path, more: &[&str]) -> anyhow::Result<(Self, Duration)> {
        let started = Instant::now();
        let mut process = Command::new(binary)
            .args(["demo", "--json", "--listen", "127.0.0.1:0", "--data"])
            .arg(data)
            .args(more)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()
            .with_context(|| binary.display().to_string())?;
        let watchdog = Watchdog::for_process(None, process.id())?;
        let said = process.stdout.take().context("no standard output")?;
        let mut house = Self {
            public: String::new(),
            embed: String::new(),
            process,
            watchdog: Some(watchdog),
        };
        let mut line = String::new();
        BufReader::new(said).read_line(&mut line)?;
        house.public = origin(&line, "public")?;
        house.embed = origin(&line, "embed")?;
        wire::get(&house.public, "/")?;
        Ok((house, started.elapsed()))
    }

    /// The number of the process.
    pub fn process(&self) -> u32 {
        self.process.id()
    }

    /// Memory that is really held, in megabytes.
    pub fn resident_megabytes(&self) -> anyhow::Result<f64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.process.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kilobytes: f64 = line
            .and_then(|line| line.split_whitespace().next())
            .context("no VmRSS")?
            .parse()?;
        Ok(kilobytes / 1024.0)
    }

    /// The first article that a section's front page links to.
    pub fn newest_article(&self, section: &str) -> anyhow::Result<String> {
        let page = String::from_utf8(wire::get(&self.public, section)?)?;
        let start = format!("{section}bai/");
        wire::links(&page)
            .into_iter()
            .find(|link| link.starts_with(&start))
            .context("the section links to no article")
    }
}

impl Drop for House {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
        if let Some(watchdog) = self.watchdog.take() {
            watchdog.calm();
        }
    }
}

/// Host and port of an origin in the line of JSON.
fn origin(line: &str, name: &str) -> anyhow::Result<String> {
    let start = format!("\"{name}\":\"http://");
    let rest = line
        .split_once(&start)
        .with_context(|| format!("no {name} in what the demo says"))?
        .1;
    let origin = rest.split('"').next().unwrap_or_default();
    ensure!(origin.contains(':'), "{name} has no port: {origin}");
    Ok(origin.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn origins_are_read_from_the_line() {
        let line = r#"{"public":"http://localhost:81","embed":"http://nhung.localhost:81"}"#;
        assert_eq!(origin(line, "embed").unwrap(), "nhung.localhost:81");
        origin(line, "desk").unwrap_err();
    }
}
