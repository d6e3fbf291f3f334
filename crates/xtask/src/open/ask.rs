//! A peer's script: started with addresses, it prints one line of JSON for each thing it tried.

use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::Context;
use pbgdpl_xtask::servers::watchdog::Watchdog;
use serde_json::Value;

/// The scripts stand beside this file.
const SCRIPTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/open");

/// One thing that a peer tried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What was read.
    pub what: String,
    /// Who read it: the program and its version.
    pub peer: String,
    /// What came out, or why it fails.
    pub result: String,
    /// Whether it holds.
    pub ok: bool,
}

impl Row {
    fn read(line: &str) -> Option<Self> {
        let said: Value = serde_json::from_str(line).ok()?;
        let text = |name: &str| Some(said.get(name)?.as_str()?.to_owned());
        Some(Self {
            what: text("what")?,
            peer: text("peer")?,
            result: text("result")?,
            ok: said.get("ok")?.as_bool()?,
        })
    }
}

/// Runs a script to its end. One that does not come to its end, or says something else than rows, is a row that fails.
pub fn peers(python: &Path, script: &str, arguments: &[String]) -> anyhow::Result<Vec<Row>> {
    let mut command = Command::new(python);
    command
        .arg(Path::new(SCRIPTS).join(script))
        .args(arguments)
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .process_group(0);
    let mut child = command.spawn().with_context(|| script.to_owned())?;
    let watchdog = Watchdog::for_group(child.id())?;
    let mut rows = Vec::new();
    for line in BufReader::new(child.stdout.take().context("its output")?).lines() {
        let line = line?;
        println!("{line}");
        rows.push(Row::read(&line).unwrap_or_else(|| broken(script, line)));
    }
    let status = child.wait()?;
    watchdog.calm();
    if !status.success() || rows.is_empty() {
        rows.push(broken(script, format!("did not come to its end ({status})")));
    }
    Ok(rows)
}

fn broken(script: &str, why: String) -> Row {
    Row {
        what: script.to_owned(),
        peer: String::new(),
        result: why,
        ok: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_read_whole_or_not_at_all() {
        let line = r#"{"what": "RSS", "peer": "feedparser 6", "result": "48 feeds", "ok": true}"#;
        let row = Row::read(line).unwrap();
        assert!(row.ok && row.what == "RSS" && row.result == "48 feeds");
        assert_eq!(Row::read(&line.replace("true", "1")), None);
        assert_eq!(Row::read("Traceback"), None);
    }
}
