//! What cron runs on an agency's server: the scripts that webmasters are given, which fetch the static pack, or a fragment as a file.

use std::path::Path;
use std::process::Command;

use anyhow::ensure;

/// The recipes.
const PACK: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../deploy/embed/pack/lay-goi.sh");
const FRAGMENT: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../deploy/embed/apache/lay-manh.sh"
);
/// How a script ends that fetched nothing new.
const NOTHING_NEW: i32 = 3;

/// Fetches the pack of a key into a folder.
pub fn pack(embed: &str, key: &str, folder: &Path) -> anyhow::Result<()> {
    let (code, said) = run(PACK, &format!("{embed}/k/{key}/goi.zip"), folder)?;
    ensure!(code == Some(0), "{said}");
    Ok(())
}

/// Renews a fragment as a file; returns whether there was a new one.
pub fn fragment(embed: &str, key: &str, file: &Path) -> anyhow::Result<bool> {
    let (code, said) = run(FRAGMENT, &format!("{embed}/k/{key}/manh?so=5"), file)?;
    ensure!(matches!(code, Some(0 | NOTHING_NEW)), "{said}");
    Ok(code == Some(0))
}

fn run(script: &str, address: &str, to: &Path) -> anyhow::Result<(Option<i32>, String)> {
    let done = Command::new("sh").arg(script).arg(address).arg(to).output()?;
    let said = String::from_utf8_lossy(&done.stderr).trim().to_owned();
    Ok((done.status.code(), said))
}
