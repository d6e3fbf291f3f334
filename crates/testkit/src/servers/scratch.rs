//! Directories for tests: under one root that goes with the process, however it ends.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use anyhow::anyhow;
use pbgdpl_xtask::servers::scratch::scratch_directory;
use pbgdpl_xtask::servers::watchdog::Watchdog;

/// A new empty directory, removed when dropped.
#[derive(Debug)]
pub struct ScratchDirectory {
    path: PathBuf,
}

impl ScratchDirectory {
    /// Makes one.
    ///
    /// # Errors
    /// When the machine's temporary directory cannot be written.
    pub fn new() -> anyhow::Result<Self> {
        let path = root()?.join(uuid::Uuid::new_v4().simple().to_string());
        std::fs::create_dir(&path)?;
        Ok(Self { path })
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for ScratchDirectory {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.path).ok();
    }
}

fn root() -> anyhow::Result<&'static Path> {
    static ROOT: OnceLock<Result<(PathBuf, Watchdog), String>> = OnceLock::new();
    let root = ROOT.get_or_init(|| {
        let path = scratch_directory("test", None).map_err(|e| format!("{e:#}"))?;
        let watchdog = Watchdog::new(Some(&path), &["true"]).map_err(|e| e.to_string())?;
        Ok((path, watchdog))
    });
    root.as_ref()
        .map(|(path, _)| path.as_path())
        .map_err(|e| anyhow!("scratch directory: {e}"))
}
