//! The steps of a chore, each with its time.

use std::fmt::Write;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use pbgdpl_xtask::servers::watchdog::Watchdog;

/// What was done so far.
#[derive(Default)]
pub struct Steps {
    done: Vec<(&'static str, Duration, bool)>,
}

impl Steps {
    /// Does one step and notes its time.
    pub fn step<T>(
        &mut self,
        name: &'static str,
        work: impl FnOnce() -> anyhow::Result<T>,
    ) -> anyhow::Result<T> {
        println!("== {name}");
        let started = Instant::now();
        let outcome = work();
        self.done.push((name, started.elapsed(), outcome.is_ok()));
        outcome.context(name)
    }

    /// Writes the steps as a markdown table.
    pub fn table(&self) -> String {
        let mut text = String::from("| step | seconds | |\n|---|---:|---|\n");
        for (name, time, ok) in &self.done {
            let verdict = if *ok { "ok" } else { "**failed**" };
            writeln!(text, "| {name} | {:.1} | {verdict} |", time.as_secs_f64()).ok();
        }
        let total: Duration = self.done.iter().map(|(_, time, _)| *time).sum();
        writeln!(text, "| total | {:.1} | |", total.as_secs_f64()).ok();
        text
    }
}

/// A cargo command: the cargo that runs us.
pub fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments);
    command
}

/// Runs a command to its end. It has a process group of its own, which ends when we are interrupted or killed.
pub fn run(command: &mut Command) -> anyhow::Result<()> {
    let mut child = command
        .stdin(Stdio::null())
        .process_group(0)
        .spawn()
        .with_context(|| said(command))?;
    let watchdog = Watchdog::for_group(child.id())?;
    let status = child.wait()?;
    watchdog.calm();
    if !status.success() {
        bail!("{} ({status})", said(command));
    }
    Ok(())
}

fn said(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name();
    let words = command.get_args().map(|word| word.to_string_lossy());
    program
        .map(|program| program.to_string_lossy())
        .into_iter()
        .chain(words)
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failing_step_is_in_the_table() {
        let mut steps = Steps::default();
        steps.step("easy", || Ok(())).unwrap();
        steps
            .step("hard", || run(&mut Command::new("false")))
            .unwrap_err();
        let table = steps.table();
        assert!(table.contains("| easy |") && table.contains("| hard |") && table.contains("**failed**"));
    }
}
