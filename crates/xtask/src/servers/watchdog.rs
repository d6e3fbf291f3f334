//! The watchdog: a shell that stops a server when its starter is gone, however the starter ended.
//!
//! It waits for the end of a pipe whose only writing end we hold. The kernel closes that end on drop, on exit (statics are
//! never dropped), on Ctrl-C and on `kill -9` alike, so there is one way to stop and no signal handler.

use std::io::{self, Write};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// Stops a server and removes its directory when dropped, or when this process ends.
#[derive(Debug)]
pub struct Watchdog {
    shell: Child,
}

/// Waits for "calm" or for the end of the pipe; only the latter bites. $1 is the directory ('' for none), the rest the bite.
const LOYALTY: &str = r#"
read -r word
[ "$word" = calm ] && exit 0
directory=$1; shift
"$@"
[ -n "$directory" ] && rm -rf -- "$directory"
exit 0
"#;

/// Ends a process and the children it has (chromedriver leaves its browsers running otherwise).
const END_WITH_CHILDREN: &str = r#"
children=$(cat /proc/"$1"/task/*/children 2>/dev/null)
kill -TERM "$1" $children 2>/dev/null
for turn in 1 2 3 4 5 6 7 8 9 10; do
  kill -0 "$1" 2>/dev/null || exit 0
  sleep 0.1
done
kill -KILL "$1" $children 2>/dev/null
"#;

impl Watchdog {
    /// Runs `bite` (a program with its arguments) when the time has come, then removes `directory`.
    ///
    /// # Errors
    /// When there is no shell.
    pub fn new(directory: Option<&Path>, bite: &[&str]) -> io::Result<Self> {
        let shell = Command::new("/bin/sh")
            .args(["-c", LOYALTY, "watchdog"])
            .arg(directory.unwrap_or(Path::new("")))
            .args(bite)
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()?;
        Ok(Self { shell })
    }

    /// Ends the process with this number and its children.
    ///
    /// # Errors
    /// When there is no shell.
    pub fn for_process(directory: Option<&Path>, id: u32) -> io::Result<Self> {
        Self::new(
            directory,
            &["/bin/sh", "-c", END_WITH_CHILDREN, "end", &id.to_string()],
        )
    }

    /// Ends the whole process group with this number.
    ///
    /// # Errors
    /// When there is no shell.
    pub fn for_group(id: u32) -> io::Result<Self> {
        // `-TERM --` is not understood by every shell.
        Self::new(None, &["kill", "-s", "TERM", "--", &format!("-{id}")])
    }

    /// Sends the dog home without biting: what it watched has ended by itself, and its number may belong to another by now.
    pub fn calm(mut self) {
        if let Some(pipe) = self.shell.stdin.as_mut() {
            pipe.write_all(b"calm\n").ok();
        }
    }
}

impl Drop for Watchdog {
    fn drop(&mut self) {
        drop(self.shell.stdin.take());
        self.shell.wait().ok();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dropping_bites_and_cleans_up() {
        let home = tempfile::tempdir().unwrap();
        let directory = home.path().join("server");
        let mark = home.path().join("bitten");
        std::fs::create_dir(&directory).unwrap();
        drop(Watchdog::new(Some(&directory), &["touch", mark.to_str().unwrap()]).unwrap());
        assert!(mark.exists() && !directory.exists());
    }

    #[test]
    fn calm_does_not_bite() {
        let home = tempfile::tempdir().unwrap();
        let mark = home.path().join("bitten");
        Watchdog::new(Some(home.path()), &["touch", mark.to_str().unwrap()])
            .unwrap()
            .calm();
        assert!(home.path().exists() && !mark.exists());
    }

    #[test]
    fn a_watched_group_ends() {
        let mut group = Command::new("sleep").arg("72").process_group(0).spawn().unwrap();
        drop(Watchdog::for_group(group.id()).unwrap());
        assert!(!group.wait().unwrap().success());
    }

    #[test]
    fn a_watched_process_and_its_child_end() {
        let mut parent = Command::new("/bin/sh")
            .args(["-c", "sleep 71 & wait"])
            .spawn()
            .unwrap();
        std::thread::sleep(std::time::Duration::from_millis(300));
        let children = std::fs::read_to_string(format!("/proc/{0}/task/{0}/children", parent.id()));
        drop(Watchdog::for_process(None, parent.id()).unwrap());
        parent.wait().unwrap();
        if let Some(child) = children.ok().and_then(|c| c.trim().parse::<u32>().ok()) {
            assert!(!std::path::Path::new(&format!("/proc/{child}/exe")).exists());
        }
    }
}
