//! The service: the demo with its four ports, and a second node that believes the agency's proxy.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{ChildStdout, Command};

use anyhow::{Context, ensure};
use pbgdpl_xtask::servers::port::{free_port, on_free_port};
use serde_json::Value;

use super::desk::Desk;
use super::process::Process;

/// The service on this machine.
pub struct Demo {
    binary: PathBuf,
    home: PathBuf,
    /// The first of its four ports; the same after a stop.
    port: u16,
    /// Where the node behind the proxy listens.
    node_port: u16,
    said: Value,
    /// Host and port of an own name of the agency's section.
    own_name: String,
    processes: Vec<Process>,
}

impl Demo {
    /// Builds a demo in this folder and serves it.
    pub fn start(binary: &Path, home: &Path, agency: &str) -> anyhow::Result<Self> {
        fs::create_dir_all(home)?;
        let mut demo = Self {
            binary: binary
                .canonicalize()
                .with_context(|| binary.display().to_string())?,
            home: home.to_owned(),
            port: 0,
            node_port: 0,
            said: Value::Null,
            own_name: String::new(),
            processes: Vec::new(),
        };
        demo.own_name = demo.enter_own_name(agency)?;
        on_free_port(|port| {
            demo.port = port;
            demo.node_port = free_port()?;
            demo.serve()
        })?;
        Ok(demo)
    }

    /// Serves what is there, at the same addresses.
    pub fn serve(&mut self) -> anyhow::Result<()> {
        self.stop();
        let mut command = Command::new(&self.binary);
        command.args(["demo", "--json", "--host", "127.0.0.1", "--listen"]);
        command
            .arg(format!("127.0.0.1:{}", self.port))
            .arg("--data")
            .arg(self.data());
        let (process, said) = Process::talking(&mut command, &self.home.join("demo.log"))?;
        self.processes.push(process);
        self.said = ready(said)?;
        let configuration = self.configuration();
        fs::write(&configuration, self.settings()?)?;
        let mut node = Command::new(&self.binary);
        node.arg("serve").arg("--config").arg(configuration);
        let mut node = Process::start(&mut node, &self.home.join("node.log"))?;
        node.listens(self.node_port)?;
        self.processes.push(node);
        Ok(())
    }

    /// Gives a full agency's section one more name of its own and returns it with its port; nobody may answer meanwhile. The demo
    /// enters such names where it serves under names instead of addresses.
    pub fn enter_own_name(&self, agency: &str) -> anyhow::Result<String> {
        let mut command = Command::new(&self.binary);
        command
            .args(["demo", "--json", "--listen", "127.0.0.1:0", "--data"])
            .arg(self.data());
        let (process, said) = Process::talking(&mut command, &self.home.join("names.log"))?;
        let said = ready(said)?;
        drop(process);
        let origin = said.get("hosts").and_then(|hosts| hosts.get(agency));
        let origin = origin
            .and_then(Value::as_str)
            .with_context(|| format!("{agency} has no own name"))?;
        Ok(origin.trim_start_matches("http://").to_owned())
    }

    /// An own name of the agency's section, with its port.
    pub fn own_name(&self) -> &str {
        &self.own_name
    }

    /// Nobody answers any more.
    pub fn stop(&mut self) {
        self.processes.clear();
    }

    fn data(&self) -> PathBuf {
        self.home.join("data")
    }

    fn configuration(&self) -> PathBuf {
        self.home.join("node.toml")
    }

    fn settings(&self) -> anyhow::Result<String> {
        let data = self.data();
        let data = data.display();
        let [public, desk, embed, files] = ["public", "desk", "embed", "files"].map(|name| self.origin(name));
        Ok(format!(
            "[server]\nlisten = \"127.0.0.1:{}\"\npublic_url = \"{}\"\ndesk_url = \"{}\"\nembed_url = \"{}\"\n\
             files_url = \"{}\"\ntrusted_proxies = [\"127.0.0.1\"]\n[metrics]\nlisten = \"127.0.0.1:{}\"\n\
             [database]\nurl = \"sqlite:{data}/pbgdpl.db\"\n[storage]\nurl = \"file:{data}/files\"\n\
             [mail]\nurl = \"file:{data}/mail\"\n",
            self.node_port,
            public?,
            desk?,
            embed?,
            files?,
            free_port()?
        ))
    }

    /// One of the four origins: public, desk, embed, files.
    pub fn origin(&self, name: &str) -> anyhow::Result<String> {
        let origin = self.said.get(name).and_then(Value::as_str);
        Ok(origin
            .with_context(|| format!("the demo names no {name}"))?
            .to_owned())
    }

    /// Host and port of the node that believes `X-Forwarded-Prefix` from this machine.
    pub fn node(&self) -> String {
        format!("127.0.0.1:{}", self.node_port)
    }

    /// Every role that somebody has in the province or in this agency, with the agency.
    pub fn roles(&self, agency: &str) -> anyhow::Result<BTreeMap<String, Option<String>>> {
        let mut roles = BTreeMap::new();
        for account in self.accounts()? {
            let text = |name: &str| account.get(name).and_then(Value::as_str).map(str::to_owned);
            let place = text("agency");
            if place.as_deref().is_none_or(|place| place == agency) {
                roles.insert(text("role").context("an account without a role")?, place);
            }
        }
        Ok(roles)
    }

    fn accounts(&self) -> anyhow::Result<&Vec<Value>> {
        let accounts = self.said.get("accounts").and_then(Value::as_array);
        accounts.context("no accounts")
    }

    /// Somebody of a role signs in; of an agency, or of the province.
    pub fn sign_in(&self, role: &str, agency: Option<&str>) -> anyhow::Result<Desk> {
        let accounts = self.accounts()?;
        let is = |account: &&Value, name: &str, value: Option<&str>| {
            account.get(name).and_then(Value::as_str) == value
        };
        let account = accounts
            .iter()
            .find(|account| is(account, "role", Some(role)) && is(account, "agency", agency))
            .with_context(|| format!("no {role} of {agency:?}"))?;
        let link = account
            .get("sign_in_url")
            .and_then(Value::as_str)
            .context("no way in")?;
        Desk::enter(&self.origin("desk")?, link)
    }

    /// Runs the program beside the service.
    pub fn command_line(&self, arguments: &[&str]) -> anyhow::Result<()> {
        let mut command = Command::new(&self.binary);
        command.args(arguments).arg("--config").arg(self.configuration());
        let done = command.output()?;
        let said = String::from_utf8_lossy(&done.stderr);
        ensure!(done.status.success(), "{arguments:?}: {said}");
        Ok(())
    }
}

/// The one line that the demo says when it serves.
fn ready(said: ChildStdout) -> anyhow::Result<Value> {
    let mut line = String::new();
    BufReader::new(said).read_line(&mut line)?;
    serde_json::from_str(&line).context("the demo did not say where it serves")
}
