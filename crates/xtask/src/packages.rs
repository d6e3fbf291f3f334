//! Installing what a test run lacks, with the system's own package manager.

use std::fmt;
use std::process::Command;

use anyhow::{Context, bail};

use crate::programs;
use crate::servers::scratch::is_root;

/// Something of the machine that the tests or the benches need.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// PostgreSQL's server programs.
    Postgres,
    /// A Redis server.
    Redis,
    /// A browser, its driver, and letters to write Vietnamese with.
    Chromium,
    /// A mail server.
    Smtp,
    /// A log server.
    Syslog,
    /// What the benches compare with.
    Nginx,
    /// What loads a server in the benches.
    Wrk,
    /// What reads PDF files in a campaign.
    Poppler,
    /// What opens workbooks and Word files in a campaign.
    Office,
    /// A second browser engine.
    Firefox,
    /// A third one, its driver, and a screen that nobody sees.
    WebKit,
    /// Sites that embed the section: WordPress, PHP, a database, and what fetches the static pack.
    WordPress,
    /// What runs the peers of the open interfaces.
    Python,
}

impl Need {
    /// Everything that tests need, in the order it is installed.
    pub const ALL: [Self; 5] = [
        Self::Postgres,
        Self::Redis,
        Self::Chromium,
        Self::Smtp,
        Self::Syslog,
    ];

    /// Says whether the machine has it.
    #[must_use]
    pub fn is_met(self) -> bool {
        match self {
            Self::Postgres => programs::postgres().is_some(),
            Self::Redis => programs::redis().is_some(),
            Self::Chromium => programs::chromium().is_some() && programs::chromedriver().is_some(),
            Self::Smtp => programs::aiosmtpd().is_some(),
            Self::Syslog => programs::rsyslogd().is_some(),
            Self::Nginx => programs::on_path(&["nginx"]).is_some(),
            Self::Wrk => programs::on_path(&["wrk"]).is_some(),
            Self::Poppler => programs::on_path(&["pdftotext"]).is_some(),
            // Without its parts the program starts and converts nothing.
            Self::Office => programs::office().is_some(),
            Self::Firefox => programs::firefox().is_some(),
            Self::WebKit => {
                let has = |name| programs::on_path(&[name]).is_some();
                programs::mini_browser().is_some() && has("WebKitWebDriver") && has("Xvfb")
            }
            Self::WordPress => {
                let has = |name| programs::on_path(&[name]).is_some();
                let rest = ["php", "mariadbd", "mariadb-install-db", "curl", "unzip"];
                programs::wordpress().is_some() && rest.into_iter().all(has)
            }
            Self::Python => programs::python(),
        }
    }
}

impl fmt::Display for Need {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Postgres => "PostgreSQL server (15 or newer)",
            Self::Redis => "Redis server",
            Self::Chromium => "Chromium and chromedriver",
            Self::Smtp => "aiosmtpd",
            Self::Syslog => "rsyslog with its OpenSSL driver",
            Self::Nginx => "nginx",
            Self::Wrk => "wrk",
            Self::Poppler => "pdftotext",
            Self::Office => "LibreOffice Calc and Writer",
            Self::Firefox => "Firefox",
            Self::WebKit => "WebKitGTK with its WebDriver server, and Xvfb",
            Self::WordPress => "WordPress, PHP, MariaDB, curl and unzip",
            Self::Python => "Python 3.10 or newer with venv and pip",
        })
    }
}

/// A package manager, and how the packages are called there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PackageManager {
    /// Debian, and what follows it closely.
    Apt,
    /// Ubuntu calls its browser otherwise.
    AptUbuntu,
    /// Fedora and its family.
    Dnf,
    /// Arch.
    Pacman,
}

impl PackageManager {
    /// Returns the one of this machine.
    #[must_use]
    pub fn of_this_machine() -> Option<Self> {
        if programs::on_path(&["apt-get"]).is_some() {
            let release = std::fs::read_to_string("/etc/os-release").unwrap_or_default();
            let ubuntu = release.lines().any(|line| line == "ID=ubuntu");
            return Some(if ubuntu { Self::AptUbuntu } else { Self::Apt });
        }
        if programs::on_path(&["dnf"]).is_some() {
            return Some(Self::Dnf);
        }
        programs::on_path(&["pacman"]).map(|_| Self::Pacman)
    }

    /// Returns the packages that meet a need.
    #[must_use]
    pub fn packages(self, need: Need) -> &'static [&'static str] {
        match (self, need) {
            (Self::Apt | Self::AptUbuntu, Need::Postgres) => &["postgresql", "postgresql-contrib"],
            (Self::Apt | Self::AptUbuntu, Need::Redis) => &["redis-server"],
            (Self::Apt, Need::Chromium) => &["chromium", "chromium-driver", "fonts-liberation"],
            (Self::AptUbuntu, Need::Chromium) => {
                &["chromium-browser", "chromium-chromedriver", "fonts-liberation"]
            }
            (Self::Dnf, Need::Postgres) => &["postgresql-server", "postgresql-contrib"],
            (Self::Dnf, Need::Redis) => &["valkey"],
            (Self::Dnf, Need::Chromium) => &["chromium", "chromedriver", "liberation-sans-fonts"],
            (Self::Pacman, Need::Postgres) => &["postgresql"],
            (Self::Pacman, Need::Redis) => &["valkey"],
            (Self::Pacman, Need::Chromium) => &["chromium", "ttf-liberation"],
            (Self::Pacman, Need::Smtp) => &["python-aiosmtpd"],
            (Self::Pacman, Need::Syslog) => &["rsyslog"],
            (_, Need::Syslog) => &["rsyslog", "rsyslog-openssl"],
            (_, Need::Smtp) => &["python3-aiosmtpd"],
            (_, Need::Nginx) => &["nginx"],
            (_, Need::Wrk) => &["wrk"],
            (Self::Pacman, Need::Poppler) => &["poppler"],
            (_, Need::Poppler) => &["poppler-utils"],
            (Self::Pacman, Need::Office) => &["libreoffice-fresh", "ttf-dejavu"],
            (Self::Dnf, Need::Office) => &["libreoffice-calc", "libreoffice-writer", "dejavu-serif-fonts"],
            (Self::Apt, Need::Firefox) => &["firefox-esr"],
            (_, Need::Firefox) => &["firefox"],
            (Self::Dnf, Need::WebKit) => &["webkit2gtk4.1", "xorg-x11-server-Xvfb"],
            (Self::Pacman, Need::WebKit) => &["webkit2gtk-4.1", "xorg-server-xvfb"],
            (_, Need::WebKit) => &["webkit2gtk-driver", "xvfb"],
            (Self::Dnf, Need::WordPress) => &["wordpress", "php-cli", "mariadb-server", "curl", "unzip"],
            (Self::Pacman, Need::WordPress) => &["wordpress", "php", "mariadb", "curl", "unzip"],
            (_, Need::WordPress) => &[
                "wordpress",
                "wordpress-theme-twentytwentythree",
                "php-cli",
                "php-mysql",
                "php-curl",
                "php-mbstring",
                "php-xml",
                "mariadb-server",
                "curl",
                "unzip",
            ],
            (Self::Dnf, Need::Python) => &["python3", "python3-pip"],
            (Self::Pacman, Need::Python) => &["python", "python-pip"],
            (_, Need::Python) => &["python3", "python3-venv"],
            (_, Need::Office) => &["libreoffice-calc", "libreoffice-writer", "fonts-dejavu"],
        }
    }

    /// Returns the commands that install packages, without asking anything.
    #[must_use]
    pub fn commands(self, packages: &[&str]) -> Vec<Vec<String>> {
        let (refresh, install): (&[&str], &[&str]) = match self {
            Self::Apt | Self::AptUbuntu => (
                &["apt-get", "update", "-q"],
                &[
                    "env",
                    "DEBIAN_FRONTEND=noninteractive",
                    "apt-get",
                    "install",
                    "-y",
                    "-q",
                    "--no-install-recommends",
                ],
            ),
            Self::Dnf => (&[], &["dnf", "install", "-y"]),
            Self::Pacman => (&[], &["pacman", "-Sy", "--noconfirm", "--needed"]),
        };
        let mut commands = Vec::new();
        if !refresh.is_empty() {
            commands.push(refresh.iter().map(|&w| w.to_owned()).collect());
        }
        commands.push(install.iter().chain(packages).map(|&w| w.to_owned()).collect());
        commands
    }
}

/// Installs what the tests miss and returns it.
///
/// # Errors
/// As [`install`].
pub fn install_missing() -> anyhow::Result<Vec<Need>> {
    install(&Need::ALL)
}

/// Installs what is missing and returns it. Without root and without sudo it says what to install.
///
/// # Errors
/// When something is missing and cannot be installed; the message names it.
pub fn install(needs: &[Need]) -> anyhow::Result<Vec<Need>> {
    let missing: Vec<Need> = needs.iter().copied().filter(|need| !need.is_met()).collect();
    if missing.is_empty() {
        return Ok(missing);
    }
    let Some(manager) = PackageManager::of_this_machine() else {
        bail!("please install, and run again: {}", list(&missing));
    };
    let packages: Vec<&str> = missing
        .iter()
        .flat_map(|need| manager.packages(*need))
        .copied()
        .collect();
    let Some(raise) = way_to_root() else {
        bail!(
            "neither root nor sudo; please install these packages, and run again: {}",
            packages.join(" ")
        );
    };
    for words in manager.commands(&packages) {
        let line: Vec<&str> = raise
            .iter()
            .copied()
            .chain(words.iter().map(String::as_str))
            .collect();
        run(&line)?;
    }
    let still: Vec<Need> = missing.iter().copied().filter(|need| !need.is_met()).collect();
    if !still.is_empty() {
        bail!(
            "installed {}, but this machine still lacks: {}",
            packages.join(" "),
            list(&still)
        );
    }
    Ok(missing)
}

fn way_to_root() -> Option<&'static [&'static str]> {
    if is_root() {
        return Some(&[]);
    }
    let sudo = Command::new("sudo").args(["-n", "true"]).output();
    sudo.is_ok_and(|out| out.status.success())
        .then_some(&["sudo", "-n"])
}

/// Runs a command; its output goes to standard error, so that standard output stays ours.
fn run(line: &[&str]) -> anyhow::Result<()> {
    let (program, arguments) = line.split_first().context("an empty command")?;
    let status = Command::new(program)
        .args(arguments)
        .stdout(std::io::stderr())
        .status()
        .with_context(|| line.join(" "))?;
    if !status.success() {
        bail!("{} failed ({status})", line.join(" "));
    }
    Ok(())
}

fn list(needs: &[Need]) -> String {
    needs
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_manager_has_packages_for_every_need() {
        for manager in [
            PackageManager::Apt,
            PackageManager::AptUbuntu,
            PackageManager::Dnf,
            PackageManager::Pacman,
        ] {
            let more = [Need::Nginx, Need::Wrk, Need::Poppler, Need::Office];
            let hosts = [Need::Firefox, Need::WebKit, Need::WordPress, Need::Python];
            for need in Need::ALL.into_iter().chain(more).chain(hosts) {
                assert!(!manager.packages(need).is_empty(), "{manager:?} {need}");
            }
        }
    }

    #[test]
    fn apt_refreshes_its_lists_first_and_never_asks() {
        let commands = PackageManager::Apt.commands(&["redis-server"]);
        assert_eq!(commands[0], ["apt-get", "update", "-q"]);
        assert!(commands[1].contains(&"-y".to_owned()));
        assert_eq!(commands[1].last().unwrap(), "redis-server");
    }
}
