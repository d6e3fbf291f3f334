//! The built program bounds itself before it reads anything.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

#[test]
fn a_worker_bounds_itself() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_pbgdpl-paper"))
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let path = format!("/proc/{}/limits", child.id());
    let bounded = |limits: &str| {
        let soft = |name: &str| {
            let line = limits.lines().find_map(|line| line.strip_prefix(name));
            line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok())
        };
        soft("Max address space").is_some_and(|most| most <= 1536 * 1024 * 1024)
            && soft("Max cpu time").is_some_and(|most| most <= 25)
            && soft("Max core file size") == Some(0)
    };
    let started = Instant::now();
    let mut limits = String::new();
    while !bounded(&limits) && started.elapsed() < Duration::from_secs(10) {
        std::thread::sleep(Duration::from_millis(20));
        limits = std::fs::read_to_string(&path).unwrap();
    }
    drop(child.stdin.take());
    let status = child.wait().unwrap();
    assert!(bounded(&limits), "{limits}");
    assert_eq!(status.code(), Some(2), "nothing is no document");
}
