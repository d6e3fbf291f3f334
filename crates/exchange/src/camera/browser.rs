//! One browser from its start to its picture. It gets nothing of our environment, a folder of its own, one way out, and bounds that it
//! cannot lift; it is killed with all it started, also where nobody waits for the picture any more.

use std::ffi::OsString;
use std::fs::File;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process_group};
use tempfile::TempDir;
use tokio::io::AsyncReadExt;
use tokio::process::{Child, Command};
use tokio::time::{sleep, timeout};

use super::proxy::{Limits, Proxy};
use super::{CameraError, Exposure};
use crate::guard::Guard;

/// No core file; a gigabyte of memory for each process (`ulimit -d` counts kilobytes), 64 MiB for a file (blocks of 512 bytes); last in
/// turn for the processors. `exec`: what is killed is the browser.
const BOUNDED: &str = "ulimit -c 0; ulimit -d 1048576; ulimit -f 131072; exec nice -n 10 \"$@\"";

/// What every picture is made with; the way out, the folder and the page come besides. What a version does not know it passes over.
const SWITCHES: [&str; 37] = [
    "--headless",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--hide-scrollbars",
    "--mute-audio",
    "--force-color-profile=srgb",
    "--lang=vi",
    // Scripts get four seconds of their own clock after the page has come, and the page ten of ours.
    "--virtual-time-budget=4000",
    "--timeout=10000",
    // Nothing goes around the proxy; `trial.rs` looks whether it is so.
    "--proxy-bypass-list=<-loopback>",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
    "--disable-quic",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--dns-prefetch-disable",
    // Nothing opens besides the page, asks, or stays.
    "--block-new-web-contents",
    "--deny-permission-prompts",
    "--disable-notifications",
    "--disable-extensions",
    "--disable-component-extensions-with-background-pages",
    "--disable-default-apps",
    "--password-store=basic",
    "--use-mock-keychain",
    // The browser asks nothing of its maker.
    "--no-first-run",
    "--no-default-browser-check",
    "--no-pings",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-breakpad",
    "--disable-crash-reporter",
    "--disable-client-side-phishing-detection",
    "--disable-domain-reliability",
    "--disable-field-trial-config",
    "--disable-search-engine-choice-screen",
    "--metrics-recording-only",
    "--disable-features=AutofillServerCommunication,DialMediaRouteProvider,HttpsUpgrades,MediaRouter,OptimizationHints,Translate",
];

/// Where programs are looked for: what comes with the system.
const PATH: &str = "/usr/local/bin:/usr/bin:/bin";
/// Beginning of the name of a browser's folder.
const FOLDER: &str = "pbgdpl-anh-";
/// Its picture, and what it complained of.
const FILES: (&str, &str) = ("anh.png", "loi.txt");
/// How often the picture is looked for: some browsers do not end by themselves when it is there.
const LOOK: Duration = Duration::from_millis(100);
/// What is kept of what a browser says, in bytes.
const SAID_MOST: u64 = 400;
/// The largest picture, in bytes.
const LARGEST: u64 = 16 * 1024 * 1024;
/// How a PNG file begins and ends.
const PNG: (&[u8], &[u8]) = (b"\x89PNG\r\n\x1a\n", b"\0\0\0\0IEND\xaeB`\x82");

/// A browser program, and what a picture may take.
#[derive(Debug)]
pub(super) struct Browser {
    pub program: PathBuf,
    pub sandbox: bool,
    pub exposure: Exposure,
}

impl Browser {
    /// The picture of a page, as PNG. What the page asks for goes by the guard.
    pub(super) async fn shoot(&self, url: &str, guard: Guard) -> Result<Vec<u8>, CameraError> {
        let limits = Limits {
            connections: self.exposure.connections,
            bytes: self.exposure.bytes,
        };
        let proxy = Proxy::open(guard, limits).await.map_err(CameraError::Absent)?;
        let way_out = proxy.address().map_err(CameraError::Absent)?;
        tokio::select! {
            never = proxy.serve() => match never {},
            picture = self.run(url, way_out) => picture,
        }
    }

    async fn run(&self, url: &str, way_out: SocketAddr) -> Result<Vec<u8>, CameraError> {
        let folder = tempfile::Builder::new()
            .prefix(FOLDER)
            .tempdir()
            .map_err(CameraError::Absent)?;
        let (picture, said) = (folder.path().join(FILES.0), folder.path().join(FILES.1));
        let complaints = File::create(&said).map_err(CameraError::Absent)?;
        let mut child = Command::new("/bin/sh")
            .args(["-c", BOUNDED, "sh"])
            .arg(&self.program)
            .args(SWITCHES)
            .args(self.more(folder.path(), &picture, way_out))
            .arg(url)
            .env_clear()
            .env("PATH", PATH)
            .env("HOME", folder.path())
            .env("TMPDIR", folder.path())
            .env("TZ", "Asia/Ho_Chi_Minh")
            .current_dir(folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(complaints)
            .process_group(0)
            .kill_on_drop(true)
            .spawn()
            .map_err(CameraError::Absent)?;
        let group = Group::of(&child);
        let taken = timeout(self.exposure.work, taken(&mut child, &picture)).await;
        drop(group);
        // It is dead, or ended before.
        let _ = child.wait().await;
        let taken = match taken {
            Ok(Err(CameraError::Ended(status, _))) => Err(CameraError::Ended(status, words(&said).await)),
            Ok(taken) => taken,
            Err(_) => Err(CameraError::Late),
        };
        let _ = tokio::task::spawn_blocking(move || forget(&folder)).await;
        taken
    }

    fn more(&self, folder: &Path, picture: &Path, way_out: SocketAddr) -> Vec<OsString> {
        let with = |switch: &str, path: &Path| {
            let mut word = OsString::from(switch);
            word.push(path);
            word
        };
        let mut more = vec![
            OsString::from(format!("--proxy-server=http://{way_out}")),
            OsString::from(format!(
                "--window-size={},{}",
                self.exposure.width, self.exposure.height
            )),
            with("--user-data-dir=", &folder.join("nguoi-dung")),
            with("--screenshot=", picture),
        ];
        if !self.sandbox {
            more.push(OsString::from("--no-sandbox"));
        }
        more
    }
}

/// The browser and all it started.
struct Group(Option<Pid>);

impl Group {
    fn of(child: &Child) -> Self {
        let id = child.id().and_then(|id| i32::try_from(id).ok());
        Self(id.and_then(Pid::from_raw))
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        if let Some(leader) = self.0 {
            // All of it may be gone already.
            let _ = kill_process_group(leader, Signal::KILL);
        }
    }
}

/// Waits for a whole picture, or for the browser's end.
async fn taken(child: &mut Child, picture: &Path) -> Result<Vec<u8>, CameraError> {
    loop {
        tokio::select! {
            ended = child.wait() => {
                let status = ended.map_err(CameraError::Absent)?;
                return match whole(picture).await? {
                    Some(png) => Ok(png),
                    None if status.success() => Err(CameraError::Blank),
                    None => Err(CameraError::Ended(status, String::new())),
                };
            }
            () = sleep(LOOK) => {
                if let Some(png) = whole(picture).await? {
                    return Ok(png);
                }
            }
        }
    }
}

/// The picture, once it is written to its end. The folder is the browser's: what lies there need not be a file.
async fn whole(picture: &Path) -> Result<Option<Vec<u8>>, CameraError> {
    let Ok(known) = tokio::fs::symlink_metadata(picture).await else {
        return Ok(None);
    };
    if !known.is_file() || known.len() > LARGEST {
        return Err(CameraError::Blank);
    }
    let Ok(png) = tokio::fs::read(picture).await else {
        return Ok(None);
    };
    Ok((png.starts_with(PNG.0) && png.ends_with(PNG.1)).then_some(png))
}

/// The first words of a complaint.
async fn words(said: &Path) -> String {
    let mut words = Vec::new();
    if let Ok(file) = tokio::fs::File::open(said).await {
        // What cannot be read is not said.
        let _ = file.take(SAID_MOST).read_to_end(&mut words).await;
    }
    String::from_utf8_lossy(&words).trim().to_owned()
}

/// Removes the folder of a browser; what is dying may still write for a moment.
fn forget(folder: &TempDir) {
    for _ in 0..10 {
        if std::fs::remove_dir_all(folder.path()).is_ok() {
            return;
        }
        std::thread::sleep(LOOK);
    }
}
