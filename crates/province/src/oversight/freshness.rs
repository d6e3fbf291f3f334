//! As of when the province's figures are, and whether the job that copies days has stopped (DSH-08).

use chrono::NaiveDate;
use pbgdpl_model::clock::Moment;
use pbgdpl_store::province::ProvinceReader;

use super::standpoint::Standpoint;
use crate::Error;

/// A day that waits longer than this was forgotten: days are copied within seconds.
const STOPPED_AFTER_SECONDS: i64 = 600;

/// The freshness of figures.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Freshness {
    /// When the newest figure was copied; none where nothing was yet.
    pub newest: Option<Moment>,
    /// Days that still wait to be copied.
    pub waiting: u64,
    /// Since when the first of them waits.
    pub since: Option<Moment>,
    /// The past day whose knowledge is shown.
    pub known: Option<NaiveDate>,
    /// The last moment that a replica had, where one was read that had not everything.
    pub replica_until: Option<Moment>,
}

impl Freshness {
    /// Whether days wait and nobody copies them any more.
    #[must_use]
    pub fn has_stopped(&self, now: Moment) -> bool {
        self.is_waiting()
            && self
                .since
                .is_some_and(|since| since.plus_seconds(STOPPED_AFTER_SECONDS) < now)
    }

    /// Whether days wait whose rows belong to what is shown: of a past day only what was written by its end.
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        let belongs = |since: Moment| self.known.is_none_or(|day| since <= Moment::end_of(day));
        self.waiting > 0 && self.since.is_none_or(belongs)
    }
}

/// Reads it in the transaction that reads the figures: once, for all of them.
pub(super) async fn of(store: &ProvinceReader, at: Standpoint) -> Result<Freshness, Error> {
    let (newest, waiting, since) = store.freshness().await?;
    Ok(Freshness {
        newest,
        waiting,
        since,
        known: at.known,
        replica_until: store.replica_until(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_has_stopped_only_while_days_wait_too_long() {
        let now = Moment::from_millis(1_592_182_800_000);
        let waits = |seconds: i64| Freshness {
            newest: Some(now.plus_seconds(-86_400)),
            waiting: 1,
            since: Some(now.plus_seconds(-seconds)),
            known: None,
            replica_until: None,
        };
        assert!(!waits(600).has_stopped(now));
        assert!(waits(601).has_stopped(now));
        let idle = Freshness {
            since: None,
            waiting: 0,
            ..waits(0)
        };
        assert!(!idle.has_stopped(now), "a night without acts is no stop");
    }
}
