//! A directory of its own for each server, readable by the user the server runs as.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, ensure};

/// Makes a new directory under the machine's temporary one. The watchdog of its server removes it.
///
/// # Errors
/// When the directory cannot be made or given away.
pub fn scratch_directory(kind: &str, owner: Option<&str>) -> anyhow::Result<PathBuf> {
    let made = tempfile::Builder::new()
        .prefix(&format!("pbgdpl-{kind}-"))
        .tempdir()?;
    if let Some(owner) = owner {
        give(made.path(), owner)?;
    }
    Ok(made.keep())
}

fn give(directory: &Path, owner: &str) -> anyhow::Result<()> {
    let done = Command::new("chown")
        .arg(owner)
        .arg(directory)
        .status()
        .context("chown")?;
    ensure!(done.success(), "cannot give {} to {owner}", directory.display());
    Ok(())
}

/// Says whether this process is root. initdb and Chromium's sandbox refuse root.
#[must_use]
pub fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output();
    id.is_ok_and(|out| out.stdout.starts_with(b"0\n"))
}
