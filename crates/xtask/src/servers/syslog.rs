//! A private log server (rsyslog): takes messages over TLS or TCP, each with its length before it, and writes them into a file.

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

/// What a log server shows of itself: certificate of its authority, its own certificate, its key (PEM files).
pub type Identity<'a> = (&'a Path, &'a Path, &'a Path);

/// A running log server; stopped and its messages removed when dropped, or when this process ends.
#[derive(Debug)]
pub struct LogServer {
    port: u16,
    directory: PathBuf,
    process: Watched,
}

impl LogServer {
    /// Starts one on a free port; encrypted where it has an identity.
    ///
    /// # Errors
    /// When the program is missing or does not answer.
    pub fn start(identity: Option<Identity<'_>>) -> anyhow::Result<Self> {
        on_free_port(|port| Self::start_on(port, identity))
    }

    /// Starts one on this port: the way to bring back one that was dropped.
    ///
    /// # Errors
    /// When the program is missing, the port is taken or nothing answers.
    pub fn start_on(port: u16, identity: Option<Identity<'_>>) -> anyhow::Result<Self> {
        let program = programs::rsyslogd().context("rsyslog is not installed")?;
        let directory = scratch_directory("syslog", None)?;
        let file = directory.join("rsyslog.conf");
        std::fs::write(&file, configuration(port, &directory, identity))?;
        let mut command = Command::new(program);
        command
            .args(["-n", "-f"])
            .arg(&file)
            .arg("-i")
            .arg(directory.join("pid"));
        let process = Watched::start(&mut command, &directory).context("rsyslogd")?;
        let mut server = Self {
            port,
            directory,
            process,
        };
        server.prove()?;
        Ok(server)
    }

    /// Its port on this machine.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// What has arrived, a message a line: structured data, a tab, the text.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn messages(&self) -> anyhow::Result<Vec<String>> {
        let file = self.directory.join("messages");
        if !file.exists() {
            return Ok(Vec::new());
        }
        let text = std::fs::read_to_string(file)?;
        // A line that is being written is none yet.
        let whole = text
            .rfind('\n')
            .and_then(|end| text.get(..end))
            .unwrap_or_default();
        Ok(whole.lines().map(str::to_owned).collect())
    }

    fn prove(&mut self) -> anyhow::Result<()> {
        for _ in 0..200 {
            if let Some(status) = self.process.ended()? {
                bail!("rsyslogd ended at once ({status})");
            }
            if TcpStream::connect(("127.0.0.1", self.port)).is_ok() {
                return Ok(());
            }
            sleep(Duration::from_millis(25));
        }
        bail!("rsyslogd does not answer on port {}", self.port)
    }
}

/// Only octet counting: a message that was framed otherwise would be cut up.
fn configuration(port: u16, directory: &Path, identity: Option<Identity<'_>>) -> String {
    let (global, driver) = match identity {
        Some((authority, certificate, key)) => (
            format!(
                "defaultNetstreamDriver=\"ossl\" defaultNetstreamDriverCAFile=\"{}\" \
                 defaultNetstreamDriverCertFile=\"{}\" defaultNetstreamDriverKeyFile=\"{}\"",
                authority.display(),
                certificate.display(),
                key.display()
            ),
            "streamDriver.name=\"ossl\" streamDriver.mode=\"1\" streamDriver.authMode=\"anon\"",
        ),
        None => (String::new(), ""),
    };
    let directory = directory.display();
    format!(
        "global(workDirectory=\"{directory}\" maxMessageSize=\"8k\" {global})\n\
         module(load=\"imtcp\" {driver})\n\
         input(type=\"imtcp\" address=\"127.0.0.1\" port=\"{port}\")\n\
         template(name=\"line\" type=\"string\" string=\"%structured-data%\\t%hostname% %app-name% %msgid%\\t%msg%\\n\")\n\
         action(type=\"omfile\" file=\"{directory}/messages\" template=\"line\")\n"
    )
}
