//! The proof that somebody may do something: asked of the bits and the conditions, carried to the store.

use std::marker::PhantomData;

use pbgdpl_model::id::{AccountId, TenantId};
use pbgdpl_model::policy::{Action, Condition, PolicyRow};

use crate::action::Act;

/// What the conditions of a policy ask of a thing.
pub trait Guarded {
    /// Who made it.
    fn owner(&self) -> Option<AccountId> {
        None
    }

    /// Who touched it since it was last published.
    fn contributors(&self) -> &[AccountId] {
        &[]
    }
}

/// For actions on nothing in particular: lists, new things.
#[derive(Debug, Clone, Copy)]
pub struct Nothing;

impl Guarded for Nothing {}

impl Guarded for pbgdpl_model::article::Article {
    fn owner(&self) -> Option<AccountId> {
        Some(self.created_by)
    }

    fn contributors(&self) -> &[AccountId] {
        &self.contributors
    }
}

impl Guarded for pbgdpl_model::activity::Activity {
    fn owner(&self) -> Option<AccountId> {
        Some(self.created_by)
    }
}

/// Whoever an alarm is about does not answer it.
impl Guarded for pbgdpl_model::alarm::Alarm {
    fn contributors(&self) -> &[AccountId] {
        &self.about
    }
}

/// Who proposed a public figure does not agree to it.
impl Guarded for pbgdpl_model::figure::PublicFigure {
    fn owner(&self) -> Option<AccountId> {
        Some(self.proposed.account)
    }

    fn contributors(&self) -> &[AccountId] {
        std::slice::from_ref(&self.proposed.account)
    }
}

/// Who asked for more time does not grant it (N-07).
impl Guarded for pbgdpl_model::report::Extension {
    fn owner(&self) -> Option<AccountId> {
        Some(self.by)
    }

    fn contributors(&self) -> &[AccountId] {
        std::slice::from_ref(&self.by)
    }
}

/// This actor may do `A` in this agency. Cannot be made elsewhere, copied to another agency or kept: the store
/// compares its agency before it writes.
#[derive(Debug)]
pub struct Permit<A: Act> {
    tenant: TenantId,
    action: PhantomData<A>,
}

impl<A: Act> Permit<A> {
    pub(crate) const fn granted(tenant: TenantId) -> Self {
        Self {
            tenant,
            action: PhantomData,
        }
    }

    /// The agency it was given in.
    #[must_use]
    pub const fn tenant(&self) -> TenantId {
        self.tenant
    }
}

/// A refusal, naming the rules any one of which would be needed (AUZ-06).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not permitted: {action}")]
pub struct Denied {
    /// What was asked.
    pub action: Action,
    /// The rows of the policy that would allow it to somebody.
    pub needed: Vec<PolicyRow>,
    /// The condition that failed, where the role would do.
    pub failed: Option<Condition>,
    /// Whether showing the second factor again is all that is missing.
    pub step_up: bool,
}

impl Denied {
    /// The code that reproduces the decision, for the page and the log.
    #[must_use]
    pub fn code(&self) -> String {
        match self.failed {
            Some(condition) => format!("{}/{condition}", self.action),
            None => format!("{}/role", self.action),
        }
    }
}
