//! The act by which words of a chain go, written into the same chain: without it, missing words are a fault.

use serde::{Deserialize, Serialize};

use super::Entry;
use crate::id::AccountId;

/// Whose words go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Whose {
    /// Those of entries by this person: they asked for it. Who acted on their account stands under their own name.
    Account(AccountId),
    /// Those of all entries up to this number: their term has passed.
    Through(i64),
}

/// What the entry of such an act says in its details.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erasing {
    /// Whose.
    pub whose: Whose,
    /// How many entries lost their words.
    pub entries: u64,
}

/// An entry without words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Wordless {
    pub seq: i64,
    actor: AccountId,
}

impl Wordless {
    pub(super) const fn of(entry: &Entry) -> Self {
        Self {
            seq: entry.seq,
            actor: entry.actor,
        }
    }
}

impl Whose {
    /// Whether such an act lets go of the words of this entry.
    pub(super) fn covers(self, entry: &Wordless) -> bool {
        match self {
            Self::Account(account) => entry.actor == account,
            Self::Through(last) => entry.seq <= last,
        }
    }
}
