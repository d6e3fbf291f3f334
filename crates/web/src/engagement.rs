//! Views that browsers report (N-16), kept in memory until they are decided on and written down once a minute, by day and never one
//! by one. A process that is killed loses the last minute; while the database is away views wait, up to a bound.

use std::collections::BTreeSet;
use std::net::IpAddr;
use std::time::Duration;

use chrono::NaiveDate;
use pbgdpl_model::clock::Moment;
use pbgdpl_model::engagement::{Mark, decide};
use pbgdpl_store::tenant::Flush;
use rand::TryRngCore;
use rand::rngs::OsRng;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use crate::error::Error;
use crate::state::AppState;

mod mark;
pub(crate) mod shown;
mod waiting;

use mark::mark_of;
pub use waiting::Counting;
use waiting::Unsent;

const EVERY: Duration = Duration::from_secs(60);
/// Between two writings of marks of staff: after an outage they are not tried without a pause.
const BETWEEN: Duration = Duration::from_secs(1);
/// So long after midnight salt and marks of a day are kept, in seconds: views of its last minute are still decided on.
const AFTER_MIDNIGHT: i64 = 3_600;

async fn salt(state: &AppState, day: NaiveDate) -> Result<[u8; 32], Error> {
    let known = state.counting.waiting().salts.get(&day).copied();
    if let Some(salt) = known {
        return Ok(salt);
    }
    let mut fresh = [0; 32];
    OsRng
        .try_fill_bytes(&mut fresh)
        .map_err(|error| Error::Internal(Box::new(error)))?;
    let machinery = state.app.store().machinery();
    let salt = machinery.visitor_salt(day, fresh).await?;
    state.counting.waiting().salts.insert(day, salt);
    Ok(salt)
}

/// The mark of a request's browser today.
///
/// # Errors
/// Where the salt of the day is not known and the store fails.
pub(crate) async fn mark(
    state: &AppState,
    client: Option<IpAddr>,
    agent: &str,
) -> Result<(NaiveDate, Mark), Error> {
    let day = state.now().day();
    let salt = salt(state, day).await?;
    Ok((day, mark_of(&state.settings.signing_key, &salt, client, agent)))
}

/// Writes views down until stopped, and once more then; marks of staff as soon as there are any.
pub async fn keep(state: AppState, stop: CancellationToken) {
    let mut next = Instant::now() + EVERY;
    loop {
        tokio::select! {
            () = stop.cancelled() => return flush(&state).await,
            () = tokio::time::sleep_until(next) => {
                flush(&state).await;
                next = Instant::now() + EVERY;
            }
            () = state.counting.noted.notified() => {
                write_staff(&state).await;
                tokio::time::sleep(BETWEEN).await;
            }
        }
    }
}

/// Marks of staff are known to every node from here on.
async fn write_staff(state: &AppState) {
    for (day, client, agent) in state.counting.take_unmarked() {
        match salt(state, day).await {
            Ok(salt) => {
                let mark = mark_of(&state.settings.signing_key, &salt, client, &agent);
                let mut waiting = state.counting.waiting();
                if !waiting.staff.contains(&(day, mark)) {
                    waiting.unwritten.insert((day, mark));
                }
            }
            Err(error) => {
                tracing::warn!(%error, "a browser of staff is not noted yet");
                state.counting.waiting().unmarked.insert((day, client, agent));
            }
        }
    }
    let unwritten = std::mem::take(&mut state.counting.waiting().unwritten);
    let machinery = state.app.store().machinery();
    for (day, mark) in unwritten {
        let written = machinery.add_staff_mark(day, mark).await;
        let mut waiting = state.counting.waiting();
        match written {
            Ok(()) => waiting.staff.insert((day, mark)),
            Err(error) => {
                tracing::warn!(%error, "a browser of staff is not noted yet");
                waiting.unwritten.insert((day, mark))
            }
        };
    }
}

/// Writes down what was counted since the last time; what cannot be written waits for the next.
pub async fn flush(state: &AppState) {
    let mut unsent = state.counting.unsent.lock().await;
    write_staff(state).await;
    send(state, &mut unsent).await;
    let taken = state.counting.take(|tenant| unsent.agencies.contains_key(tenant));
    if !taken.is_empty() {
        let days: BTreeSet<NaiveDate> = taken.values().flatten().map(|view| view.day).collect();
        match state.app.store().machinery().staff_marks(&days).await {
            Ok(staff) => {
                for (tenant, views) in taken {
                    let days = decide(views, |day, mark| staff.contains(&(day, mark)));
                    for (day, of_day) in &days {
                        unsent.province.entry(*day).or_default().merge(&of_day.people);
                    }
                    unsent.number += 1;
                    let number = unsent.number;
                    unsent.agencies.insert(tenant, (number, days));
                }
                send(state, &mut unsent).await;
            }
            Err(error) => {
                tracing::warn!(%error, "views wait: who is staff cannot be read");
                state.counting.put_back(taken);
            }
        }
    }
    forget(state, &mut unsent).await;
}

async fn send(state: &AppState, unsent: &mut Unsent) {
    let agencies = state.read.registry().now();
    for (id, (number, days)) in std::mem::take(&mut unsent.agencies) {
        let Some(tenant) = agencies.by_id(id) else {
            continue;
        };
        let flush = Flush {
            node: state.counting.node,
            number,
            now: state.now(),
        };
        if let Err(error) = state.app.count_engagement(&tenant, flush, &days).await {
            tracing::warn!(%error, "views of an agency are not written down yet");
            unsent.agencies.insert(id, (number, days));
        }
    }
    unsent.province.retain(|_, people| !people.is_empty());
    if unsent.province.is_empty() {
        return;
    }
    match state.province.merge_people(&unsent.province).await {
        Ok(()) => unsent.province.clear(),
        Err(error) => tracing::warn!(%error, "the province's people are not written down yet"),
    }
}

/// The salt of tomorrow is fetched before it is needed; those of days that are over are deleted, here and in the database.
async fn forget(state: &AppState, unsent: &mut Unsent) {
    let now: Moment = state.now();
    if let Err(error) = salt(state, now.plus_seconds(AFTER_MIDNIGHT).day()).await {
        tracing::warn!(%error, "the salt of the day is not known yet");
    }
    let first = now.plus_seconds(-AFTER_MIDNIGHT).day();
    {
        let mut waiting = state.counting.waiting();
        waiting.salts.retain(|day, _| *day >= first);
        waiting.staff.retain(|(day, _)| *day >= first);
        waiting.unwritten.retain(|(day, _)| *day >= first);
        waiting.unmarked.retain(|(day, ..)| *day >= first);
    }
    if unsent.forgotten == Some(first) {
        return;
    }
    match state.app.store().machinery().forget_visitors(first).await {
        Ok(_) => unsent.forgotten = Some(first),
        Err(error) => tracing::warn!(%error, "salts of days that are over are not deleted yet"),
    }
}
