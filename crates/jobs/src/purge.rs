//! Once a day: what was carried out a month ago is thrown away. Idempotent; nodes that do it at once do not mind.

use std::sync::Arc;
use std::time::Duration;

use tokio_util::sync::CancellationToken;

use crate::failure::Failure;
use crate::work::Work;

const EVERY: Duration = Duration::from_secs(24 * 3600);
/// Longer than a message lives, long enough to look into what went wrong.
const KEPT_SECONDS: i64 = 30 * 24 * 3600;

/// Purges at the start, then once a day, until stopped.
pub(crate) async fn daily(work: Arc<Work>, stop: CancellationToken) {
    loop {
        match run(&work).await {
            Ok(0) => {}
            Ok(removed) => tracing::info!(removed, "old messages are gone"),
            Err(error) => tracing::warn!(%error, "what is old is not thrown away yet"),
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(EVERY) => {}
        }
    }
}

/// Throws away what is old; returns how many rows.
pub(crate) async fn run(work: &Work) -> Result<u64, Failure> {
    let before = work.app.now().plus_seconds(-KEPT_SECONDS);
    Ok(work.app.store().machinery().purge_outbox(before).await?)
}
