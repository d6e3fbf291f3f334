//! A page no longer shows the section, or somebody else put something there: a letter to each who answers for the section (N-30).

use pbgdpl_mail::letter::PlaceTroubled;
use pbgdpl_model::estate::{Finding, Health};
use pbgdpl_model::id::PlaceId;
use pbgdpl_model::outbox::Message;
use pbgdpl_model::policy::Role;
use pbgdpl_scope::Tenant;
use pbgdpl_store::machinery::outbox::{Follower, Header};
use pbgdpl_store::tenant::Place;

use crate::failure::Failure;
use crate::letter::{about, addressed, for_holders, send, still_there};
use crate::work::{Work, misdirected};

/// The message.
pub(crate) const MESSAGE: &str = "place-troubled";
/// The letter to one of them.
pub(crate) const LETTER: &str = "letter-place-troubled";

pub(crate) async fn run(work: &Work, header: &Header) -> Result<Vec<Follower>, Failure> {
    let (tenant, message) = work.message(header).await?;
    let Message::PlaceTroubled { place } = message else {
        return Err(misdirected());
    };
    if troubled(work, &tenant, place).await?.is_none() {
        return Ok(Vec::new());
    }
    for_holders(work, LETTER, &tenant, &[Role::AgencyAdmin], &place.to_string()).await
}

/// Tells one of them, unless the page is well again.
pub(crate) async fn letter(work: &Work, header: &Header) -> Result<(), Failure> {
    let tenant = work.tenant_of(header)?;
    let (to, what) = addressed(header)?;
    let id: PlaceId = about(what)?;
    let Some(place) = troubled(work, &tenant, id).await? else {
        return Ok(());
    };
    let Some(reader) = still_there(work, to, tenant.id().into(), Some(Role::AgencyAdmin)).await? else {
        return Ok(());
    };
    let finding = place.findings.first();
    let words = PlaceTroubled {
        agency: tenant.official(work.app.now().day()),
        address: &place.address,
        contact: &place.contact,
        trouble: &finding.map_or_else(|| Health::Broken.label().to_owned(), Finding::says),
        advice: &finding.map(Finding::advises).unwrap_or_default(),
        tampered: place.health == Health::Tampered,
        link: &work.desk_link(&tenant, &format!("gan/{}/so", place.embed)),
    };
    send(work, header, "Hệ thống PBGDPL", &words, &reader).await
}

/// The page, if it is still looked at and still ill.
async fn troubled(work: &Work, tenant: &Tenant, id: PlaceId) -> Result<Option<Place>, Failure> {
    let reader = work.app.store().read().tenant(tenant).await?;
    let place = reader.place(id).await?;
    Ok(place.filter(|place| {
        place.retired_at.is_none() && matches!(place.health, Health::Broken | Health::Tampered)
    }))
}
