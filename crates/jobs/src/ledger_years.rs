//! Once a day: the partition of the coming year is made where this node has the role that may (ADR 0020); where it has not, it says so
//! in time. Idempotent; nodes wait for each other. Without it nothing is lost: rows wait in the partition that takes everything.

use std::sync::Arc;
use std::time::Duration;

use chrono::Datelike;
use pbgdpl_store::migrate;
use tokio_util::sync::CancellationToken;

use crate::failure::Failure;
use crate::work::Work;

const EVERY: Duration = Duration::from_secs(24 * 3600);
/// So long before a year begins somebody is told that it has no partition.
const TOLD_SECONDS: i64 = 60 * 24 * 3600;

/// Looks at the start, then once a day, until stopped.
pub(crate) async fn daily(work: Arc<Work>, stop: CancellationToken) {
    loop {
        match run(&work).await {
            Ok(made) if made.is_empty() => {}
            Ok(made) => tracing::info!(?made, "years of the ledger are made"),
            Err(error) => tracing::warn!(%error, "the years of the ledger are not made yet"),
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(EVERY) => {}
        }
    }
}

/// Makes what is due; without the role, looks whether somebody else did.
pub(crate) async fn run(work: &Work) -> Result<Vec<i32>, Failure> {
    if let Some(owner) = &work.owner {
        return Ok(migrate::ledger_years(&owner.0).await?);
    }
    let soon = work.app.now().plus_seconds(TOLD_SECONDS).day().year();
    if !work.app.store().machinery().has_ledger_year(soon).await? {
        tracing::warn!(
            year = soon,
            "the ledger has no partition for this year yet: run `pbgdpl migrate up`, or give one node database.owner_url"
        );
    }
    Ok(Vec::new())
}
