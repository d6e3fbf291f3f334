//! A policy compiled to bits: for every action and condition, the set of roles it allows. What a request asks.

use pbgdpl_model::policy::{Action, Condition, PolicyRow, Role, RoleSet};
use sha2::{Digest, Sha256};

const ACTIONS: usize = Action::ALL.len();
const CONDITIONS: usize = Condition::ALL.len();

/// One bit for every (role, action, condition) that the policy allows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyTable {
    bits: [[RoleSet; CONDITIONS]; ACTIONS],
}

/// The name of a set of rows: agencies with equal rows share one table. Order and repetition do not count.
#[must_use]
pub fn hash_of(rows: &[PolicyRow]) -> String {
    let mut lines: Vec<String> = rows.iter().map(ToString::to_string).collect();
    lines.sort_unstable();
    lines.dedup();
    hex::encode(Sha256::digest(lines.join("\n").as_bytes()))
}

impl PolicyTable {
    /// A table that allows nothing.
    #[must_use]
    pub fn empty() -> Self {
        Self {
            bits: [[RoleSet::default(); CONDITIONS]; ACTIONS],
        }
    }

    /// Allows one combination.
    pub(crate) fn allow(&mut self, role: Role, action: Action, condition: Condition) {
        if let Some(cell) = self
            .bits
            .get_mut(action.index())
            .and_then(|row| row.get_mut(condition.index()))
        {
            *cell = cell.with(role);
        }
    }

    /// The roles that may do the action under the condition.
    #[must_use]
    pub fn roles(&self, action: Action, condition: Condition) -> RoleSet {
        self.bits
            .get(action.index())
            .and_then(|row| row.get(condition.index()))
            .copied()
            .unwrap_or_default()
    }

    /// Whether one of these roles may do the action, given which conditions hold.
    pub fn allows(&self, roles: RoleSet, action: Action, mut holds: impl FnMut(Condition) -> bool) -> bool {
        Condition::ALL
            .iter()
            .any(|condition| self.roles(action, *condition).meets(roles) && holds(*condition))
    }

    /// Whether one of these roles could do the action under some condition: for menus.
    #[must_use]
    pub fn could(&self, roles: RoleSet, action: Action) -> bool {
        self.allows(roles, action, |_| true)
    }

    /// The rows that allow the action: what a refusal names.
    #[must_use]
    pub fn rows_for(&self, action: Action) -> Vec<PolicyRow> {
        let mut rows = Vec::new();
        for condition in Condition::ALL {
            for role in self.roles(action, *condition).iter() {
                rows.push(PolicyRow {
                    role,
                    action,
                    condition: *condition,
                });
            }
        }
        rows
    }

    /// As text for storage: `action condition roles` a line, only what allows.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        for action in Action::ALL {
            for condition in Condition::ALL {
                let roles = self.roles(*action, *condition);
                if !roles.is_empty() {
                    text.push_str(&format!("{action} {condition} {}\n", roles.bits()));
                }
            }
        }
        text
    }

    /// Reads what [`Self::to_text`] wrote; `None` where a word is unknown (written by another version: compile anew).
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        let mut table = Self::empty();
        for line in text.lines() {
            let mut words = line.split(' ');
            let action: Action = words.next()?.parse().ok()?;
            let condition: Condition = words.next()?.parse().ok()?;
            let roles = RoleSet::from_bits(words.next()?.parse().ok()?);
            for role in roles.iter() {
                table.allow(role, action, condition);
            }
        }
        Some(table)
    }
}
