//! A private chromedriver: browsers live inside its directory and end with it.

use std::process::Command;
use std::thread::sleep;
use std::time::Duration;

use anyhow::{Context, bail};

use super::port::on_free_port;
use super::scratch::scratch_directory;
use super::watched::Watched;
use crate::programs;

/// A running chromedriver; stopped with its browsers when dropped, or when this process ends.
#[derive(Debug)]
pub struct Chromedriver {
    port: u16,
    process: Watched,
}

impl Chromedriver {
    /// Starts chromedriver on a free port.
    ///
    /// # Errors
    /// When the program is missing or does not answer.
    pub fn start() -> anyhow::Result<Self> {
        on_free_port(Self::start_on)
    }

    fn start_on(port: u16) -> anyhow::Result<Self> {
        let program = programs::chromedriver().context("chromedriver is not installed")?;
        let directory = scratch_directory("chrome", None)?;
        let mut command = Command::new(program);
        command
            .arg(format!("--port={port}"))
            // Profiles, caches and crash reports of the browsers stay in a directory we remove.
            .env("TMPDIR", &directory)
            .env("XDG_CONFIG_HOME", &directory)
            .env("XDG_CACHE_HOME", &directory);
        let process = Watched::start(&mut command, &directory).context("chromedriver")?;
        let mut server = Self { port, process };
        server.prove()?;
        Ok(server)
    }

    /// The address of the WebDriver server.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// It runs, and it is the one that listens: chromedriver ends at once when its port is taken.
    fn prove(&mut self) -> anyhow::Result<()> {
        for _ in 0..200 {
            if let Some(status) = self.process.ended()? {
                bail!("chromedriver ended at once ({status})");
            }
            if std::net::TcpStream::connect(("127.0.0.1", self.port)).is_ok() {
                sleep(Duration::from_millis(50));
                if self.process.ended()?.is_none() {
                    return Ok(());
                }
            }
            sleep(Duration::from_millis(50));
        }
        bail!("chromedriver does not answer on port {}", self.port)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn starts_and_stops() {
        let server = Chromedriver::start().unwrap();
        let port = server.port;
        drop(server);
        assert!(std::net::TcpStream::connect(("127.0.0.1", port)).is_err());
    }
}
