//! The operator's edge in front of the nodes: the very files of `deploy/edge/`, with the addresses of this machine in place of the examples.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, ensure};
use pbgdpl_xtask::programs;
use pbgdpl_xtask::servers::scratch::is_root;

use super::demo::Demo;
use super::process::Process;

const EDGE: &str = include_str!("../../../../deploy/edge/edge.conf");
const PROXY: &str = include_str!("../../../../deploy/edge/proxy.conf");
const AWAY: &str = include_str!("../../../../deploy/edge/vang.html");
const NOTICE: &str = include_str!("../../../../deploy/embed/nginx/luc.conf");

/// Where the last server of the recipe begins, which refuses names over TLS: here nothing is encrypted.
const NOBODY: &str = "# Anybody else's name.";
/// How the recipe listens.
const LISTENS: &str = "listen 443 ssl http2;";

/// A running edge.
pub struct Edge {
    /// Its address of the public origin.
    pub public: String,
    /// Its address of the agency's own name.
    pub own: String,
    /// Its address of the embed origin.
    pub embed: String,
    _process: Process,
}

impl Edge {
    /// Starts it on three ports: the public origin, the agency's own name, the embed origin.
    pub fn start(demo: &Demo, home: &Path, ports: [u16; 3]) -> anyhow::Result<Self> {
        fs::create_dir_all(home)?;
        let [public, own, embed] = ports;
        fs::write(home.join("luc.conf"), NOTICE)?;
        fs::write(home.join("vang.html"), AWAY)?;
        fs::write(home.join("proxy.conf"), here(PROXY, home))?;
        fs::write(home.join("edge.conf"), servers(demo, home, ports)?)?;
        fs::write(home.join("nginx.conf"), whole(home))?;
        let mut command = Command::new(programs::on_path(&["nginx"]).context("nginx is not installed")?);
        command.arg("-p").arg(home).arg("-c").arg(home.join("nginx.conf"));
        command.arg("-e").arg(home.join("error.log"));
        let mut process = Process::start(&mut command, &home.join("nginx.log"))?;
        process
            .listens(embed)
            .with_context(|| fs::read_to_string(home.join("error.log")).unwrap_or_default())?;
        let at = |port: u16| format!("http://127.0.0.1:{port}");
        Ok(Self {
            public: at(public),
            own: at(own),
            embed: at(embed),
            _process: process,
        })
    }
}

/// The recipe's servers, on ports instead of names: the service is asked by the name that belongs to the port.
fn servers(demo: &Demo, home: &Path, [public, own, embed]: [u16; 3]) -> anyhow::Result<String> {
    let (ours, _) = EDGE.split_once(NOBODY).context("the recipe has no last server")?;
    let lines = ours
        .lines()
        .filter(|line| !line.contains("ssl_certificate") && !line.contains("server 10.0.0.12:"));
    let text = lines.collect::<Vec<_>>().join("\n");
    let text = text
        .replacen(
            LISTENS,
            &format!("listen 127.0.0.1:{public}; listen 127.0.0.1:{own};"),
            1,
        )
        .replacen(LISTENS, &format!("listen 127.0.0.1:{embed};"), 1)
        .replace("10.0.0.11:8080", &demo.node());
    let bare = |origin: String| origin.trim_start_matches("http://").to_owned();
    let names = format!(
        "map $server_port $thu_ten {{ {public} {}; {own} {}; {embed} {}; }}\n",
        bare(demo.origin("public")?),
        demo.own_name(),
        bare(demo.origin("embed")?)
    );
    let text = names + &here(&text, home);
    for example in ["listen 443", "10.0.0.", "/etc/", "$host"] {
        ensure!(
            !text.contains(example),
            "{example} of the edge's recipe was not replaced"
        );
    }
    Ok(text)
}

/// Folders and the name that is asked for, of this machine.
fn here(text: &str, home: &Path) -> String {
    let home = home.display();
    text.replace("/var/cache/nginx/", &format!("{home}/"))
        .replace("/etc/nginx/pbgdpl", &home.to_string())
        .replace("include luc.conf", &format!("include {home}/luc.conf"))
        .replace("include proxy.conf", &format!("include {home}/proxy.conf"))
        .replace("$host", "$thu_ten")
}

fn whole(home: &Path) -> String {
    let user = if is_root() { "user root;" } else { "" };
    let home = home.display();
    let folders = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .map(|name| format!("{name}_temp_path {home}/{name};"))
        .join(" ");
    format!(
        "{user} daemon off; worker_processes 1; pid {home}/pid; error_log {home}/error.log;\n\
         events {{ worker_connections 256; }}\nhttp {{\n  access_log off;\n  {folders}\n  include {home}/edge.conf;\n}}\n"
    )
}
