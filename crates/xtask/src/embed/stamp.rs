//! When and of what a table is: the day, the commit, the versions of the engines and of the hosts.

use std::fs;
use std::path::Path;
use std::process::Command;

/// What stands above a part of the table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stamp {
    /// The day of the machine, `2026-11-27`.
    pub day: String,
    /// The commit, with `-dirty` where files differed from it.
    pub commit: String,
    /// nginx, PHP, WordPress, with their versions.
    pub hosts: String,
}

impl Stamp {
    /// Of this moment. `wordpress`: the folder of the installed WordPress. What cannot be told is said to be unknown.
    pub fn now(wordpress: &Path) -> Self {
        let version = fs::read_to_string(wordpress.join("wp-includes/version.php")).unwrap_or_default();
        let wordpress = version
            .split("$wp_version = '")
            .nth(1)
            .and_then(|rest| rest.split('\'').next())
            .unwrap_or("of unknown version");
        let nginx = said("nginx", &["-v"]);
        let nginx = nginx.rsplit('/').next().unwrap_or_default();
        let nginx = nginx.split(' ').next().unwrap_or_default();
        Self {
            day: said("date", &["+%F"]),
            commit: said("git", &["describe", "--always", "--dirty", "--exclude", "*"]),
            hosts: format!(
                "nginx {nginx}, PHP {}, WordPress {wordpress}",
                said("php", &["-r", "echo PHP_VERSION;"])
            ),
        }
    }

    /// The line above a part.
    pub fn line(&self, engine: Option<&str>) -> String {
        let engine = engine.map_or_else(String::new, |engine| format!("{engine}; "));
        format!("{}, commit {}; {engine}{}.", self.day, self.commit, self.hosts)
    }
}

/// The first line that a program says, on either of its outputs.
fn said(program: &str, arguments: &[&str]) -> String {
    let done = Command::new(program).args(arguments).output();
    let said = done.map(|done| [done.stdout, done.stderr].concat());
    let said = said.unwrap_or_default();
    let line = String::from_utf8_lossy(&said)
        .lines()
        .next()
        .unwrap_or_default()
        .trim()
        .to_owned();
    if line.is_empty() { "unknown".into() } else { line }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_names_the_day_the_commit_and_the_versions() {
        let stamp = Stamp {
            day: "2026-11-27".into(),
            commit: "abc1234".into(),
            hosts: "nginx 1.22.1".into(),
        };
        assert_eq!(
            stamp.line(Some("Firefox 140.5")),
            "2026-11-27, commit abc1234; Firefox 140.5; nginx 1.22.1."
        );
        assert_eq!(stamp.line(None), "2026-11-27, commit abc1234; nginx 1.22.1.");
    }

    #[test]
    fn what_is_not_there_is_unknown() {
        assert_eq!(said("no-such-program-of-ours", &[]), "unknown");
        let folder = tempfile::tempdir().unwrap();
        let stamp = Stamp::now(folder.path());
        assert!(stamp.hosts.ends_with("WordPress of unknown version"), "{stamp:?}");
        assert_eq!(stamp.day.len(), 10, "{stamp:?}");
    }
}
