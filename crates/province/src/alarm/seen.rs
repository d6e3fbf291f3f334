//! What one who looks through the logs again and again remembers: how far each agency's chain was read, and the entries of the time that
//! rules look back on. Only a memory: without it the same is read from the chains.

use std::collections::HashMap;

use pbgdpl_model::alarm::Fact;
use pbgdpl_model::clock::Moment;
use pbgdpl_model::id::TenantId;

/// How far was looked, and what was found on the way.
#[derive(Debug, Default)]
pub struct Seen {
    acts: Vec<String>,
    since: Option<Moment>,
    /// Up to when growth was asked for, and the number of each chain's last entry that was read.
    ended: Option<Moment>,
    reached: HashMap<TenantId, i64>,
    facts: Vec<Fact>,
    waiting: bool,
}

impl Seen {
    /// Begins a look at entries of these acts since a moment. Other acts than before, or an earlier moment: everything is read anew.
    pub(super) fn begin(&mut self, acts: Vec<String>, since: Moment) {
        let goes_on = self.acts == acts && self.since.is_some_and(|before| before <= since);
        if !goes_on {
            *self = Self {
                acts,
                ..Self::default()
            };
        }
        self.since = Some(since);
        self.waiting = false;
        self.facts.retain(|fact| fact.at >= since);
    }

    /// Which acts are looked at.
    pub(super) fn acts(&self) -> &[String] {
        &self.acts
    }

    /// Chains without an entry from this moment on need not be asked about.
    pub(super) fn looked_from(&self) -> Moment {
        self.ended.or(self.since).unwrap_or(Moment::from_millis(0))
    }

    /// The last entry of a chain that was read; none of a chain that was not opened yet.
    pub(super) fn after(&self, agency: TenantId) -> Option<i64> {
        self.reached.get(&agency).copied()
    }

    /// Whether a chain was read so far already.
    pub(super) fn reached(&self, agency: TenantId, seq: i64) -> bool {
        self.after(agency).is_some_and(|reached| reached >= seq)
    }

    /// Takes what a chain holds, up to a number at least.
    pub(super) fn take(&mut self, agency: TenantId, reaches: i64, new: impl Iterator<Item = Fact>) {
        let mut last = reaches;
        for fact in new {
            last = last.max(fact.seq);
            self.facts.push(fact);
        }
        self.reached.insert(agency, last);
    }

    /// A chain grew that cannot be opened yet: it is asked about again.
    pub(super) fn put_off(&mut self) {
        self.waiting = true;
    }

    /// Ends a look.
    pub(super) fn end(&mut self, now: Moment) {
        if !self.waiting {
            self.ended = Some(now);
        }
    }

    /// What was found in agencies' chains.
    pub(super) fn facts(&self) -> impl Iterator<Item = Fact> + '_ {
        self.facts.iter().cloned()
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn agency(number: u128) -> TenantId {
        TenantId(Uuid::from_u128(number))
    }

    fn acts() -> Vec<String> {
        vec!["report-export".to_owned()]
    }

    fn fact(seq: i64, at: i64) -> Fact {
        Fact {
            chain: agency(1).to_string(),
            seq,
            at: Moment::from_millis(at),
            actor: pbgdpl_model::id::AccountId(Uuid::nil()),
            action: "report-export".to_owned(),
            person: None,
            object: Uuid::nil(),
            mark: String::new(),
            count: 1,
        }
    }

    const fn moment(millis: i64) -> Moment {
        Moment::from_millis(millis)
    }

    #[test]
    fn a_look_goes_on_from_its_end_unless_something_was_put_off() {
        let mut seen = Seen::default();
        seen.begin(acts(), moment(100));
        seen.put_off();
        seen.end(moment(900));
        assert_eq!(
            seen.looked_from(),
            moment(100),
            "asked about again from the beginning"
        );
        seen.begin(acts(), moment(200));
        seen.end(moment(950));
        assert_eq!(seen.looked_from(), moment(950));
        seen.begin(acts(), moment(300));
        seen.put_off();
        seen.end(moment(999));
        assert_eq!(
            seen.looked_from(),
            moment(950),
            "what was put off now is not passed over"
        );
    }

    #[test]
    fn a_chain_is_read_on_from_the_last_entry_that_was_taken() {
        let mut seen = Seen::default();
        seen.begin(acts(), moment(100));
        assert_eq!(seen.after(agency(1)), None);
        // One more was written between the question how far it reaches and the reading.
        seen.take(agency(1), 4, [fact(3, 150), fact(5, 160)].into_iter());
        assert_eq!(seen.after(agency(1)), Some(5));
        assert!(seen.reached(agency(1), 5) && !seen.reached(agency(1), 6) && !seen.reached(agency(2), 1));
        // The time that rules look back on goes on, and with it what is remembered.
        seen.begin(acts(), moment(155));
        assert_eq!(seen.facts().map(|fact| fact.seq).collect::<Vec<_>>(), [5]);
    }

    #[test]
    fn other_acts_or_an_earlier_time_are_read_anew() {
        let read = || {
            let mut seen = Seen::default();
            seen.begin(acts(), moment(100));
            seen.take(agency(1), 4, [fact(3, 150)].into_iter());
            seen.end(moment(900));
            seen
        };
        let mut seen = read();
        seen.begin(acts(), moment(99));
        assert_eq!((seen.after(agency(1)), seen.looked_from()), (None, moment(99)));
        assert_eq!(seen.facts().count(), 0);
        let mut seen = read();
        seen.begin(vec!["audit-export".to_owned()], moment(100));
        assert_eq!((seen.after(agency(1)), seen.looked_from()), (None, moment(100)));
    }
}
