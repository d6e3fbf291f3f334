//! Officers of the province and auditors: warrants instead of permits, never a tenant row without a logged reading.

use std::marker::PhantomData;

use pbgdpl_model::agency::Agency;
use pbgdpl_model::clock::Moment;
use pbgdpl_model::id::TenantId;
use pbgdpl_model::policy::Action;

use crate::action::{Act, EvidenceRead, RecordsExport};
use crate::actor::Actor;
use crate::ctx::{RequestId, decide};
use crate::permit::{Denied, Guarded, Nothing};
use crate::registry::{Snapshot, Tenant};

/// How much of the present a reading must have. A replica may lack the last moments (ADR 0021).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recency {
    /// Everything that was committed when it was asked.
    Now,
    /// What the settings allow a replica to lack may be missing; the page says so.
    Lately,
}

/// Actor, time and request of one act of the province.
#[derive(Debug, Clone)]
pub struct ProvinceCtx {
    snapshot: std::sync::Arc<Snapshot>,
    actor: Actor,
    now: Moment,
    request: RequestId,
    recency: Recency,
}

impl ProvinceCtx {
    /// An officer acts; `actor` carries the roles held in the province.
    #[must_use]
    pub fn of_person(
        snapshot: std::sync::Arc<Snapshot>,
        actor: Actor,
        now: Moment,
        request: RequestId,
    ) -> Self {
        Self {
            snapshot,
            actor,
            now,
            request,
            recency: Recency::Now,
        }
    }

    /// A job or the command line acts.
    #[must_use]
    pub fn of_system(
        snapshot: std::sync::Arc<Snapshot>,
        name: &str,
        now: Moment,
        request: RequestId,
    ) -> Self {
        Self {
            snapshot,
            actor: Actor::system(name),
            now,
            request,
            recency: Recency::Now,
        }
    }

    /// Who only looks, here and everywhere: no act of theirs could be missing from what a replica shows.
    #[must_use]
    pub fn who_only_looks(self) -> Self {
        Self {
            recency: Recency::Lately,
            ..self
        }
    }

    /// The same, drawn by these agencies as they were ([`Snapshot::with_agencies`]).
    #[must_use]
    pub fn by_agencies(&self, agencies: &[Agency]) -> Self {
        Self {
            snapshot: std::sync::Arc::new(self.snapshot.with_agencies(agencies)),
            ..self.clone()
        }
    }

    /// The same reading, of everything there is: for what leaves the house.
    #[must_use]
    pub fn of_now(self) -> Self {
        Self {
            recency: Recency::Now,
            ..self
        }
    }

    /// How much of the present is asked for.
    #[must_use]
    pub const fn recency(&self) -> Recency {
        self.recency
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

    /// The agencies as this request sees them.
    #[must_use]
    pub fn snapshot(&self) -> &Snapshot {
        &self.snapshot
    }

    /// Asks whether the officer may do `A`.
    ///
    /// # Errors
    /// [`Denied`], naming the rule that would be needed.
    pub fn warrant<A: Act>(&self) -> Result<ProvinceWarrant<A>, Denied> {
        self.warrant_for(&Nothing)
    }

    /// Asks whether the officer may do `A` to this thing.
    ///
    /// # Errors
    /// [`Denied`], naming the rule that would be needed.
    pub fn warrant_for<A: Act>(&self, thing: &impl Guarded) -> Result<ProvinceWarrant<A>, Denied> {
        decide(self.snapshot.province_policy(), &self.actor, A::ACTION, thing)?;
        Ok(ProvinceWarrant { action: PhantomData })
    }

    /// Whether the officer may do the action to this thing, at most after showing the second factor again: for buttons.
    #[must_use]
    pub fn may(&self, action: Action, thing: &impl Guarded) -> bool {
        decide(self.snapshot.province_policy(), &self.actor, action, thing)
            .map_or_else(|denied| denied.step_up, |()| true)
    }

    /// Asks whether the actor may read records inside one agency. The reading itself is logged by the act that uses it.
    ///
    /// # Errors
    /// [`Denied`], naming the rule that would be needed.
    pub fn audit_warrant(&self, tenant: &Tenant) -> Result<AuditWarrant, Denied> {
        self.reads_inside(EvidenceRead::ACTION, tenant)
    }

    /// Asks whether the actor may take the records of one agency out of the house. The taking is logged by the act that uses it.
    ///
    /// # Errors
    /// [`Denied`], naming the rule that would be needed.
    pub fn records_warrant(&self, tenant: &Tenant) -> Result<AuditWarrant, Denied> {
        self.reads_inside(RecordsExport::ACTION, tenant)
    }

    fn reads_inside(&self, action: Action, tenant: &Tenant) -> Result<AuditWarrant, Denied> {
        decide(self.snapshot.province_policy(), &self.actor, action, &Nothing)?;
        Ok(AuditWarrant {
            tenant: tenant.clone(),
        })
    }

    /// Whether the officer could do the action: for menus and buttons.
    #[must_use]
    pub fn could(&self, action: Action) -> bool {
        self.actor.is_system() || self.snapshot.province_policy().could(self.actor.roles(), action)
    }
}

/// This officer may do `A` over all agencies.
#[derive(Debug)]
pub struct ProvinceWarrant<A: Act> {
    action: PhantomData<A>,
}

impl<A: Act> ProvinceWarrant<A> {
    /// The action it was given for.
    #[must_use]
    pub const fn action(&self) -> Action {
        A::ACTION
    }
}

/// This auditor may read inside this agency, and nothing else.
#[derive(Debug)]
pub struct AuditWarrant {
    tenant: Tenant,
}

impl AuditWarrant {
    /// The agency.
    #[must_use]
    pub const fn tenant(&self) -> &Tenant {
        &self.tenant
    }

    /// Its id.
    #[must_use]
    pub fn tenant_id(&self) -> TenantId {
        self.tenant.id()
    }
}
