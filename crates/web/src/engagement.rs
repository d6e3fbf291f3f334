//! Views that browsers report (N-16), kept in memory until they are decided on and written down once a minute, by day and never one
//! by one. A process that is killed loses the last minute; while the database is away views wait, up to a bound.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::NaiveDate;
use hmac::Mac;
use pbgdpl_model::clock::Moment;
use pbgdpl_model::engagement::{DayUse, Mark, People, View, decide};
use pbgdpl_model::id::TenantId;
use pbgdpl_store::tenant::Flush;
use rand::TryRngCore;
use rand::rngs::OsRng;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::error::Error;
use crate::signature::keyed;
use crate::state::AppState;

pub(crate) mod shown;

const EVERY: Duration = Duration::from_secs(60);
/// Most views that wait, some 150 bytes each: half a day of a busy province while its database is away.
const MOST_WAITING: usize = 100_000;
/// So long after midnight salt and marks of a day are kept, in seconds: views of its last minute are still decided on.
const AFTER_MIDNIGHT: i64 = 3_600;
/// Before what a mark is made of: no other message under this key begins like it.
const VISITOR: &[u8] = b"pbgdpl/visitor/1\n";

/// What this node counted and has not written down yet.
#[derive(Debug)]
pub struct Counting {
    waiting: Mutex<Waiting>,
    unsent: tokio::sync::Mutex<Unsent>,
    /// This node, since its start.
    node: Uuid,
}

#[derive(Debug, Default)]
struct Waiting {
    views: BTreeMap<TenantId, Vec<View>>,
    count: usize,
    lost: u64,
    salts: BTreeMap<NaiveDate, [u8; 32]>,
    staff: BTreeSet<(NaiveDate, Mark)>,
}

/// Decided on, and perhaps written down: it is tried again under the same number.
#[derive(Debug, Default)]
struct Unsent {
    number: i64,
    agencies: BTreeMap<TenantId, (i64, BTreeMap<NaiveDate, DayUse>)>,
    province: BTreeMap<NaiveDate, People>,
    forgotten: Option<NaiveDate>,
}

impl Default for Counting {
    fn default() -> Self {
        Self {
            waiting: Mutex::default(),
            unsent: tokio::sync::Mutex::default(),
            node: Uuid::new_v4(),
        }
    }
}

impl Counting {
    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes a view in. `false`: too many wait already.
    pub(crate) fn add(&self, tenant: TenantId, view: View) -> bool {
        let mut waiting = self.waiting();
        if waiting.count >= MOST_WAITING {
            waiting.lost += 1;
            return false;
        }
        waiting.count += 1;
        waiting.views.entry(tenant).or_default().push(view);
        true
    }

    /// Everything but the views of agencies whose last writing is not done yet.
    fn take(&self, held: impl Fn(&TenantId) -> bool) -> BTreeMap<TenantId, Vec<View>> {
        let mut waiting = self.waiting();
        let (kept, taken) = std::mem::take(&mut waiting.views)
            .into_iter()
            .partition(|(tenant, _)| held(tenant));
        waiting.views = kept;
        waiting.count = waiting.views.values().map(Vec::len).sum();
        if waiting.lost > 0 {
            tracing::warn!(lost = waiting.lost, "views were not counted: too many waited");
            waiting.lost = 0;
        }
        taken
    }

    fn put_back(&self, views: BTreeMap<TenantId, Vec<View>>) {
        let mut waiting = self.waiting();
        for (tenant, views) in views {
            waiting.count += views.len();
            waiting.views.entry(tenant).or_default().extend(views);
        }
    }
}

/// The mark of a browser for a day: HMAC over the day's salt, its network and what it says of itself, under a key that is in no
/// copy of the visitor tables. Of IPv6 the network of the household (/64): the rest changes by itself.
fn mark_of(key: &[u8; 32], salt: &[u8; 32], client: Option<IpAddr>, agent: &str) -> Mark {
    let network = match client {
        Some(IpAddr::V4(address)) => u128::from(u32::from(address)),
        Some(IpAddr::V6(address)) => match address.to_ipv4_mapped() {
            Some(address) => u128::from(u32::from(address)),
            None => u128::from(address) >> 64 << 64,
        },
        None => 0,
    };
    let mut mac = keyed(key);
    mac.update(VISITOR);
    mac.update(salt);
    mac.update(&network.to_be_bytes());
    mac.update(agent.as_bytes());
    let mut mark = [0; 16];
    let code = mac.finalize().into_bytes();
    mark.iter_mut().zip(code).for_each(|(place, byte)| *place = byte);
    Mark(mark)
}

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

/// A browser that uses the desk is that of staff for the rest of the day, on every node: written down once a day and browser.
pub(crate) async fn note_staff(state: &AppState, client: Option<IpAddr>, agent: &str) {
    let noted = async {
        let of_day = mark(state, client, agent).await?;
        if state.counting.waiting().staff.contains(&of_day) {
            return Ok(());
        }
        let machinery = state.app.store().machinery();
        machinery.add_staff_mark(of_day.0, of_day.1).await?;
        state.counting.waiting().staff.insert(of_day);
        Ok::<(), Error>(())
    };
    if let Err(error) = noted.await {
        tracing::warn!(%error, "a browser of staff is not noted yet");
    }
}

/// Writes views down until stopped, and once more then.
pub async fn keep(state: AppState, stop: CancellationToken) {
    loop {
        tokio::select! {
            () = stop.cancelled() => return flush(&state).await,
            () = tokio::time::sleep(EVERY) => flush(&state).await,
        }
    }
}

/// Writes down what was counted since the last time; what cannot be written waits for the next.
pub async fn flush(state: &AppState) {
    let mut unsent = state.counting.unsent.lock().await;
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
    }
    if unsent.forgotten == Some(first) {
        return;
    }
    match state.app.store().machinery().forget_visitors(first).await {
        Ok(_) => unsent.forgotten = Some(first),
        Err(error) => tracing::warn!(%error, "salts of days that are over are not deleted yet"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const AGENT: &str = "Mozilla/5.0 (Windows NT 10.0)";

    fn of(salt: u8, client: &str, agent: &str) -> Mark {
        mark_of(&[7; 32], &[salt; 32], client.parse().ok(), agent)
    }

    #[test]
    fn a_mark_is_of_a_browser_and_a_day() {
        let one = of(1, "192.0.2.7", AGENT);
        assert_eq!(one, of(1, "192.0.2.7", AGENT));
        assert_eq!(one, of(1, "::ffff:192.0.2.7", AGENT));
        assert_ne!(one, of(2, "192.0.2.7", AGENT), "no two days share a mark");
        assert_ne!(one, of(1, "192.0.2.8", AGENT));
        assert_ne!(one, of(1, "192.0.2.7", "Mozilla/5.0 (Linux)"));
        assert_ne!(
            one,
            mark_of(&[8; 32], &[1; 32], "192.0.2.7".parse().ok(), AGENT),
            "the salt alone tells nobody"
        );
        assert_eq!(of(1, "2001:db8::1", AGENT), of(1, "2001:db8::2", AGENT));
        assert_ne!(of(1, "2001:db8::1", AGENT), of(1, "2001:db8:0:1::1", AGENT));
    }
}
