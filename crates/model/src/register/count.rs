//! What a form counts of the register: who is recognised on the last day, and who of them spoke in the period.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{Entry, Level, Standing};
use crate::id::EntryId;

/// What the register says; nothing where it holds nobody who could be counted. Empty is not zero.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counted {
    /// Recognised at the level on the last day. Nothing where nobody ever was until then.
    pub recognised: Option<i64>,
    /// Of these, with a session in the period. Nothing where no session of the period names anybody of the register.
    pub active: Option<i64>,
}

/// Whoever is recognised at a level on a day: those whom a form counts.
pub fn recognised(entries: &[Entry], level: Level, day: NaiveDate) -> impl Iterator<Item = &Entry> {
    entries.iter().filter(move |entry| {
        let standing = entry.standing_on(day);
        standing.is_some_and(|(_, standing)| standing.level == level && standing.state.is_recognised())
    })
}

/// Counts a level on a day. `spoke`: everybody with a session in the period.
#[must_use]
pub fn count<'a>(
    entries: impl IntoIterator<Item = &'a Entry>,
    spoke: &BTreeSet<EntryId>,
    level: Level,
    day: NaiveDate,
) -> Counted {
    let at_level = |standing: &Standing| standing.level == level && standing.state.is_recognised();
    let (mut kept, mut recognised, mut active) = (false, 0, 0);
    for entry in entries {
        kept |= entry
            .standings()
            .iter()
            .any(|(fact, standing)| fact.from <= day && at_level(standing));
        if entry
            .standing_on(day)
            .is_some_and(|(_, standing)| at_level(standing))
        {
            recognised += 1;
            active += i64::from(spoke.contains(&entry.id));
        }
    }
    Counted {
        recognised: kept.then_some(recognised),
        active: (kept && !spoke.is_empty()).then_some(active),
    }
}
