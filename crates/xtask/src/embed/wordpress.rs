//! WordPress of the distribution, in a folder and with a database of its own; posts written by people with and without rights.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, ensure};
use pbgdpl_xtask::programs;
use pbgdpl_xtask::servers::scratch::{is_root, scratch_directory};
use serde_json::{Value, json};

use super::hosts::start_php_with;
use super::process::Process;

/// The plugin as webmasters get it.
const PLUGIN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../deploy/embed/wordpress/pbgdpl");
/// What is laid into the copy of WordPress.
const FILES: [(&str, &str); 5] = [
    // Browsers ask for it; PHP's own server does not pass the question on to WordPress.
    ("favicon.ico", ""),
    ("wp-config.php", include_str!("peers/wp-config.php")),
    ("wp-install.php", include_str!("peers/wp-install.php")),
    ("wp-content.php", include_str!("peers/wp-content.php")),
    (
        "wp-content/mu-plugins/loopback.php",
        include_str!("peers/wp-loopback.php"),
    ),
];

/// An administrator of one site may write any HTML.
pub const ADMINISTRATOR: &str = "quantri";
/// An author has no `unfiltered_html`.
pub const AUTHOR: &str = "tacgia";

/// A running WordPress.
pub struct WordPress {
    /// Its origin.
    pub origin: String,
    site: PathBuf,
    socket: String,
    _processes: [Process; 2],
}

impl WordPress {
    /// Installs and starts it; the plugin is switched on with these settings.
    pub fn start(home: &Path, port: u16, settings: &Value) -> anyhow::Result<Self> {
        let site = home.join("site");
        copy(
            &programs::wordpress().context("WordPress is not installed")?,
            &site,
        )?;
        copy(Path::new(PLUGIN), &site.join("wp-content/plugins/pbgdpl"))?;
        fs::create_dir_all(site.join("wp-content/mu-plugins"))?;
        for (name, text) in FILES {
            fs::write(site.join(name), text)?;
        }
        let (database, socket) = database(home)?;
        let origin = format!("http://localhost:{port}");
        let around = [
            ("WORDPRESS_SOCKET", socket.as_str()),
            ("WORDPRESS_HOME", origin.as_str()),
        ];
        let server = start_php_with(&site, port, &around)?;
        let started = Self {
            origin,
            site,
            socket,
            _processes: [server, database],
        };
        started.php("wp-install.php", settings)?;
        Ok(started)
    }

    /// Writes posts: name → (who, text). Returns their addresses.
    pub fn write(&self, posts: &[(&str, &str, &str)]) -> anyhow::Result<BTreeMap<String, String>> {
        let order: serde_json::Map<String, Value> = posts
            .iter()
            .map(|(name, by, text)| ((*name).to_owned(), json!({"by": by, "text": text})))
            .collect();
        let said = self.php("wp-content.php", &Value::Object(order))?;
        serde_json::from_str(said.lines().last().unwrap_or_default()).with_context(|| said.clone())
    }

    fn php(&self, file: &str, input: &Value) -> anyhow::Result<String> {
        let mut child = Command::new("php")
            .arg(self.site.join(file))
            .env("WORDPRESS_SOCKET", &self.socket)
            .env("WORDPRESS_HOME", &self.origin)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        let mut given = child.stdin.take().context("no standard input")?;
        given.write_all(input.to_string().as_bytes())?;
        drop(given);
        let done = child.wait_with_output()?;
        let said = String::from_utf8_lossy(&done.stdout).into_owned();
        ensure!(
            done.status.success(),
            "{file}: {said} {}",
            String::from_utf8_lossy(&done.stderr)
        );
        Ok(said)
    }
}

/// Links are followed: a page of WordPress finds its neighbours by where it really lies.
fn copy(from: &Path, to: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(to)?;
    let done = Command::new("cp")
        .arg("-rL")
        .arg(from.join("."))
        .arg(to)
        .output()?;
    // Links to the machine's own settings lead nowhere, and are not wanted.
    ensure!(
        to.read_dir()?.next().is_some(),
        "{}",
        String::from_utf8_lossy(&done.stderr)
    );
    Ok(())
}

/// A private MariaDB behind a socket, and the socket.
fn database(home: &Path) -> anyhow::Result<(Process, String)> {
    // The server refuses root, and its user could not enter a private folder.
    let user = is_root().then_some("mysql");
    let folder = scratch_directory("mariadb", user)?;
    let data = folder.join("data");
    let mut setup = Command::new("mariadb-install-db");
    setup.args([
        "--no-defaults",
        "--auth-root-authentication-method=normal",
        "--skip-test-db",
    ]);
    setup
        .arg(format!("--datadir={}", data.display()))
        .args(user.map(|user| format!("--user={user}")));
    let done = setup.output().context("mariadb-install-db")?;
    ensure!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let socket = folder.join("socket").display().to_string();
    let program = programs::on_path(&["mariadbd"]).context("MariaDB is not installed")?;
    let mut command = Command::new(program);
    command.args([
        "--no-defaults",
        "--skip-networking",
        "--innodb-buffer-pool-size=32M",
        "--performance-schema=off",
    ]);
    command
        .arg(format!("--datadir={}", data.display()))
        .arg(format!("--socket={socket}"));
    command.arg(format!("--pid-file={}", folder.join("pid").display()));
    command.args(user.map(|user| format!("--user={user}")));
    let mut process = Process::owning(&mut command, &home.join("mariadb.log"), &folder)?;
    process.until(|| {
        let mut client = Command::new("mariadb");
        client.args(["--no-defaults", "-uroot", "-S", &socket, "-e"]);
        client.arg("CREATE DATABASE IF NOT EXISTS wordpress CHARACTER SET utf8mb4");
        client.output().is_ok_and(|done| done.status.success())
    })?;
    Ok((process, socket))
}
