//! The built program in several processes over one database, killed without warning and started again.

use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use pbgdpl_store::Engine;
use pbgdpl_testkit::house::Ground;
use pbgdpl_testkit::servers::free_port;
use serde_json::Value;
use tempfile::TempDir;

use crate::place::Place;

/// A folder with a configuration file for each process.
pub(crate) struct Programs {
    folder: TempDir,
    nodes: Vec<Node>,
}

struct Node {
    config: String,
    command: &'static str,
    port: u16,
    process: Option<Child>,
}

impl Programs {
    /// Two nodes that serve and one that only works; on SQLite one node, as it is meant there.
    pub fn over(place: &Place, redis: Option<&str>) -> Self {
        let serving = match place.house.store.engine() {
            Engine::Sqlite => 1,
            Engine::Postgres => 2,
        };
        let folder = tempfile::tempdir().unwrap();
        let mut programs = Self {
            nodes: Vec::new(),
            folder,
        };
        for _ in 0..serving {
            programs.add(place, redis, "serve");
        }
        if serving > 1 {
            programs.add(place, redis, "work");
        }
        programs
    }

    fn add(&mut self, place: &Place, redis: Option<&str>, command: &'static str) {
        let (port, metrics) = (free_port().unwrap(), free_port().unwrap());
        let name = format!("{}.toml", self.nodes.len());
        let text = configuration(place, redis, port, metrics);
        std::fs::write(self.folder.path().join(&name), text).unwrap();
        self.nodes.push(Node {
            config: name,
            command,
            port,
            process: None,
        });
    }

    pub fn ports(&self) -> Vec<u16> {
        let serving = self.nodes.iter().filter(|node| node.command == "serve");
        serving.map(|node| node.port).collect()
    }

    pub fn count(&self) -> usize {
        self.nodes.len()
    }

    pub fn start_all(&mut self) {
        for at in 0..self.count() {
            self.start(at);
        }
        for at in 0..self.count() {
            self.wait(at);
        }
    }

    pub fn start(&mut self, at: usize) {
        let node = &self.nodes[at];
        let process = self
            .command(&node.config, &[node.command])
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        self.nodes[at].process = Some(process);
    }

    /// Until it listens.
    fn wait(&self, at: usize) {
        let node = &self.nodes[at];
        let since = Instant::now();
        while node.command == "serve" && TcpStream::connect(("127.0.0.1", node.port)).is_err() {
            assert!(
                since.elapsed() < Duration::from_secs(20),
                "{} does not serve",
                node.config
            );
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// `kill -9`.
    pub fn kill(&mut self, at: usize) {
        if let Some(mut process) = self.nodes[at].process.take() {
            process.kill().unwrap();
            process.wait().unwrap();
        }
    }

    /// Starts again what ended by itself, as a service manager does: a database that cuts connections may refuse a start.
    pub fn keep_up(&mut self) {
        for at in 0..self.count() {
            let process = self.nodes[at].process.as_mut();
            if process.is_none_or(|process| process.try_wait().unwrap().is_some()) {
                self.start(at);
            }
        }
    }

    /// Whether each still runs: a program that ends by itself in a storm is a fault.
    pub fn all_run(&mut self) -> bool {
        self.nodes.iter_mut().all(|node| {
            let process = node.process.as_mut();
            process.is_some_and(|process| process.try_wait().unwrap().is_none())
        })
    }

    pub fn kill_all(&mut self) {
        for at in 0..self.count() {
            self.kill(at);
        }
    }

    /// What a command says as JSON; it must succeed.
    pub fn json(&self, arguments: &[&str]) -> Value {
        let output = self.command("0.toml", arguments).output().unwrap();
        assert!(
            output.status.success(),
            "{arguments:?}: {}\n{}",
            String::from_utf8_lossy(&output.stderr),
            String::from_utf8_lossy(&output.stdout)
        );
        serde_json::from_slice(&output.stdout).unwrap()
    }

    fn command(&self, config: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_pbgdpl"));
        command
            .args(["--config", config])
            .args(arguments)
            .current_dir(self.folder.path())
            .env_remove("DATABASE_URL")
            .env_remove("REDIS_URL");
        command
    }
}

impl Drop for Programs {
    fn drop(&mut self) {
        self.kill_all();
    }
}

fn configuration(place: &Place, redis: Option<&str>, port: u16, metrics: u16) -> String {
    let database = match &place.house.ground {
        Ground::Sqlite(file) => format!("url = \"{}\"\n", file.url()),
        Ground::Postgres(databases) => {
            let replica = place.settings.replica.as_ref().unwrap();
            let mut replica: url::Url = replica.url.parse().unwrap();
            replica.set_username("").unwrap();
            format!(
                "url = \"{}\"\nowner_url = \"{}\"\nprovince_url = \"{}\"\nreplica_url = \"{replica}\"\n",
                databases.app_url, databases.owner_url, databases.province_url
            )
        }
    };
    let redis = redis.map_or(String::new(), |url| format!("[redis]\nurl = \"{url}\"\n"));
    format!(
        r#"
[server]
listen = "127.0.0.1:{port}"
public_url = "http://localhost:{port}"
desk_url = "http://quantri.localhost:{port}"
embed_url = "http://nhung.localhost:{port}"
files_url = "http://tep.localhost:{port}"

[metrics]
listen = "127.0.0.1:{metrics}"

[database]
{database}
statement_timeout_ms = 30000

{redis}
[storage]
url = "file:{}"

[mail]
url = "file:mail"

[telemetry]
filter = "off"
"#,
        place.house.folder.path().join("files").display()
    )
}
