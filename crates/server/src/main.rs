//! The program `pbgdpl`: command line and wiring only.

mod cli;
mod command;
mod demo;
mod listen;
mod metrics;
mod screen;
mod stop;
mod wiring;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
