//! Recomputes the days on the due list from the ledger and copies them to the province. Idempotent, self-healing.

use std::sync::Arc;

use pbgdpl_store::machinery::due::DueDay;
use tokio_util::sync::CancellationToken;

use crate::failure::Failure;
use crate::lane::{EVERY, told_of_work};
use crate::public_figures;
use crate::work::Work;

/// Days taken at once.
const BATCH: u64 = 64;

/// Recomputes what waits, as soon as it does, until stopped.
pub(crate) async fn keep_up(work: Arc<Work>, stop: CancellationToken) {
    let mut hints = work.app.store().hints().hear();
    while !stop.is_cancelled() {
        let done = run(&work).await.unwrap_or_else(|error| {
            tracing::warn!(%error, "the due list cannot be read now");
            0
        });
        if done > 0 {
            continue;
        }
        tokio::select! {
            () = stop.cancelled() => {}
            () = tokio::time::sleep(EVERY) => {}
            () = told_of_work(&mut hints) => {}
        }
    }
}

/// Recomputes what waits; returns how many days.
pub(crate) async fn run(work: &Work) -> Result<u64, Failure> {
    let waiting = work.app.store().machinery().due_days(BATCH).await?;
    let mut rebuilt = Vec::new();
    for due in waiting {
        match rebuild(work, due).await {
            Ok(()) => rebuilt.push(due),
            Err(error) => tracing::warn!(%error, day = %due.day, "a day is not recomputed yet"),
        }
    }
    if rebuilt.is_empty() {
        return Ok(0);
    }
    // Before the days leave the list: a node that dies here does them again, and the figures with them.
    if let Err(error) = public_figures::run(work).await {
        tracing::warn!(%error, "public figures are not drawn anew yet");
    }
    let mut done = 0;
    for due in rebuilt {
        match work.app.store().machinery().clear_due(due).await {
            Ok(()) => done += 1,
            Err(error) => tracing::warn!(%error, day = %due.day, "a day stays on the due list"),
        }
    }
    Ok(done)
}

async fn rebuild(work: &Work, due: DueDay) -> Result<(), Failure> {
    let tenant = work.tenant(due.tenant)?;
    let mut agency = work.app.store().tenant(&tenant).await?;
    agency.hold_ledger().await?;
    agency.rebuild_day(due.day, work.app.now()).await?;
    // Marked again since it was read, the day stays on the list.
    Ok(agency.save().await?)
}
