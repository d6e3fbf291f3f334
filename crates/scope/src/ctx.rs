//! The context of one act: agency, actor, time, request. The first argument of everything in `app`.

use pbgdpl_model::clock::Moment;
use pbgdpl_model::policy::{Action, Condition};

use crate::action::Act;
use crate::actor::Actor;
use crate::permit::{Denied, Guarded, Permit};
use crate::policy_table::PolicyTable;
use crate::registry::Tenant;

/// The name of one request, shown on error pages and in every record, with the trace it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestId {
    id: String,
    trace: Option<String>,
}

impl RequestId {
    /// From its text.
    #[must_use]
    pub fn new(id: String) -> Self {
        Self { id, trace: None }
    }

    /// With the W3C `traceparent` that outbox jobs continue.
    #[must_use]
    pub fn with_trace(self, trace: Option<String>) -> Self {
        Self { trace, ..self }
    }

    /// Its text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.id
    }

    /// The trace it belongs to.
    #[must_use]
    pub fn trace(&self) -> Option<&str> {
        self.trace.as_deref()
    }
}

/// Agency, actor, time and request of one act.
#[derive(Debug, Clone)]
pub struct Ctx {
    tenant: Tenant,
    actor: Actor,
    now: Moment,
    request: RequestId,
}

impl Ctx {
    /// A person acts in an agency. `actor` carries the roles held in this agency.
    #[must_use]
    pub fn of_person(tenant: Tenant, actor: Actor, now: Moment, request: RequestId) -> Self {
        Self {
            tenant,
            actor,
            now,
            request,
        }
    }

    /// A job or the command line acts in an agency.
    #[must_use]
    pub fn of_system(tenant: Tenant, name: &str, now: Moment, request: RequestId) -> Self {
        Self {
            tenant,
            actor: Actor::system(name),
            now,
            request,
        }
    }

    /// The agency.
    #[must_use]
    pub const fn tenant(&self) -> &Tenant {
        &self.tenant
    }

    /// Who acts.
    #[must_use]
    pub const fn actor(&self) -> &Actor {
        &self.actor
    }

    /// When.
    #[must_use]
    pub const fn now(&self) -> Moment {
        self.now
    }

    /// In which request.
    #[must_use]
    pub const fn request(&self) -> &RequestId {
        &self.request
    }

    /// Asks whether the actor may do `A` to this thing.
    ///
    /// # Errors
    /// [`Denied`], naming the rule that would be needed. Nobody may write in an agency that is not open, but the system.
    pub fn permit<A: Act>(&self, thing: &impl Guarded) -> Result<Permit<A>, Denied> {
        decide(self.tenant.policy(), &self.actor, A::ACTION, thing)?;
        Ok(Permit::granted(self.tenant.id()))
    }

    /// Whether the actor could do the action to something: for menus and buttons.
    #[must_use]
    pub fn could(&self, action: Action) -> bool {
        self.actor.is_system() || self.tenant.policy().could(self.actor.roles(), action)
    }

    /// Whether the actor may do the action to this thing, at most after showing the second factor again: for buttons.
    #[must_use]
    pub fn may(&self, action: Action, thing: &impl Guarded) -> bool {
        decide(self.tenant.policy(), &self.actor, action, thing)
            .map_or_else(|denied| denied.step_up, |()| true)
    }
}

/// The decision itself: bits, then the condition's predicate. No allocation where it allows.
pub(crate) fn decide(
    table: &PolicyTable,
    actor: &Actor,
    action: Action,
    thing: &impl Guarded,
) -> Result<(), Denied> {
    if actor.is_system() {
        return Ok(());
    }
    let mut failed = None;
    let allowed = table.allows(actor.roles(), action, |condition| {
        let holds = holds(condition, actor, thing);
        if !holds {
            failed = Some(condition);
        }
        holds
    });
    if allowed {
        return Ok(());
    }
    let step_up = actor.stale_second_factor() && {
        let actor = actor.stepped_up();
        table.allows(actor.roles(), action, |condition| holds(condition, &actor, thing))
    };
    Err(Denied {
        action,
        needed: table.rows_for(action),
        failed,
        step_up,
    })
}

/// Whether a condition holds for this actor and this thing: the closed list.
pub(crate) fn holds(condition: Condition, actor: &Actor, thing: &impl Guarded) -> bool {
    let not_contributor = || !thing.contributors().contains(&actor.account());
    match condition {
        Condition::Always => true,
        Condition::OwnItem => thing.owner() == Some(actor.account()),
        Condition::NotContributor => not_contributor(),
        Condition::SecondFactor => actor.second_factor(),
        Condition::NotContributorSecondFactor => not_contributor() && actor.second_factor(),
    }
}
