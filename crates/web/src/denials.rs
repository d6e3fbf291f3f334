//! What was refused to whom, counted in memory and written down twice a minute: one entry a person however often somebody asks, so
//! that asking fills no chain and costs no request a statement. A process that is killed loses half a minute of it.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use axum::response::Response;
use pbgdpl_app::account::denied;
use pbgdpl_model::id::AccountId;
use tokio_util::sync::CancellationToken;

use crate::error::ErrorInfo;
use crate::state::AppState;

const EVERY: Duration = Duration::from_secs(30);

/// Refusals since the last time.
#[derive(Debug, Default)]
pub struct Denials(Mutex<BTreeMap<AccountId, u32>>);

impl Denials {
    /// Counts an answer to this person if it refuses what no role of theirs allows. Showing the second factor again is asked of
    /// everybody and counts for nothing.
    pub(crate) fn note(&self, person: Option<AccountId>, answer: &Response) {
        let refused = answer.extensions().get::<ErrorInfo>();
        let refused = refused.is_some_and(|info| info.code.is_some() && !info.step_up);
        if let Some(person) = person.filter(|_| refused) {
            let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            let count = counts.entry(person).or_default();
            *count = count.saturating_add(1);
        }
    }

    fn take(&self) -> BTreeMap<AccountId, u32> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn put_back(&self, person: AccountId, count: u32) {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let there = counts.entry(person).or_default();
        *there = there.saturating_add(count);
    }
}

/// Writes refusals down until stopped, and once more then.
pub async fn keep(state: AppState, stop: CancellationToken) {
    loop {
        tokio::select! {
            () = stop.cancelled() => return write(&state).await,
            () = tokio::time::sleep(EVERY) => write(&state).await,
        }
    }
}

/// Writes down what was refused since the last time; what cannot be written waits for the next.
pub async fn write(state: &AppState) {
    for (person, count) in state.denials.take() {
        if let Err(error) = denied::record(&state.app, person, count).await {
            tracing::warn!(%error, "refusals are not written down yet");
            state.denials.put_back(person, count);
        }
    }
}
