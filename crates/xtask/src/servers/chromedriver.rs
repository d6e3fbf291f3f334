//! A private chromedriver: browsers live inside its directory and end with it.

use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use anyhow::{Context, bail};

use super::port::on_free_port;
use super::scratch::scratch_directory;
use super::watchdog::Watchdog;
use crate::programs;

/// A running chromedriver; stopped with its browsers when dropped, or when this process ends.
#[derive(Debug)]
pub struct Chromedriver {
    port: u16,
    process: Child,
    watchdog: Option<Watchdog>,
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
        let process = Command::new(program)
            .arg(format!("--port={port}"))
            // Profiles, caches and crash reports of the browsers stay in a directory we remove.
            .env("TMPDIR", &directory)
            .env("XDG_CONFIG_HOME", &directory)
            .env("XDG_CACHE_HOME", &directory)
            .current_dir(&directory)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()
            .context("chromedriver")?;
        let watchdog = Watchdog::for_process(Some(&directory), process.id())?;
        let mut server = Self {
            port,
            process,
            watchdog: Some(watchdog),
        };
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
            if let Some(status) = self.process.try_wait()? {
                bail!("chromedriver ended at once ({status})");
            }
            if std::net::TcpStream::connect(("127.0.0.1", self.port)).is_ok() {
                sleep(Duration::from_millis(50));
                if self.process.try_wait()?.is_none() {
                    return Ok(());
                }
            }
            sleep(Duration::from_millis(50));
        }
        bail!("chromedriver does not answer on port {}", self.port)
    }
}

impl Drop for Chromedriver {
    fn drop(&mut self) {
        // Biting and collecting at the same time: the dog waits until the process is gone, which needs our `wait`.
        let watchdog = self.watchdog.take();
        let biting = std::thread::spawn(move || drop(watchdog));
        self.process.wait().ok();
        biting.join().ok();
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
