//! Once a day: messages carried out a month ago are thrown away, and what signing in left behind. Idempotent; nodes that
//! do it at once do not mind.

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
            Ok(removed) => tracing::info!(removed, "what is old is gone"),
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
    let now = work.app.now();
    let store = work.app.store();
    let messages = store
        .machinery()
        .purge_outbox(now.plus_seconds(-KEPT_SECONDS))
        .await?;
    let mut identity = store.identity().await?;
    let traces_of_signing_in = identity.purge(now).await?;
    identity.save().await?;
    Ok(messages + traces_of_signing_in)
}
