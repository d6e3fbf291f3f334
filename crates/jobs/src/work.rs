//! What every job needs: the acts, the way out for letters, the agency of its message, and a context to act in.

use pbgdpl_app::App;
use pbgdpl_exchange::{Camera, Client, HostLooker, LogServer, PageReader};
use pbgdpl_mail::Sender;
use pbgdpl_model::id::{ActivityId, TenantId};
use pbgdpl_model::outbox::Message;
use pbgdpl_province::Province;
use pbgdpl_province::alarm::Seen;
use pbgdpl_scope::{Ctx, ProvinceCtx, RequestId, Tenant};
use pbgdpl_store::machinery::outbox::Header;
use tokio::sync::Mutex;
use tracing::Span;
use uuid::Uuid;

use crate::failure::Failure;

/// The address of the role that owns the tables; it holds a password.
pub(crate) struct Owner(pub String);

impl std::fmt::Debug for Owner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Owner")
    }
}

/// Where sections are, and what reads the pages that show them.
#[derive(Debug, Clone)]
pub struct Pages {
    /// Reads pages.
    pub reader: PageReader,
    /// Makes pictures of them; where there is none, none are made.
    pub camera: Option<Camera>,
    /// Origin of the frames.
    pub embed: String,
    /// Origin of the sections.
    pub public: String,
}

/// What jobs share.
#[derive(Debug)]
pub(crate) struct Work {
    pub app: App,
    pub province: Province,
    pub sender: Sender,
    /// The way out to the Ministry, where there is one.
    pub exchange: Option<Client>,
    /// What reads the pages that show a section; where there is nothing, none is looked at.
    pub pages: Option<Pages>,
    /// What looks at agencies' own host names; where there is nothing, none is looked at.
    pub hosts: Option<HostLooker>,
    /// The log server of the data centre, where there is one.
    pub log_server: Option<LogServer>,
    /// This node, among those that take turns.
    pub node: Uuid,
    /// Where the desk is, without a slash at its end.
    pub desk: String,
    /// The role that owns the tables, where this node may change them.
    pub owner: Option<Owner>,
    /// How far this node looked through the logs.
    pub watched: Mutex<Seen>,
    /// Makes a span the child of the act that left the message.
    pub follow: fn(&Span, &str),
}

impl Work {
    /// The agency with this id. A new agency may not have reached this node yet: later.
    pub fn tenant(&self, id: TenantId) -> Result<Tenant, Failure> {
        let known = self.app.store().registry().now().by_id(id);
        known.ok_or_else(|| Failure::later("the agency is not known to this node"))
    }

    /// The agency of a message.
    pub fn tenant_of(&self, header: &Header) -> Result<Tenant, Failure> {
        let id = header
            .tenant
            .ok_or_else(|| Failure::never("a message of an agency without its agency"))?;
        self.tenant(id)
    }

    /// What a message of an agency says, read through the agency's own door.
    pub async fn message(&self, header: &Header) -> Result<(Tenant, Message), Failure> {
        let tenant = self.tenant_of(header)?;
        let reader = self.app.store().read().tenant(&tenant).await?;
        let message = reader.message(header.id).await?;
        let message = message.ok_or_else(|| Failure::never("a header without its message"))?;
        Ok((tenant, message))
    }

    /// The system acts in an agency, in the trace of the act that left the message.
    pub fn ctx(&self, tenant: Tenant, name: &str, header: &Header) -> Ctx {
        let request = RequestId::new(header.id.to_string()).with_trace(header.trace.clone());
        Ctx::of_system(tenant, name, self.app.now(), request)
    }

    /// The system acts for the province, in the trace of the act that left the message.
    pub fn province_ctx(&self, name: &str, header: &Header) -> ProvinceCtx {
        let request = RequestId::new(header.id.to_string()).with_trace(header.trace.clone());
        let snapshot = self.app.store().registry().now();
        ProvinceCtx::of_system(snapshot, name, self.app.now(), request)
    }

    /// What makes pictures of pages, where this node has it.
    pub fn camera(&self) -> Option<&Camera> {
        self.pages.as_ref()?.camera.as_ref()
    }

    /// The way out to the Ministry. Another node may have one, or this one after its settings were changed: later.
    pub fn exchange(&self) -> Result<&Client, Failure> {
        let client = self.exchange.as_ref();
        client.ok_or_else(|| Failure::later("no exchange is set up on this node"))
    }

    /// A place on the desk of an agency.
    pub fn desk_link(&self, tenant: &Tenant, rest: &str) -> String {
        format!("{}/quan-tri/{}/{rest}", self.desk, tenant.slug())
    }

    /// The activity a message speaks of, read through its owner's own door.
    pub async fn activity(
        &self,
        owner: &Tenant,
        id: ActivityId,
    ) -> Result<pbgdpl_model::activity::Activity, Failure> {
        let reader = self.app.store().read().tenant(owner).await?;
        let found = reader.activity(id).await?;
        found.ok_or_else(|| Failure::never("the activity does not exist"))
    }
}

/// A message that a job of another kind was given: a fault of ours.
pub(crate) fn misdirected() -> Failure {
    Failure::never("the message does not say what its header says")
}
