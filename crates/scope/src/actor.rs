//! Who acts: a person with the roles held here and now, or the system itself.

use pbgdpl_model::id::AccountId;
use pbgdpl_model::policy::{Role, RoleSet};
use uuid::Uuid;

/// Who acts. The roles are those of one domain (this agency, or the province), read for this request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    account: AccountId,
    name: String,
    roles: RoleSet,
    second_factor: bool,
    stale_second_factor: bool,
    system: bool,
}

impl Actor {
    /// A person who signed in. `second_factor`: whether this session showed one just now.
    #[must_use]
    pub fn person(account: AccountId, name: String, roles: RoleSet, second_factor: bool) -> Self {
        Self {
            account,
            name,
            roles,
            second_factor,
            stale_second_factor: false,
            system: false,
        }
    }

    /// The same, whose session showed a second factor too long ago: shown again, it counts.
    #[must_use]
    pub fn with_stale_second_factor(self) -> Self {
        Self {
            second_factor: false,
            stale_second_factor: true,
            ..self
        }
    }

    /// The system, by the name of what it does (a job, the command line): holds no role, passes every permit,
    /// and is named in every record.
    #[must_use]
    pub fn system(name: &str) -> Self {
        Self {
            account: AccountId(Uuid::nil()),
            name: name.to_owned(),
            roles: RoleSet::default(),
            second_factor: true,
            stale_second_factor: false,
            system: true,
        }
    }

    /// The account; nil for the system.
    #[must_use]
    pub const fn account(&self) -> AccountId {
        self.account
    }

    /// The name that records show.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The roles held in this domain.
    #[must_use]
    pub const fn roles(&self) -> RoleSet {
        self.roles
    }

    /// Whether this session showed a second factor just now.
    #[must_use]
    pub const fn second_factor(&self) -> bool {
        self.second_factor
    }

    /// Whether the second factor was shown too long ago and only has to be shown again.
    #[must_use]
    pub const fn stale_second_factor(&self) -> bool {
        self.stale_second_factor
    }

    /// This actor with the second factor shown again.
    pub(crate) fn stepped_up(&self) -> Self {
        Self {
            second_factor: self.second_factor || self.stale_second_factor,
            stale_second_factor: false,
            ..self.clone()
        }
    }

    /// Whether the system itself acts.
    #[must_use]
    pub const fn is_system(&self) -> bool {
        self.system
    }

    /// Whether the actor holds a role that publishes or decides without having shown a second factor (IDN-03).
    #[must_use]
    pub fn lacks_second_factor(&self) -> bool {
        !self.second_factor && !self.stale_second_factor && self.roles.iter().any(Role::needs_second_factor)
    }
}
