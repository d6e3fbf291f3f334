//! Times and processor times of pieces of work: of this process, and of the database that works for it.

use std::io::Write;
use std::time::Instant;

use anyhow::{Context, ensure};
use pbgdpl_xtask::cpu::cpu_seconds;

use crate::place::Place;

/// What was measured so far.
pub struct Tally {
    processes: [u32; 2],
    lines: Vec<(String, f64)>,
}

impl Tally {
    /// Nothing yet.
    pub fn of(place: &Place) -> Self {
        Self {
            processes: [std::process::id(), place.postmaster],
            lines: Vec::new(),
        }
    }

    /// One piece of work, once: `NAME` is its time, `NAME_cpu` what it cost.
    ///
    /// # Errors
    /// Of the work.
    pub async fn once<T>(
        &mut self,
        name: &str,
        work: impl Future<Output = anyhow::Result<T>>,
    ) -> anyhow::Result<T> {
        let before = cpu_seconds(&self.processes)?;
        let started = Instant::now();
        let done = work.await.context(name.to_owned())?;
        let (time, cpu) = (
            started.elapsed().as_secs_f64(),
            cpu_seconds(&self.processes)? - before,
        );
        self.note(name, time);
        self.note(&format!("{name}_cpu"), cpu);
        Ok(done)
    }

    /// One piece of work so many times: `NAME_p50`, `NAME_p95`, `NAME_cpu` each.
    ///
    /// # Errors
    /// Of the work.
    pub async fn often(
        &mut self,
        name: &str,
        times: usize,
        mut work: impl AsyncFnMut(usize) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        let before = cpu_seconds(&self.processes)?;
        let mut taken = Vec::new();
        for number in 0..times {
            let started = Instant::now();
            work(number).await.context(name.to_owned())?;
            taken.push(started.elapsed().as_secs_f64());
        }
        let cpu = cpu_seconds(&self.processes)? - before;
        taken.sort_by(f64::total_cmp);
        for percent in [50, 95] {
            let at = (times * percent).div_ceil(100).saturating_sub(1);
            self.note(&format!("{name}_p{percent}"), *taken.get(at).context("no time")?);
        }
        let times = u32::try_from(times)?;
        self.note(&format!("{name}_cpu"), cpu / f64::from(times));
        Ok(())
    }

    /// A number that was found another way.
    pub fn note(&mut self, name: &str, value: f64) {
        self.lines.push((name.to_owned(), value));
    }

    /// Prints what was measured, one line each.
    ///
    /// # Errors
    /// When nothing was, or nobody reads it.
    pub fn print(&self) -> anyhow::Result<()> {
        ensure!(!self.lines.is_empty(), "nothing was measured");
        for (name, value) in &self.lines {
            Self::say(&format!("{name} {value}"))?;
        }
        Ok(())
    }

    /// One line to whoever started us.
    ///
    /// # Errors
    /// When nobody reads it.
    pub fn say(line: &str) -> anyhow::Result<()> {
        writeln!(std::io::stdout(), "{line}")?;
        Ok(())
    }
}
