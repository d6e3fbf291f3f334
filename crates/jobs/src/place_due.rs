//! Looks at pages that show a section: as soon as one is entered, then every day (N-30). Idempotent: what was found later stays.

use std::sync::Arc;
use std::time::Duration;

use pbgdpl_app::embed::expect::expected;
use pbgdpl_app::place::keep;
use pbgdpl_model::clock::Moment;
use pbgdpl_model::id::{PlaceId, TenantId};
use pbgdpl_model::outbox::Message;
use pbgdpl_scope::action::OversightRead;
use pbgdpl_scope::{Ctx, ProvinceCtx, RequestId, Tenant};
use pbgdpl_store::machinery::outbox::Header;
use tokio_util::sync::CancellationToken;

use crate::failure::Failure;
use crate::schedule::Round;
use crate::work::{Work, misdirected};

/// The message that one page is due.
pub(crate) const MESSAGE: &str = "place-due";

const NAME: &str = "Theo dõi trang nhúng";
const EVERY: Duration = Duration::from_secs(10 * 60);
/// A page is looked at again after this long: well within the day in which a removal must be noticed.
const AGAIN_SECONDS: i64 = 20 * 3600;
/// Pages of one turn: so many sites that do not answer take less than the time between two turns.
const TURN: u64 = 100;

/// Looks at the start, then every ten minutes, until stopped.
pub(crate) async fn regularly(work: Arc<Work>, stop: CancellationToken) {
    let round = Round {
        every: EVERY,
        cut: true,
        done: "pages that show a section",
        failed: "pages that show a section are not looked at yet",
    };
    round.go(work, stop, async |work| turn(&work).await).await;
}

/// Looks at the pages that are due; returns at how many.
pub(crate) async fn turn(work: &Work) -> Result<u64, Failure> {
    let mut looked = 0;
    for (tenant, place) in due(work).await? {
        // One that fails is due again; the others do not wait for it.
        match of(work, tenant, place).await {
            Ok(()) => looked += 1,
            Err(error) => tracing::warn!(%error, %place, "a page was not looked at"),
        }
    }
    Ok(looked)
}

async fn due(work: &Work) -> Result<Vec<(TenantId, PlaceId)>, Failure> {
    let snapshot = work.app.store().registry().now();
    let now = work.app.now();
    let ctx = ProvinceCtx::of_system(snapshot, NAME, now, RequestId::new(NAME.into()));
    let warrant = ctx
        .warrant::<OversightRead>()
        .map_err(pbgdpl_province::Error::from)?;
    let reader = work.app.store().province_reader(&warrant).await?;
    let since = now.plus_seconds(-AGAIN_SECONDS);
    Ok(reader.places_due(since, TURN).await?)
}

async fn of(work: &Work, tenant: TenantId, place: PlaceId) -> Result<(), Failure> {
    let tenant = work.tenant(tenant)?;
    let ctx = Ctx::of_system(tenant.clone(), NAME, work.app.now(), RequestId::new(NAME.into()));
    look(work, &tenant, &ctx, place).await
}

/// A page was entered.
pub(crate) async fn run(work: &Work, header: &Header) -> Result<(), Failure> {
    let (tenant, message) = work.message(header).await?;
    let Message::PlaceDue { place } = message else {
        return Err(misdirected());
    };
    let ctx = work.ctx(tenant.clone(), NAME, header);
    look(work, &tenant, &ctx, place).await
}

async fn look(work: &Work, tenant: &Tenant, ctx: &Ctx, id: PlaceId) -> Result<(), Failure> {
    let Some(pages) = &work.pages else {
        return Ok(());
    };
    let reader = work.app.store().read().tenant(tenant).await?;
    let place = reader.place(id).await?.filter(|place| place.retired_at.is_none());
    let Some(place) = place else {
        return Ok(());
    };
    let site = reader.embed(place.embed).await?;
    let site = site.ok_or_else(|| Failure::never("a page without its site"))?;
    let former = reader.former_keys(site.id).await?;
    // Nothing is held while somebody else's server is waited for.
    drop(reader);
    let now: Moment = work.app.now();
    let section = format!("{}/{}/", pages.public, tenant.slug());
    let expected = expected((&pages.embed, &section), &site, &former, now);
    let inspection = pages.reader.look(&place.address, &expected, now).await;
    let pictures = pages.camera.is_some();
    keep::keep(&work.app, ctx, id, (&inspection, pictures)).await?;
    Ok(())
}
