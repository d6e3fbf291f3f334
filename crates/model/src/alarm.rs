//! Alarms on odd acts: rules as data, looked for among entries of the audit logs. Pure: the same entries and rules find the same.
//!
//! | file | holds |
//! |---|---|
//! | `rule` | one rule, as `alarms.toml` says it |
//! | `find` | which entries fall under a rule |

mod find;
mod rule;
#[cfg(test)]
mod tests;

use uuid::Uuid;

use crate::clock::Moment;
use crate::id::{AccountId, AlarmId};

pub use find::{Found, find};
pub use rule::{AlarmsFile, Hours, Of, Pattern, Rule};

/// What alarms need of an entry: no names, no details.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// Its chain: the permanent id of an agency, or `province`, or `accounts`.
    pub chain: String,
    /// Its number there.
    pub seq: i64,
    /// When.
    pub at: Moment,
    /// Who; the nil id is the system.
    pub actor: AccountId,
    /// What, as the word of the act.
    pub action: String,
    /// Whom it was done to, where that is a person.
    pub person: Option<AccountId>,
    /// Which thing.
    pub object: Uuid,
    /// What a role or place it was about: acts that undo each other carry the same mark.
    pub mark: String,
    /// How many times it happened; entries that gather several say so.
    pub count: u32,
}

/// An alarm that was raised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alarm {
    /// Permanent id.
    pub id: AlarmId,
    /// Id of the rule.
    pub rule: String,
    /// What the rule was called then.
    pub title: String,
    /// Whose acts, or what they were done to.
    pub subject: Uuid,
    /// The first of its entries.
    pub first_at: Moment,
    /// The last of them.
    pub last_at: Moment,
    /// When it was raised.
    pub raised_at: Moment,
    /// Whom it is about: who acted, and whom it was done to.
    pub about: Vec<AccountId>,
    /// What was found behind it.
    pub answer: Option<Answer>,
}

/// What somebody found behind an alarm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Who.
    pub by: AccountId,
    /// Their name then.
    pub by_name: String,
    /// When.
    pub at: Moment,
    /// What was found, and what was done.
    pub note: String,
}
