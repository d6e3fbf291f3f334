//! What waits in the memory of a node: views that nobody has decided on, and browsers of staff.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::NaiveDate;
use pbgdpl_model::engagement::{DayUse, Mark, People, View};
use pbgdpl_model::id::TenantId;
use tokio::sync::Notify;
use uuid::Uuid;

use super::mark::mark_of;

/// Most views that wait, some 150 bytes each: half a day of a busy province while its database is away.
const MOST_WAITING: usize = 100_000;

/// Most of one agency: whoever floods one takes nothing from the others.
const MOST_OF_ONE: usize = 20_000;

/// What this node counted and has not written down yet.
#[derive(Debug)]
pub struct Counting {
    waiting: Mutex<Waiting>,
    pub(super) unsent: tokio::sync::Mutex<Unsent>,
    pub(super) noted: Notify,
    /// This node, since its start.
    pub(super) node: Uuid,
}

#[derive(Debug, Default)]
pub(super) struct Waiting {
    views: BTreeMap<TenantId, Vec<View>>,
    count: usize,
    lost: u64,
    pub salts: BTreeMap<NaiveDate, [u8; 32]>,
    /// Browsers of staff: written down, to be written down, and not marked yet for want of a salt.
    pub staff: BTreeSet<(NaiveDate, Mark)>,
    pub unwritten: BTreeSet<(NaiveDate, Mark)>,
    pub unmarked: BTreeSet<(NaiveDate, Option<IpAddr>, String)>,
}

/// Decided on, and perhaps written down: it is tried again under the same number.
#[derive(Debug, Default)]
pub(super) struct Unsent {
    pub number: i64,
    pub agencies: BTreeMap<TenantId, (i64, BTreeMap<NaiveDate, DayUse>)>,
    pub province: BTreeMap<NaiveDate, People>,
    pub forgotten: Option<NaiveDate>,
}

impl Default for Counting {
    fn default() -> Self {
        Self {
            waiting: Mutex::default(),
            unsent: tokio::sync::Mutex::default(),
            noted: Notify::new(),
            node: Uuid::new_v4(),
        }
    }
}

impl Counting {
    pub(super) fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes a view in. `false`: too many wait already.
    pub(crate) fn add(&self, tenant: TenantId, view: View) -> bool {
        let mut waiting = self.waiting();
        let of_one = waiting.views.get(&tenant).map_or(0, Vec::len);
        if waiting.count >= MOST_WAITING || of_one >= MOST_OF_ONE {
            waiting.lost += 1;
            return false;
        }
        waiting.count += 1;
        waiting.views.entry(tenant).or_default().push(view);
        true
    }

    /// A browser that uses the desk is that of staff for the rest of the day, on every node. Costs the request no statement.
    pub(crate) fn note_staff(&self, key: &[u8; 32], day: NaiveDate, client: Option<IpAddr>, agent: &str) {
        let mut waiting = self.waiting();
        let known = waiting
            .salts
            .get(&day)
            .map(|salt| (day, mark_of(key, salt, client, agent)));
        let new = match known {
            Some(mark) => !waiting.staff.contains(&mark) && waiting.unwritten.insert(mark),
            None => waiting.unmarked.insert((day, client, agent.to_owned())),
        };
        drop(waiting);
        if new {
            self.noted.notify_one();
        }
    }

    pub(super) fn take_unmarked(&self) -> BTreeSet<(NaiveDate, Option<IpAddr>, String)> {
        std::mem::take(&mut self.waiting().unmarked)
    }

    /// Everything but the views of agencies whose last writing is not done yet.
    pub(super) fn take(&self, held: impl Fn(&TenantId) -> bool) -> BTreeMap<TenantId, Vec<View>> {
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

    pub(super) fn put_back(&self, views: BTreeMap<TenantId, Vec<View>>) {
        let mut waiting = self.waiting();
        for (tenant, views) in views {
            waiting.count += views.len();
            waiting.views.entry(tenant).or_default().extend(views);
        }
    }
}

#[cfg(test)]
mod tests {
    use pbgdpl_model::engagement::{Channel, PageKind};

    use super::*;

    #[test]
    fn no_more_wait_than_there_is_room_for() {
        let counting = Counting::default();
        let agency = |number: usize| TenantId(Uuid::from_u128(u128::try_from(number).unwrap()));
        let (agencies, tenant) = (MOST_WAITING / MOST_OF_ONE, agency(0));
        let view = View {
            day: NaiveDate::default(),
            minute: 0,
            mark: Mark([0; 16]),
            channel: Channel::Path,
            site: None,
            page: PageKind::Home,
            item: None,
            robot: false,
        };
        for number in 0..agencies {
            assert!((0..MOST_OF_ONE).all(|_| counting.add(agency(number), view.clone())));
            assert!(
                !counting.add(agency(number), view.clone()),
                "one agency floods itself alone"
            );
        }
        assert!(!counting.add(agency(agencies), view.clone()));
        // What is held back stays and keeps its room; what is taken makes room.
        assert!(counting.take(|_| true).is_empty());
        assert!(!counting.add(tenant, view.clone()));
        let taken = counting.take(|_| false);
        assert!(counting.add(tenant, view));
        counting.put_back(taken);
        let all = counting.take(|_| false);
        assert_eq!(all.values().map(Vec::len).sum::<usize>(), MOST_WAITING + 1);
        assert_eq!(all[&tenant].len(), MOST_OF_ONE + 1);
    }
}
