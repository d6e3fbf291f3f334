//! Host names of agencies' own that show a section: claimed, proved by a record of the domain name system, watched (EMB-20, TEN-22).

mod finding;
mod name;
#[cfg(test)]
mod tests;

pub use finding::Finding;
pub use name::{LONGEST, NotAHost, is_root, read};

use crate::clock::Moment;
use crate::closed_list::closed_lists;

/// A record that was seen missing may come back for so long before the name is switched off, in seconds (SECURITY 5.8: 72 h).
pub const GRACE_SECONDS: i64 = 72 * 3600;
/// For so long nobody may answer for the domain before the name is switched off, in seconds: a fault of the resolver is no loss.
pub const SILENCE_SECONDS: i64 = 14 * 24 * 3600;
/// For so long after its release a name leads to no other agency, in seconds (SECURITY 5.8: 12 months).
pub const TOMBSTONE_SECONDS: i64 = 365 * 24 * 3600;
/// A claim that was never proved is given up after so long, in seconds.
pub const WAITING_SECONDS: i64 = 30 * 24 * 3600;

/// The label under which the proof stands.
pub const PROOF_LABEL: &str = "_pbgdpl-challenge";

closed_lists! {
    /// How a claim stands.
    Standing {
        /// Never proved yet.
        Waiting = "cho-chung-minh", "chờ bản ghi TXT";
        /// It shows the section.
        Serving = "dang-dung", "đang dùng";
        /// It still shows the section, and its record was not seen the last time.
        Losing = "mat-ban-ghi", "mất bản ghi TXT";
        /// Its record was gone for too long.
        Suspended = "tam-ngung", "tạm ngừng";
        /// Given back, or given up.
        Released = "da-tra", "đã trả lại";
    }
}

/// What the domain name system says of the proof.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// The record is there and holds the token.
    Proof,
    /// There is surely no such record.
    NoProof,
    /// Nobody could be asked: nothing is known.
    Unsure,
}

/// What an agency claims, and how far it is proved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claim {
    /// When it was made, or made anew.
    pub claimed_at: Moment,
    /// When the record was last seen.
    pub proved_at: Option<Moment>,
    /// Since when the record is surely gone.
    pub missed_since: Option<Moment>,
    /// Since when the name is switched off.
    pub suspended_at: Option<Moment>,
    /// When it was given back, or given up.
    pub released_at: Option<Moment>,
}

impl Claim {
    /// A new claim.
    #[must_use]
    pub const fn new(now: Moment) -> Self {
        Self {
            claimed_at: now,
            proved_at: None,
            missed_since: None,
            suspended_at: None,
            released_at: None,
        }
    }

    /// How it stands.
    #[must_use]
    pub const fn standing(&self) -> Standing {
        match self {
            Self {
                released_at: Some(_), ..
            } => Standing::Released,
            Self {
                suspended_at: Some(_),
                ..
            } => Standing::Suspended,
            Self { proved_at: None, .. } => Standing::Waiting,
            Self {
                missed_since: Some(_),
                ..
            } => Standing::Losing,
            _ => Standing::Serving,
        }
    }

    /// Whether the name shows the section.
    #[must_use]
    pub const fn serves(&self) -> bool {
        matches!(self.standing(), Standing::Serving | Standing::Losing)
    }

    /// Until when the name leads to no other agency: from the moment it showed the section until a year after it stopped.
    #[must_use]
    pub fn held_until(&self) -> Option<Moment> {
        self.proved_at?;
        let stopped = self.suspended_at.or(self.released_at)?;
        Some(stopped.plus_seconds(TOMBSTONE_SECONDS))
    }

    /// The same after a look at the record. What was released stays released: only a new claim brings it back.
    #[must_use]
    pub fn seen(self, answer: Answer, now: Moment) -> Self {
        let since = |moment: Moment| now.millis() - moment.millis();
        let past = |moment: Option<Moment>, seconds: i64| moment.is_some_and(|m| since(m) >= seconds * 1000);
        if self.released_at.is_some() {
            return self;
        }
        let mut new = self;
        match answer {
            Answer::Proof => {
                new.proved_at = Some(now);
                new.missed_since = None;
                new.suspended_at = None;
                return new;
            }
            Answer::NoProof if new.proved_at.is_some() => {
                new.missed_since = new.missed_since.or(Some(now));
            }
            Answer::NoProof | Answer::Unsure => {}
        }
        let lost = past(new.missed_since, GRACE_SECONDS) || past(new.proved_at, SILENCE_SECONDS);
        if lost {
            new.suspended_at = new.suspended_at.or(Some(now));
        }
        let given_up = match new.proved_at {
            None => past(Some(new.claimed_at), WAITING_SECONDS),
            Some(_) => past(new.suspended_at, TOMBSTONE_SECONDS),
        };
        if given_up {
            new.released_at = Some(now);
        }
        new
    }

    /// The same, given back. The name shows nothing from now on.
    #[must_use]
    pub const fn released(self, now: Moment) -> Self {
        match self.released_at {
            Some(_) => self,
            None => Self {
                released_at: Some(now),
                ..self
            },
        }
    }

    /// After how many seconds it is to be looked at again; nothing: never.
    #[must_use]
    pub fn look_again(&self, now: Moment) -> Option<i64> {
        let hours = match self.standing() {
            Standing::Waiting => 1,
            Standing::Losing => 6,
            Standing::Serving | Standing::Suspended => 20,
            // A name that is ours no more and still leads here is somebody's trap: looked for as long as it is kept free.
            Standing::Released => {
                let held = self.held_until()?;
                if now >= held {
                    return None;
                }
                20
            }
        };
        Some(hours * 3600)
    }
}
