//! A server process with its watchdog: started quietly in a directory of its own, collected when dropped.

use std::io;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};

use super::watchdog::Watchdog;

/// A running process; ended with its children and its directory removed when dropped, or when this process ends.
#[derive(Debug)]
pub(super) struct Watched {
    process: Child,
    watchdog: Option<Watchdog>,
}

impl Watched {
    /// Starts it in its directory, in a process group of its own, with nothing to read and nobody who listens.
    ///
    /// # Errors
    /// When the program or a shell is missing.
    pub fn start(command: &mut Command, directory: &Path) -> io::Result<Self> {
        let process = command
            .current_dir(directory)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()?;
        let watchdog = Watchdog::for_process(Some(directory), process.id())?;
        Ok(Self {
            process,
            watchdog: Some(watchdog),
        })
    }

    /// How it ended, if it did.
    ///
    /// # Errors
    /// When the kernel does not say.
    pub fn ended(&mut self) -> io::Result<Option<ExitStatus>> {
        self.process.try_wait()
    }

    /// Ends it at once, without a chance to put anything in order.
    pub fn kill(&mut self) {
        self.process.kill().ok();
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        // Biting and collecting at the same time: the dog waits until the process is gone, which needs our `wait`.
        let watchdog = self.watchdog.take();
        let biting = std::thread::spawn(move || drop(watchdog));
        self.process.wait().ok();
        biting.join().ok();
    }
}
