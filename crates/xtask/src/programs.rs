//! Where the programs of others are: PostgreSQL's server programs, Redis, Chromium and its driver.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The oldest PostgreSQL the platform promises to run on.
const OLDEST_POSTGRES: u32 = 15;

/// Returns the directory with `initdb`, `pg_ctl` and `psql` of the newest PostgreSQL server on this machine.
#[must_use]
pub fn postgres() -> Option<PathBuf> {
    let mut found: Vec<(u32, PathBuf)> = Vec::new();
    for (root, prefix) in [("/usr/lib/postgresql", ""), ("/usr", "pgsql-")] {
        for entry in std::fs::read_dir(root).into_iter().flatten().flatten() {
            let name = entry.file_name();
            let version = name
                .to_str()
                .and_then(|n| n.strip_prefix(prefix))
                .and_then(|n| n.parse().ok());
            if let Some(version) = version.filter(|v| *v >= OLDEST_POSTGRES) {
                found.push((version, entry.path().join("bin")));
            }
        }
    }
    found.sort();
    found
        .into_iter()
        .rev()
        .map(|(_, bin)| bin)
        .chain(on_path(&["initdb"]).and_then(|p| p.parent().map(Path::to_owned)))
        .find(|bin| {
            ["initdb", "pg_ctl", "postgres", "psql"]
                .iter()
                .all(|p| bin.join(p).exists())
        })
}

/// Returns the Redis server program; Valkey is the same thing for us.
#[must_use]
pub fn redis() -> Option<PathBuf> {
    on_path(&["redis-server", "valkey-server"])
}

/// Returns the browser.
#[must_use]
pub fn chromium() -> Option<PathBuf> {
    on_path(&[
        "chromium",
        "chromium-browser",
        "google-chrome-stable",
        "google-chrome",
    ])
    .or_else(|| existing("/usr/lib64/chromium-browser/chromium-browser"))
}

/// Returns the WebDriver server of the browser.
#[must_use]
pub fn chromedriver() -> Option<PathBuf> {
    on_path(&["chromedriver"])
        .or_else(|| existing("/usr/lib/chromium/chromedriver"))
        .or_else(|| existing("/usr/lib/chromium-browser/chromedriver"))
}

/// Returns Firefox.
#[must_use]
pub fn firefox() -> Option<PathBuf> {
    on_path(&["firefox-esr", "firefox"])
}

/// Returns the browser that WebKitGTK's WebDriver server drives.
#[must_use]
pub fn mini_browser() -> Option<PathBuf> {
    let roots = [
        "/usr/lib/x86_64-linux-gnu",
        "/usr/lib/aarch64-linux-gnu",
        "/usr/lib64",
        "/usr/libexec",
        "/usr/lib",
    ];
    let folders = ["webkit2gtk-4.1", "webkitgtk-6.0", "webkit2gtk-4.0"];
    let mut places = roots
        .iter()
        .flat_map(|root| folders.iter().map(move |folder| (root, folder)));
    places.find_map(|(root, folder)| existing(&format!("{root}/{folder}/MiniBrowser")))
}

/// Returns where WordPress is installed.
#[must_use]
pub fn wordpress() -> Option<PathBuf> {
    let places = ["/usr/share/wordpress", "/usr/share/webapps/wordpress"];
    places
        .iter()
        .map(PathBuf::from)
        .find(|place| place.join("wp-load.php").is_file())
}

/// Returns the mail server that letters of the tests are spoken to.
#[must_use]
pub fn aiosmtpd() -> Option<PathBuf> {
    on_path(&["aiosmtpd"])
}

/// Returns the log server that logs of the tests are sent to.
#[must_use]
pub fn rsyslogd() -> Option<PathBuf> {
    on_path(&["rsyslogd"])
}

/// Returns LibreOffice, where both Calc and Writer are installed.
#[must_use]
pub fn office() -> Option<PathBuf> {
    let program = on_path(&["soffice", "libreoffice"])?;
    let parts = std::fs::canonicalize(&program).ok()?.parent()?.to_owned();
    let has = |part: &str| parts.join(part).exists();
    (has("libsclo.so") && has("libswlo.so")).then_some(program)
}

/// Says whether there is a Python (3.10 or newer) that can make environments with a pip of their own.
#[must_use]
pub fn python() -> bool {
    let asked = "import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 10))";
    let told = on_path(&["python3"]).map(|python| Command::new(python).args(["-c", asked]).output());
    told.is_some_and(|told| told.is_ok_and(|told| told.status.success()))
}

/// Returns the first of these programs that is on the path, or where administrators' programs are.
#[must_use]
pub fn on_path(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut directories: Vec<PathBuf> = std::env::split_paths(&path).collect();
    directories.extend(["/usr/sbin", "/usr/local/sbin", "/sbin"].map(PathBuf::from));
    names
        .iter()
        .find_map(|name| directories.iter().map(|d| d.join(name)).find(|p| p.is_file()))
}

fn existing(path: &str) -> Option<PathBuf> {
    Some(PathBuf::from(path)).filter(|p| p.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_is_there_and_nothing_else() {
        assert!(on_path(&["no-such-program", "sh"]).is_some());
        assert!(on_path(&["no-such-program"]).is_none());
    }
}
