//! `pbgdpl check`: whether the settings can be read, and whether what they name beside the database starts.

use std::path::Path;
use std::process::ExitCode;

use crate::{screen, wiring};

/// Options of `check`.
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Checks and says what was found.
///
/// # Errors
/// Where the settings cannot be used, or the PDF worker does not make a file.
pub async fn run(config: Option<&Path>, _: Args) -> anyhow::Result<ExitCode> {
    let settings = wiring::settings(config)?;
    screen::say("Cấu hình đọc được.");
    let Some(press) = wiring::press(&settings) else {
        screen::say("Tệp PDF: không đặt paper.worker, các trang không có bản PDF.");
        return Ok(ExitCode::SUCCESS);
    };
    let tried = press.try_out().await;
    tried.map_err(|error| anyhow::anyhow!("paper.worker không lập được tệp PDF thử: {error}"))?;
    screen::say("Tệp PDF: paper.worker chạy được.");
    Ok(ExitCode::SUCCESS)
}
