//! `pbgdpl audit export`: the entries of a period, as they come.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context;
use pbgdpl_model::clock::SystemClock;
use pbgdpl_province::oversight::export::{self, begin};
use tokio::sync::mpsc;

use super::aside::Aside;
use super::{Format, Period};
use crate::wiring::{self, House};

/// Pieces that wait for the file.
const WAITING: usize = 4;

pub(super) async fn run(
    config: Option<&Path>,
    period: &Period,
    format: Format,
    out: Option<PathBuf>,
) -> anyhow::Result<ExitCode> {
    let settings = wiring::settings(config)?;
    wiring::refuse_old_schema(&settings).await?;
    let house = House::open(&settings, Arc::new(SystemClock)).await?;
    let format = match format {
        Format::Csv => export::Format::Csv,
        Format::Jsonl => export::Format::JsonLines,
    };
    let asked = period.asked(&house)?;
    let taken = begin(&house.province, &house.province_ctx(), asked, format).await?;
    let (send, pieces) = mpsc::channel(WAITING);
    let writing = tokio::spawn(taken.run(send));
    match &out {
        Some(file) => {
            let aside = Aside::begin(file)?;
            write(pieces, &aside.file).await?;
            // Only what came to its end in order is whole.
            writing.await?;
            aside.keep()?;
        }
        None => {
            write(pieces, std::io::stdout()).await?;
            writing.await?;
        }
    }
    house.database.clone().close().await;
    Ok(ExitCode::SUCCESS)
}

/// Writes what comes, piece after piece. A reader that left (`| head`) is no fault.
pub(super) async fn write(
    mut pieces: mpsc::Receiver<Result<bytes::Bytes, pbgdpl_province::Error>>,
    mut to: impl Write,
) -> anyhow::Result<()> {
    while let Some(piece) = pieces.recv().await {
        match to.write_all(&piece?) {
            Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => return Ok(()),
            written => written.context("không ghi được")?,
        }
    }
    Ok(to.flush()?)
}
