//! A peer as a process: with a log of its own, ended with all its children.

use std::fs::File;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use anyhow::{Context, bail};
use pbgdpl_xtask::servers::watchdog::Watchdog;

/// A running peer; its process group ends when this is dropped, or when this process ends.
pub struct Process {
    child: Child,
    name: String,
    watchdog: Option<Watchdog>,
}

impl Process {
    /// Starts it; what it says goes to the log.
    ///
    /// # Errors
    /// When the program or a shell is missing.
    pub fn start(command: &mut Command, log: &Path) -> anyhow::Result<Self> {
        let log = File::options().create(true).append(true).open(log)?;
        command.stdout(log.try_clone()?);
        Self::spawn(command.stderr(log))
    }

    /// Starts a single process that owns a folder; the folder goes with it.
    ///
    /// # Errors
    /// When the program or a shell is missing.
    pub fn owning(command: &mut Command, log: &Path, folder: &Path) -> anyhow::Result<Self> {
        let mut process = Self::start(command, log)?;
        if let Some(group) = process.watchdog.take() {
            group.calm();
        }
        process.watchdog = Some(Watchdog::for_process(Some(folder), process.child.id())?);
        Ok(process)
    }

    /// Starts it; what it prints is returned to be read, the rest goes to the log.
    ///
    /// # Errors
    /// When the program or a shell is missing.
    pub fn talking(command: &mut Command, log: &Path) -> anyhow::Result<(Self, ChildStdout)> {
        command.stdout(Stdio::piped());
        let log = File::options().create(true).append(true).open(log)?;
        let mut process = Self::spawn(command.stderr(log))?;
        let said = process.child.stdout.take().context("no standard output")?;
        Ok((process, said))
    }

    fn spawn(command: &mut Command) -> anyhow::Result<Self> {
        let name = command.get_program().to_string_lossy().into_owned();
        let child = command
            .stdin(Stdio::null())
            .process_group(0)
            .spawn()
            .with_context(|| name.clone())?;
        let watchdog = Some(Watchdog::for_group(child.id())?);
        Ok(Self {
            child,
            name,
            watchdog,
        })
    }

    /// Waits until somebody answers on the port and the process still runs.
    ///
    /// # Errors
    /// When it ends, or nobody answers within 20 seconds.
    pub fn listens(&mut self, port: u16) -> anyhow::Result<()> {
        self.until(|| std::net::TcpStream::connect(("127.0.0.1", port)).is_ok())
    }

    /// Waits until it is ready and still runs.
    ///
    /// # Errors
    /// When it ends, or is not ready within 20 seconds.
    pub fn until(&mut self, ready: impl Fn() -> bool) -> anyhow::Result<()> {
        for _ in 0..200 {
            if let Some(status) = self.child.try_wait()? {
                bail!("{} ended ({status})", self.name);
            }
            if ready() {
                return Ok(());
            }
            sleep(Duration::from_millis(100));
        }
        bail!("{} is not ready", self.name)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // Biting and collecting at the same time: the dog may wait until the process is gone, which needs our `wait`.
        let watchdog = self.watchdog.take();
        let biting = std::thread::spawn(move || drop(watchdog));
        self.child.wait().ok();
        biting.join().ok();
    }
}
