//! What stands on paper: a PDF file as pdftotext reads it.

use std::io::Write;
use std::process::{Command, Stdio};

use anyhow::{Context, ensure};

/// The words of a PDF file.
pub fn text(pdf: &[u8]) -> anyhow::Result<String> {
    let mut file = tempfile::NamedTempFile::new()?;
    file.write_all(pdf)?;
    let done = Command::new("pdftotext")
        .arg(file.path())
        .arg("-")
        .stderr(Stdio::inherit())
        .output()
        .context("pdftotext")?;
    ensure!(done.status.success(), "pdftotext: {}", done.status);
    Ok(String::from_utf8_lossy(&done.stdout).into_owned())
}
