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
/// Where the settings cannot be used, the PDF worker does not make a file, or the browser no picture.
pub async fn run(config: Option<&Path>, _: Args) -> anyhow::Result<ExitCode> {
    let settings = wiring::settings(config)?;
    screen::say("Cấu hình đọc được.");
    if let Some(press) = wiring::press(&settings) {
        let tried = press.try_out().await;
        tried.map_err(|error| anyhow::anyhow!("paper.worker không lập được tệp PDF thử: {error}"))?;
        screen::say("Tệp PDF: paper.worker chạy được.");
    } else {
        screen::say("Tệp PDF: không đặt paper.worker, các trang không có bản PDF.");
    }
    if let Some(camera) = wiring::camera(&settings)? {
        let tried = camera.try_out().await;
        tried.map_err(|error| anyhow::anyhow!("estate.browser không chụp được trang thử: {error}"))?;
        screen::say("Ảnh chụp trang: estate.browser chạy được và chỉ đi qua lớp chặn.");
    } else {
        screen::say("Ảnh chụp trang: không đặt estate.browser, sổ theo dõi không có ảnh.");
    }
    Ok(ExitCode::SUCCESS)
}
