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
