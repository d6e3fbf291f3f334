//! Chores of the house: `cargo xtask test · lint · bench · campaign`.
#![expect(clippy::print_stdout, reason = "a command line speaks on standard output")]

use std::process::ExitCode;

use clap::{Parser, Subcommand};

mod bench;
mod campaign;
mod embed;
mod lint;
mod open;
mod paper;
mod steps;
mod test;

/// Chores of the house.
#[derive(Parser)]
#[command(name = "cargo xtask", version)]
struct Arguments {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Installs what is missing, starts private servers, runs every test on both databases.
    Test {
        /// What cargo test is given instead of `--workspace --no-fail-fast`: `-p pbgdpl-store`, or `-- a_name`.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        only: Vec<String>,
    },
    /// Checks formatting, lints, and the promises about dependencies.
    Lint,
    /// Measures the budgets against nginx with the same bytes; PBGDPL_BENCH_BINARY names a ready program.
    Bench {
        /// Only this one.
        only: Option<bench::Bench>,
    },
    /// Long runs, of which the tests run a short cut.
    Campaign {
        /// Only this one.
        only: Option<campaign::Campaign>,
    },
}

fn main() -> ExitCode {
    let mut steps = steps::Steps::default();
    let done = match Arguments::parse().chore {
        Chore::Test { only } => test::run_tests(&mut steps, &only),
        Chore::Lint => lint::run_lints(&mut steps),
        Chore::Bench { only } => bench::run_benches(&mut steps, only),
        Chore::Campaign { only } => campaign::run_campaigns(&mut steps, only),
    };
    println!("\n{}", steps.table());
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
