//! A private Redis: no persistence, on a free port.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread::sleep;
use std::time::Duration;

use anyhow::{Context, bail, ensure};

use super::port::on_free_port;
use super::scratch::scratch_directory;
use super::watched::Watched;
use crate::programs;

/// A running Redis; stopped and removed when dropped, or when this process ends.
#[derive(Debug)]
pub struct RedisServer {
    port: u16,
    directory: PathBuf,
    process: Watched,
}

impl RedisServer {
    /// Starts a Redis on a free port.
    ///
    /// # Errors
    /// When the program is missing or does not answer.
    pub fn start() -> anyhow::Result<Self> {
        on_free_port(Self::start_on)
    }

    /// Starts a Redis on this port: the way to bring back one that was dropped to see what happens without it.
    ///
    /// # Errors
    /// When the program is missing, the port is taken, or nothing answers within five seconds.
    pub fn start_on(port: u16) -> anyhow::Result<Self> {
        let program = programs::redis().context("redis-server is not installed")?;
        let directory = scratch_directory("redis", None)?;
        let mut command = Command::new(program);
        command
            .args([
                "--bind",
                "127.0.0.1",
                "--port",
                &port.to_string(),
                "--save",
                "",
                "--appendonly",
                "no",
            ])
            .args(["--databases", "1024", "--dir"])
            .arg(&directory);
        let process = Watched::start(&mut command, &directory).context("redis-server")?;
        let mut server = Self {
            port,
            directory,
            process,
        };
        server.prove()?;
        Ok(server)
    }

    /// The address of the server.
    #[must_use]
    pub fn url(&self) -> String {
        format!("redis://127.0.0.1:{}", self.port)
    }

    /// The port of the server.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// What `CONFIG GET dir` must answer.
    #[must_use]
    pub fn directory(&self) -> &Path {
        &self.directory
    }

    fn prove(&mut self) -> anyhow::Result<()> {
        for _ in 0..100 {
            if let Some(status) = self.process.ended()? {
                bail!("redis-server ended at once ({status})");
            }
            if let Ok(answer) = ask(self.port) {
                let own = self.directory.to_string_lossy();
                ensure!(
                    answer.contains(&*own),
                    "port {} belongs to another Redis",
                    self.port
                );
                return Ok(());
            }
            sleep(Duration::from_millis(50));
        }
        bail!("redis-server does not answer on port {}", self.port)
    }
}

impl Drop for RedisServer {
    fn drop(&mut self) {
        // Nothing is kept, and tests drop it to see what happens when it is gone at once.
        self.process.kill();
    }
}

fn ask(port: u16) -> std::io::Result<String> {
    let mut line = TcpStream::connect(("127.0.0.1", port))?;
    line.set_read_timeout(Some(Duration::from_secs(1)))?;
    line.write_all(b"CONFIG GET dir\r\nQUIT\r\n")?;
    let mut answer = String::new();
    line.read_to_string(&mut answer)?;
    Ok(answer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn starts_stops_and_comes_back_on_its_port() {
        let server = RedisServer::start().unwrap();
        let (port, directory) = (server.port(), server.directory().to_owned());
        drop(server);
        assert!(ask(port).is_err() && !directory.exists());
        assert_eq!(RedisServer::start_on(port).unwrap().port(), port);
    }
}
