//! Load from wrk, and the CPU time that the loaded server spent on it.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, bail, ensure};
use pbgdpl_xtask::cpu::cpu_seconds;

/// What is asked of which server.
pub struct Load {
    url: String,
    /// Whose CPU time counts, with their children.
    processes: Vec<u32>,
    /// The name that is asked for, where it is not the address.
    host: Option<String>,
    /// A Lua function body that returns the path of the request numbered `n`; without one, the path of the URL.
    path: Option<String>,
}

/// What a load cost.
pub struct Done {
    /// Requests that were answered.
    pub requests: f64,
    /// CPU time of the server and its children.
    pub cpu_seconds: f64,
}

impl Load {
    /// One page again and again.
    pub fn kept(address: &str, path: &str, process: u32) -> Self {
        Self {
            url: format!("http://{address}{path}"),
            processes: vec![process],
            host: None,
            path: None,
        }
    }

    /// The same under another name.
    pub fn of_host(self, host: &str) -> Self {
        Self {
            host: Some(host.to_owned()),
            ..self
        }
    }

    /// The same with the cost of these processes.
    pub fn of_processes(self, processes: &[u32]) -> Self {
        Self {
            processes: processes.to_vec(),
            ..self
        }
    }

    /// One page under a spelling that was never asked before: its letters percent-encoded or not. The handler reads the
    /// same address (RFC 3986 2.3), the page cache another one, so that every request makes the page anew.
    pub fn spelled(address: &str, path: &str, process: u32) -> Self {
        let lua = format!(
            "local page, bits = '{path}', n
             local from = string.find(page, '/[^/]*$') + 1
             return string.sub(page, 1, from - 1) .. string.gsub(string.sub(page, from), '%l', function(letter)
               local odd = bits % 2
               bits = math.floor(bits / 2)
               if odd == 1 then return string.format('%%%02X', string.byte(letter)) end
             end)"
        );
        Self {
            path: Some(lua),
            ..Self::kept(address, path, process)
        }
    }

    /// A search for a word that many pages have, with another that was never asked before.
    pub fn searched(address: &str, section: &str, process: u32) -> Self {
        Self {
            path: Some(format!(
                "return '{section}tim-kiem?q=ph%C3%A1p+lu%E1%BA%ADt+' .. n"
            )),
            ..Self::kept(address, section, process)
        }
    }

    /// A search for these words (percent-encoded, `+` between them) in large and small letters as never before: the same
    /// items are found, and no page is kept.
    pub fn shouted(address: &str, section: &str, words: &str, process: u32) -> Self {
        let lua = format!(
            "local bits = n
             return '{section}tim-kiem?q=' .. string.gsub('{words}', '%l', function(letter)
               local odd = bits % 2
               bits = math.floor(bits / 2)
               if odd == 1 then return string.upper(letter) end
             end)"
        );
        Self {
            path: Some(lua),
            ..Self::kept(address, section, process)
        }
    }
}

/// Loads a server and reads what it spent. Rounds ask for different addresses.
pub fn measure(load: &Load, folder: &Path, time: Duration, round: u32) -> anyhow::Result<Done> {
    let script = folder.join("load.lua");
    let seconds = format!("{}s", time.as_secs());
    let mut wrk = Command::new("wrk");
    wrk.args(["-t1", "-c32", "-d", &seconds]);
    if let Some(body) = &load.path {
        let first = u64::from(round) * 10_000_000;
        fs::write(
            &script,
            format!(
                "local function path(n) {body} end\nlocal n = {first}\n\
                 function request() n = n + 1; return wrk.format('GET', (path(n))) end\n"
            ),
        )?;
        wrk.arg("-s").arg(&script);
    }
    if let Some(host) = &load.host {
        wrk.arg("-H").arg(format!("Host: {host}"));
    }
    let before = cpu_seconds(&load.processes)?;
    let out = wrk.arg(&load.url).output().context("wrk")?;
    let after = cpu_seconds(&load.processes)?;
    let said = String::from_utf8_lossy(&out.stdout);
    ensure!(
        out.status.success(),
        "wrk: {}{said}",
        String::from_utf8_lossy(&out.stderr)
    );
    Ok(Done {
        requests: answered(&said)?,
        cpu_seconds: after - before,
    })
}

fn answered(said: &str) -> anyhow::Result<f64> {
    for trouble in ["Non-2xx", "Socket errors"] {
        if let Some(line) = said.lines().find(|line| line.contains(trouble)) {
            bail!("wrk: {}", line.trim());
        }
    }
    let line = said.lines().find_map(|line| line.split_once(" requests in "));
    Ok(line.context("wrk counted nothing")?.0.trim().parse()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_are_read_and_refusals_are_no_measure() {
        let good = "Running 5s\n  1234 requests in 5.00s, 1MB read\n";
        assert_eq!(answered(good).unwrap(), 1234.0);
        answered(&format!("{good}  Non-2xx or 3xx responses: 7\n")).unwrap_err();
        answered("").unwrap_err();
    }
}
