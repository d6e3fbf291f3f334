//! A private mail server (aiosmtpd): takes letters by SMTP and puts them into a Maildir.

use std::io::{BufRead, BufReader};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread::sleep;
use std::time::Duration;

use anyhow::{Context, bail};

use super::port::on_free_port;
use super::scratch::scratch_directory;
use super::watched::Watched;
use crate::programs;

/// A running mail server; stopped and its letters removed when dropped, or when this process ends.
#[derive(Debug)]
pub struct MailServer {
    port: u16,
    directory: PathBuf,
    process: Watched,
}

impl MailServer {
    /// Starts a mail server on a free port.
    ///
    /// # Errors
    /// When the program is missing or does not answer.
    pub fn start() -> anyhow::Result<Self> {
        on_free_port(|port| Self::start_on(port, None))
    }

    /// Starts one that takes no letter without STARTTLS; certificate and key are PEM files.
    ///
    /// # Errors
    /// When the program is missing or does not answer.
    pub fn start_encrypted(certificate: &Path, key: &Path) -> anyhow::Result<Self> {
        on_free_port(|port| Self::start_on(port, Some((certificate, key))))
    }

    fn start_on(port: u16, identity: Option<(&Path, &Path)>) -> anyhow::Result<Self> {
        let program = programs::aiosmtpd().context("aiosmtpd is not installed")?;
        let directory = scratch_directory("mail", None)?;
        let mut command = Command::new(program);
        if let Some((certificate, key)) = identity {
            command.arg("--tlscert").arg(certificate).arg("--tlskey").arg(key);
        }
        command
            // -n: whoever started it owns the letters.
            .args([
                "-n",
                "-l",
                &format!("127.0.0.1:{port}"),
                "-c",
                "aiosmtpd.handlers.Mailbox",
            ])
            .arg(directory.join("letters"));
        let process = Watched::start(&mut command, &directory).context("aiosmtpd")?;
        let mut server = Self {
            port,
            directory,
            process,
        };
        server.prove()?;
        Ok(server)
    }

    /// What `mail.url` says to send letters here.
    #[must_use]
    pub fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}", self.port)
    }

    /// The letters that arrived, as they came over the wire, oldest first.
    ///
    /// # Errors
    /// When the Maildir cannot be read.
    pub fn letters(&self) -> anyhow::Result<Vec<Vec<u8>>> {
        let mut files: Vec<PathBuf> = Vec::new();
        for entry in std::fs::read_dir(self.directory.join("letters/new"))? {
            files.push(entry?.path());
        }
        // Maildir names begin with the second; what the file system says is finer.
        files.sort_by_key(|file| modified(file));
        files.iter().map(|file| Ok(std::fs::read(file)?)).collect()
    }

    /// It runs, and greets as a mail server does.
    fn prove(&mut self) -> anyhow::Result<()> {
        for _ in 0..200 {
            if let Some(status) = self.process.ended()? {
                bail!("aiosmtpd ended at once ({status})");
            }
            if let Ok(stream) = TcpStream::connect(("127.0.0.1", self.port)) {
                stream.set_read_timeout(Some(Duration::from_secs(5)))?;
                let mut greeting = String::new();
                BufReader::new(stream).read_line(&mut greeting)?;
                if greeting.starts_with("220 ") && greeting.contains("SMTP") {
                    return Ok(());
                }
                bail!("port {} is not a mail server of ours: {greeting}", self.port);
            }
            sleep(Duration::from_millis(50));
        }
        bail!("aiosmtpd does not answer on port {}", self.port)
    }
}

fn modified(file: &Path) -> Option<std::time::SystemTime> {
    file.metadata().and_then(|meta| meta.modified()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn starts_empty_and_stops() {
        let server = MailServer::start().unwrap();
        assert!(server.letters().unwrap().is_empty());
        let port = server.port;
        drop(server);
        assert!(TcpStream::connect(("127.0.0.1", port)).is_err());
    }
}
