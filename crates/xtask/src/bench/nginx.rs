//! nginx with one worker, serving one file: what every cost is compared with.

use std::fs;
use std::net::TcpStream;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use anyhow::{Context, bail};
use pbgdpl_xtask::programs;
use pbgdpl_xtask::servers::port::on_free_port;
use pbgdpl_xtask::servers::scratch::is_root;
use pbgdpl_xtask::servers::watchdog::Watchdog;

/// A running nginx; stopped when dropped, or when this process ends.
pub struct Nginx {
    /// Host and port.
    pub address: String,
    files: PathBuf,
    process: Child,
    /// Ends the worker together with the master.
    _watchdog: Watchdog,
}

impl Nginx {
    /// Serves these bytes as `/page.html`.
    pub fn start(folder: &Path, page: &[u8]) -> anyhow::Result<Self> {
        let program = programs::on_path(&["nginx"]).context("nginx is not installed")?;
        let home = folder.join("nginx");
        fs::create_dir_all(home.join("files"))?;
        fs::write(home.join("files/page.html"), page)?;
        on_free_port(|port| {
            fs::write(home.join("nginx.conf"), configuration(&home, port))?;
            let mut process = Command::new(&program)
                .arg("-p")
                .arg(&home)
                .arg("-c")
                .arg(home.join("nginx.conf"))
                .arg("-e")
                .arg(home.join("error.log"))
                .stdin(Stdio::null())
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .process_group(0)
                .spawn()
                .context("nginx")?;
            let watchdog = Watchdog::for_group(process.id())?;
            for _ in 0..100 {
                if let Some(status) = process.try_wait()? {
                    watchdog.calm();
                    bail!("nginx ended at once ({status})");
                }
                if TcpStream::connect(("127.0.0.1", port)).is_ok() {
                    return Ok(Self {
                        address: format!("127.0.0.1:{port}"),
                        files: home.join("files"),
                        process,
                        _watchdog: watchdog,
                    });
                }
                sleep(Duration::from_millis(50));
            }
            bail!("nginx does not answer on port {port}")
        })
    }

    /// Serves these bytes under another name too.
    pub fn serve(&self, name: &str, page: &[u8]) -> anyhow::Result<()> {
        fs::write(self.files.join(name), page).with_context(|| name.to_owned())
    }

    /// The number of the master process; the worker is its child.
    pub fn process(&self) -> u32 {
        self.process.id()
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        // An end that lets the master end its worker.
        let id = self.process.id().to_string();
        Command::new("kill").args(["-s", "TERM", &id]).status().ok();
        self.process.wait().ok();
    }
}

fn configuration(home: &Path, port: u16) -> String {
    let home = home.display();
    // A worker under another user could not read a private folder.
    let user = if is_root() { "user root;" } else { "" };
    format!(
        "{user} daemon off; worker_processes 1; pid {home}/pid; error_log {home}/error.log;
events {{ worker_connections 256; }}
http {{
  access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000; types {{ text/html html; }}
  client_body_temp_path {home}/body; proxy_temp_path {home}/proxy; fastcgi_temp_path {home}/fastcgi;
  uwsgi_temp_path {home}/uwsgi; scgi_temp_path {home}/scgi;
  server {{ listen 127.0.0.1:{port}; root {home}/files; }}
}}
"
    )
}
