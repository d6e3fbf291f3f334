//! Looks at agencies' own host names: as soon as one is claimed, then as often as its claim needs, every day at least (EMB-20, TEN-22).

use std::sync::Arc;
use std::time::Duration;

use pbgdpl_app::own_host::keep::{Look, keep};
use pbgdpl_exchange::Asked;
use pbgdpl_model::id::{HostId, TenantId};
use pbgdpl_model::outbox::Message;
use pbgdpl_scope::action::OversightRead;
use pbgdpl_scope::{Ctx, ProvinceCtx, RequestId, Tenant};
use pbgdpl_store::machinery::outbox::Header;
use tokio_util::sync::CancellationToken;

use crate::failure::Failure;
use crate::schedule::Round;
use crate::work::{Work, misdirected};

/// The message that one name is due.
pub(crate) const MESSAGE: &str = "host-due";

const NAME: &str = "Theo dõi tên miền riêng";
const EVERY: Duration = Duration::from_secs(10 * 60);
/// Names of one turn.
const TURN: u64 = 100;

/// Looks at the start, then every ten minutes, until stopped.
pub(crate) async fn regularly(work: Arc<Work>, stop: CancellationToken) {
    let round = Round {
        every: EVERY,
        cut: true,
        done: "host names of agencies",
        failed: "host names of agencies are not looked at yet",
    };
    round.go(work, stop, async |work| turn(&work).await).await;
}

/// Looks at the names that are due; returns at how many.
pub(crate) async fn turn(work: &Work) -> Result<u64, Failure> {
    let mut looked = 0;
    for (tenant, host) in due(work).await? {
        // One that fails is due again; the others do not wait for it.
        match of(work, tenant, host).await {
            Ok(()) => looked += 1,
            Err(error) => tracing::warn!(%error, %host, "a host name was not looked at"),
        }
    }
    Ok(looked)
}

async fn due(work: &Work) -> Result<Vec<(TenantId, HostId)>, Failure> {
    let snapshot = work.app.store().registry().now();
    let now = work.app.now();
    let ctx = ProvinceCtx::of_system(snapshot, NAME, now, RequestId::new(NAME.into()));
    let warrant = ctx
        .warrant::<OversightRead>()
        .map_err(pbgdpl_province::Error::from)?;
    let reader = work.app.store().province_reader(&warrant).await?;
    Ok(reader.own_hosts_due(now, TURN).await?)
}

async fn of(work: &Work, tenant: TenantId, host: HostId) -> Result<(), Failure> {
    let tenant = work.tenant(tenant)?;
    let ctx = Ctx::of_system(tenant.clone(), NAME, work.app.now(), RequestId::new(NAME.into()));
    look(work, &tenant, &ctx, host).await
}

/// A name was claimed, changed or given back, or somebody asked for a look.
pub(crate) async fn run(work: &Work, header: &Header) -> Result<(), Failure> {
    let (tenant, message) = work.message(header).await?;
    let Message::HostDue { host } = message else {
        return Err(misdirected());
    };
    let ctx = work.ctx(tenant.clone(), NAME, header);
    look(work, &tenant, &ctx, host).await
}

async fn look(work: &Work, tenant: &Tenant, ctx: &Ctx, id: HostId) -> Result<(), Failure> {
    let Some(looker) = &work.hosts else {
        return Ok(());
    };
    let reader = work.app.store().read().tenant(tenant).await?;
    let Some(claim) = reader.host_claim(id).await? else {
        return Ok(());
    };
    // Nothing is held while somebody else's server is waited for.
    drop(reader);
    let at = work.app.now();
    let asked = Asked {
        host: &claim.host,
        token: &claim.token,
        standing: claim.claim.standing(),
    };
    let (answer, findings) = looker.look(asked, at).await;
    let look = Look {
        at,
        token: claim.token.clone(),
        answer,
        findings,
    };
    keep(&work.app, ctx, id, look).await?;
    Ok(())
}
