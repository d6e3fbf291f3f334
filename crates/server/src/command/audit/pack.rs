//! `pbgdpl audit pack`: the evidence pack of an inspection period.

use std::fs::File;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::bail;
use pbgdpl_model::clock::SystemClock;
use pbgdpl_province::oversight::pack::{begin, verify::verify};
use tokio::sync::mpsc;

use super::Period;
use super::aside::Aside;
use super::export::write;
use crate::screen;
use crate::wiring::{self, House};

pub(super) async fn run(
    config: Option<&Path>,
    period: &Period,
    out: &Path,
    json: bool,
) -> anyhow::Result<ExitCode> {
    let settings = wiring::settings(config)?;
    wiring::refuse_old_schema(&settings).await?;
    let house = House::open(&settings, Arc::new(SystemClock)).await?;
    let asked = period.asked(&house)?;
    let aside = Aside::begin(out)?;
    let pack = begin(&house.province, &house.province_ctx(), asked).await?;
    let (send, pieces) = mpsc::channel(4);
    let bar = screen::bar(0, "Lập gói");
    let making = tokio::spawn({
        let bar = bar.clone();
        async move {
            let mut tell = |done, total| {
                bar.set_length(u64::try_from(total).unwrap_or(0));
                bar.set_position(u64::try_from(done).unwrap_or(0));
            };
            pack.run(send, &mut tell).await;
        }
    });
    let written = write(pieces, &aside.file).await;
    making.await?;
    bar.finish_and_clear();
    written?;
    aside.keep()?;
    house.database.clone().close().await;
    let made = verify(File::open(out)?, None)?;
    if json {
        screen::say_json(&super::pack_verify::as_json(&made))?;
    } else {
        screen::say(format!(
            "Đã lập {}: {} tệp, {} mục nhật ký.",
            out.display(),
            made.files,
            made.entries
        ));
        screen::say(format!("SHA-256 của gói (ghi vào biên bản): {}", made.sha256));
    }
    if !made.is_whole() {
        if json {
            return Ok(ExitCode::FAILURE);
        }
        for fault in &made.faults {
            screen::say(fault.words());
        }
        bail!("gói đã lập nhưng dữ liệu trong hệ thống có chỗ không khớp, nêu ở trên");
    }
    Ok(ExitCode::SUCCESS)
}
