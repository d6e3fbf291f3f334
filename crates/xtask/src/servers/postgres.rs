//! A private PostgreSQL cluster: fast and forgetful, on a free port, owned by a user that is not root.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use anyhow::{Context, ensure};

use super::port::on_free_port;
use super::scratch::{is_root, scratch_directory};
use super::watchdog::Watchdog;
use crate::programs;

/// Nothing here survives a power cut, and nothing needs to.
const SETTINGS: [&str; 9] = [
    "listen_addresses=127.0.0.1",
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "autovacuum=off",
    "shared_buffers=64MB",
    "max_connections=300",
    "jit=off",
    "timezone=UTC",
];

/// A running cluster; stopped and removed when dropped, or when this process ends.
#[derive(Debug)]
pub struct PostgresServer {
    port: u16,
    data: PathBuf,
    home: Home,
    _watchdog: Watchdog,
}

impl PostgresServer {
    /// Makes and starts a cluster.
    ///
    /// # Errors
    /// When the programs are missing, or a step of theirs fails; with what they said.
    pub fn start() -> anyhow::Result<Self> {
        Self::start_with(&[])
    }

    /// The same with more settings, `name=value` each.
    ///
    /// # Errors
    /// As [`PostgresServer::start`].
    pub fn start_with(settings: &[&str]) -> anyhow::Result<Self> {
        Self::made_by(settings, |home, data| {
            let make = ["-D", data, "-A", "trust", "-U", "postgres", "-E", "UTF8"];
            home.run(
                "initdb",
                &[&make[..], &["--locale=C.UTF-8", "--no-sync"]].concat(),
            )
        })
    }

    /// Makes and starts a hot standby of this cluster: streaming replication, as `pg_basebackup -R` sets it up.
    ///
    /// # Errors
    /// As [`PostgresServer::start`].
    pub fn standby(&self) -> anyhow::Result<Self> {
        let port = self.port.to_string();
        Self::made_by(&["wal_receiver_status_interval=1s"], |home, data| {
            let from = ["-h", "127.0.0.1", "-p", &port, "-U", "postgres"];
            let how = ["-D", data, "-R", "-X", "stream", "-c", "fast", "--no-sync"];
            home.run("pg_basebackup", &[&from[..], &how].concat())
        })
    }

    fn made_by(
        settings: &[&str],
        make: impl FnOnce(&Home, &str) -> anyhow::Result<Output>,
    ) -> anyhow::Result<Self> {
        let programs = programs::postgres().context("PostgreSQL's server programs are not installed")?;
        let directory = scratch_directory("pg", is_root().then_some("postgres"))?;
        let home = Home {
            programs,
            directory,
            settings: settings.iter().map(|&setting| setting.to_owned()).collect(),
        };
        let data = home.data();
        let data_text = data
            .to_str()
            .context("the temporary directory has a strange name")?;
        let stop = home.command("pg_ctl", &["-D", data_text, "-m", "immediate", "-s", "stop"]);
        let watchdog = Watchdog::new(Some(&home.directory), &words(&stop))?;
        make(&home, data_text)?;
        let port = on_free_port(|port| home.start_on(port, data_text, &[]).map(|()| port))?;
        let server = Self {
            port,
            data,
            home,
            _watchdog: watchdog,
        };
        let answered = server.home.ask(port, "show data_directory")?;
        ensure!(
            Path::new(&answered) == server.data,
            "port {port} belongs to another PostgreSQL ({answered})"
        );
        Ok(server)
    }

    /// Stops the cluster in order and starts it on the same port with other settings after its own: what the last one held in memory
    /// is forgotten.
    ///
    /// # Errors
    /// When it does not stop or start; with what it said.
    pub fn restart(&self, settings: &[&str]) -> anyhow::Result<()> {
        let data = self.data.to_string_lossy();
        self.home
            .run("pg_ctl", &["-D", &data, "-m", "fast", "-w", "-s", "stop"])?;
        self.home.start_on(self.port, &data, settings)
    }

    /// The process that all others of the cluster are children of.
    ///
    /// # Errors
    /// When it is not running.
    pub fn process(&self) -> anyhow::Result<u32> {
        postmaster(&self.data)
    }

    /// The superuser's address, for making databases only: tests of the program use the roles of `deploy/roles.sql`.
    #[must_use]
    pub fn superuser_url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }

    /// What `SHOW data_directory` must answer.
    #[must_use]
    pub fn data_directory(&self) -> &Path {
        &self.data
    }
}

/// The process of a cluster: the first line of `postmaster.pid` (PostgreSQL 15, "Creating a Database Cluster").
///
/// # Errors
/// When no cluster runs there.
pub fn postmaster(data: &Path) -> anyhow::Result<u32> {
    let text = std::fs::read_to_string(data.join("postmaster.pid"))?;
    let first = text.lines().next().context("an empty postmaster.pid")?;
    Ok(first.trim().parse()?)
}

#[derive(Debug)]
struct Home {
    programs: PathBuf,
    directory: PathBuf,
    settings: Vec<String>,
}

impl Home {
    fn data(&self) -> PathBuf {
        self.directory.join("data")
    }

    fn start_on(&self, port: u16, data: &str, more: &[&str]) -> anyhow::Result<()> {
        let log = self.directory.join("log");
        let mut options = format!("-p {port} -k {}", self.directory.display());
        // Of a setting that is given twice the last one counts.
        for setting in SETTINGS
            .into_iter()
            .chain(self.settings.iter().map(String::as_str))
            .chain(more.iter().copied())
        {
            options.push_str(" -c ");
            options.push_str(setting);
        }
        let log_text = log.to_string_lossy();
        self.run(
            "pg_ctl",
            &["-D", data, "-w", "-s", "-l", &log_text, "-o", &options, "start"],
        )
        .with_context(|| std::fs::read_to_string(&log).unwrap_or_default())?;
        Ok(())
    }

    fn ask(&self, port: u16, question: &str) -> anyhow::Result<String> {
        let url = format!("postgres://postgres@127.0.0.1:{port}/postgres");
        let out = self.run("psql", &["-X", "-A", "-t", "-c", question, &url])?;
        Ok(String::from_utf8_lossy(&out.stdout).trim().to_owned())
    }

    fn run(&self, program: &str, arguments: &[&str]) -> anyhow::Result<Output> {
        let out = self
            .command(program, arguments)
            .output()
            .with_context(|| program.to_owned())?;
        ensure!(
            out.status.success(),
            "{program} failed in {}: {}",
            self.directory.display(),
            String::from_utf8_lossy(&out.stderr).trim()
        );
        Ok(out)
    }

    fn command(&self, program: &str, arguments: &[&str]) -> Command {
        let program = self.programs.join(program);
        let mut command = if is_root() {
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--"]).arg(program);
            command
        } else {
            Command::new(program)
        };
        command
            .args(arguments)
            .current_dir(&self.directory)
            .stdin(Stdio::null());
        command
    }
}

fn words(command: &Command) -> Vec<&str> {
    std::iter::once(command.get_program())
        .chain(command.get_args())
        .filter_map(|word| word.to_str())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn starts_answers_and_leaves_nothing() {
        let server = PostgresServer::start().unwrap();
        let directory = server.data_directory().parent().unwrap().to_owned();
        assert!(std::net::TcpStream::connect(("127.0.0.1", server.port)).is_ok());
        let port = server.port;
        drop(server);
        assert!(std::net::TcpStream::connect(("127.0.0.1", port)).is_err());
        assert!(!directory.exists());
    }
}
