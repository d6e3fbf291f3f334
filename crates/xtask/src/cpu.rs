//! The processor time that processes spent, as the kernel tells it.

use std::fs;

use anyhow::Context;

/// The kernel tells times in hundredths of a second, whatever its own clock is (proc(5), `USER_HZ`).
const TICKS: f64 = 100.0;

/// User and system time of processes with their children, all threads; children of children are not counted before they end.
///
/// # Errors
/// When `/proc` has another form, or a process is not there.
pub fn cpu_seconds(processes: &[u32]) -> anyhow::Result<f64> {
    let mut ticks = 0.0;
    for process in processes {
        let children = fs::read_to_string(format!("/proc/{process}/task/{process}/children"))?;
        for id in std::iter::once(process.to_string()).chain(children.split_whitespace().map(str::to_owned)) {
            match fs::read_to_string(format!("/proc/{id}/stat")) {
                Ok(stat) => ticks += own_ticks(&stat)?,
                // It ended since: its time is its parent's by the next reading.
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
                Err(error) => return Err(error.into()),
            }
        }
    }
    Ok(ticks / TICKS)
}

/// Fields 14 to 17 of proc(5) `stat`: its own time and that of children which ended, so that none is lost with a connection
/// that the pool closes. The name before them may hold spaces.
fn own_ticks(stat: &str) -> anyhow::Result<f64> {
    let fields = stat.rsplit_once(") ").context("stat has another form")?.1;
    let times: Vec<f64> = fields
        .split(' ')
        .skip(11)
        .take(4)
        .map(str::parse)
        .collect::<Result<_, _>>()?;
    Ok(times.iter().sum())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_behind_a_name_with_spaces() {
        let stat = "7 (a b) c) S 1 7 7 0 -1 4 9 0 0 0 30 12 5 3 20 0 1 0 5";
        assert_eq!(own_ticks(stat).unwrap(), 50.0);
    }
}
