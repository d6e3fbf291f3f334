//! Recomputes the days on the due list from the ledger and copies them to the province. Idempotent, self-healing.

use pbgdpl_store::machinery::due::DueDay;

use crate::failure::Failure;
use crate::work::Work;

/// Days taken at once.
const BATCH: u64 = 64;

/// Recomputes what waits; returns how many days.
pub(crate) async fn run(work: &Work) -> Result<u64, Failure> {
    let waiting = work.app.store().machinery().due_days(BATCH).await?;
    let mut done = 0;
    for due in waiting {
        match rebuild(work, due).await {
            Ok(()) => done += 1,
            Err(error) => tracing::warn!(%error, day = %due.day, "a day is not recomputed yet"),
        }
    }
    Ok(done)
}

async fn rebuild(work: &Work, due: DueDay) -> Result<(), Failure> {
    let tenant = work.tenant(due.tenant)?;
    let mut agency = work.app.store().tenant(&tenant).await?;
    agency.hold_ledger().await?;
    agency.rebuild_day(due.day, work.app.now()).await?;
    agency.save().await?;
    // Marked again since it was read, the day stays on the list.
    Ok(work.app.store().machinery().clear_due(due).await?)
}
