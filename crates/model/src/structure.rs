//! Structures: which unit stands for which on a day. Facts stay with the unit that made them; only the reading follows.
//!
//! *As it was* a fact belongs to the unit that made it. *As it is on a day* it belongs to the unit that goes on with its
//! series then: successions are followed up to that day. Total and pure: no fact is lost, none is counted twice.

mod drawing;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::id::TenantId;
use crate::manifest::ReorganisationFile;

pub use drawing::{Adds, Drawn};

/// By which structure figures are drawn.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum View {
    /// By the units that made the facts.
    #[default]
    AsWas,
    /// By the units that stand for them on this day.
    On(NaiveDate),
}

/// A unit that ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ending {
    /// Which.
    pub unit: TenantId,
    /// The first day on which it stood no more.
    pub day: NaiveDate,
    /// Who goes on with its series; nobody where its figures stay under its own name.
    pub heir: Option<TenantId>,
}

/// Who goes on with whose series, and since when.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Structure {
    heirs: BTreeMap<TenantId, (NaiveDate, TenantId)>,
}

impl Structure {
    /// From the endings of units, in any order. A unit ends once: its first ending holds. One that would close a circle is
    /// left out, so that following always comes to an end; files that say so were refused before ([`crate::manifest`]).
    #[must_use]
    pub fn of(endings: impl IntoIterator<Item = Ending>) -> Self {
        let mut sorted: Vec<Ending> = endings.into_iter().collect();
        sorted.sort_unstable();
        sorted.dedup_by_key(|ending| ending.unit);
        let mut structure = Self::default();
        for ending in sorted {
            let Some(heir) = ending.heir else { continue };
            if structure.stands_for(heir, View::On(NaiveDate::MAX)) != ending.unit {
                structure.heirs.insert(ending.unit, (ending.day, heir));
            }
        }
        structure
    }

    /// From the entries of the catalogue: (code, JSON). `unit_of` knows present and former slugs; an heir that nobody
    /// knows is none.
    ///
    /// # Errors
    /// Where an entry is not a reorganisation.
    pub fn read(
        entries: &[(String, String)],
        unit_of: impl Fn(&str) -> Option<TenantId>,
    ) -> Result<Self, serde_json::Error> {
        let mut endings = Vec::new();
        for (_, body) in entries {
            let file: ReorganisationFile = serde_json::from_str(body)?;
            let ended = file.successions.iter().filter(|entry| entry.ends());
            endings.extend(ended.filter_map(|entry| {
                Some(Ending {
                    unit: unit_of(&entry.from)?,
                    day: entry.day,
                    heir: entry.heir().and_then(&unit_of),
                })
            }));
        }
        Ok(Self::of(endings))
    }

    /// The unit that stands for another one; for most, itself.
    #[must_use]
    pub fn stands_for(&self, unit: TenantId, view: View) -> TenantId {
        let View::On(day) = view else { return unit };
        let mut standing = unit;
        while let Some((_, heir)) = self.heirs.get(&standing).filter(|(since, _)| *since <= day) {
            standing = *heir;
        }
        standing
    }

    /// Whether nobody ever followed anybody.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.heirs.is_empty()
    }

    /// The newest day since which the structure is as it is, if it ever changed.
    #[must_use]
    pub fn newest_day(&self) -> Option<NaiveDate> {
        self.heirs.values().map(|(since, _)| *since).max()
    }
}
