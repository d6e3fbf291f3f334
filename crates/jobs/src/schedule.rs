//! Work that comes round: at the start, then as often as it says, until the node is asked to stop.

use std::sync::Arc;
use std::time::Duration;

use tokio_util::sync::CancellationToken;

use crate::failure::Failure;
use crate::work::Work;

/// What comes round.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Round {
    /// How often.
    pub every: Duration,
    /// Whether a node that is asked to stop leaves it where it is; else it is ended first.
    pub cut: bool,
    /// What the log says of what was done.
    pub done: &'static str,
    /// What the log says where it failed.
    pub failed: &'static str,
}

impl Round {
    /// Goes round until stopped; `turn` returns how much it did, and nothing is said of nothing.
    pub async fn go<F, T>(self, work: Arc<Work>, stop: CancellationToken, turn: T)
    where
        T: Fn(Arc<Work>) -> F,
        F: Future<Output = Result<u64, Failure>>,
    {
        loop {
            let turning = turn(Arc::clone(&work));
            let did = if self.cut {
                match stop.run_until_cancelled(turning).await {
                    Some(did) => did,
                    None => return,
                }
            } else {
                turning.await
            };
            match did {
                Ok(0) => {}
                Ok(count) => tracing::info!(count, "{}", self.done),
                Err(error) => tracing::warn!(%error, "{}", self.failed),
            }
            tokio::select! {
                () = stop.cancelled() => return,
                () = tokio::time::sleep(self.every) => {}
            }
        }
    }
}
