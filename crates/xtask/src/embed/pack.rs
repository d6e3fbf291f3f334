//! The static pack, fetched by the script that webmasters are given.

use std::path::Path;
use std::process::Command;

use anyhow::ensure;

/// The recipe.
const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../deploy/embed/pack/lay-goi.sh");

/// Fetches the pack of a key into a folder.
pub fn fetch(embed: &str, key: &str, folder: &Path) -> anyhow::Result<()> {
    let mut script = Command::new("sh");
    script
        .arg(SCRIPT)
        .arg(format!("{embed}/k/{key}/goi.zip"))
        .arg(folder);
    let done = script.output()?;
    ensure!(
        done.status.success(),
        "{}",
        String::from_utf8_lossy(&done.stderr).trim()
    );
    Ok(())
}
