//! Keeps what was found on a page; where the page went from well to ill, or back, it is recorded and told. Asks for its picture.

use pbgdpl_model::estate::{Finding, Health, Inspection};
use pbgdpl_model::id::PlaceId;
use pbgdpl_model::outbox::Message;
use pbgdpl_model::policy::Action;
use pbgdpl_scope::action::EmbedWatch;
use pbgdpl_scope::{Ctx, Nothing};
use pbgdpl_store::tenant::{Place, Record};
use serde_json::json;

use crate::{App, Error};

/// A page whose picture is older gets a new one.
const PICTURE_SECONDS: i64 = 7 * 24 * 3600;

/// Keeps an inspection; an older one than what is kept changes nothing, nor does one of a page that was retired. `pictures`: they are made
/// here. Returns how the page stands now.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Denied`], or a fault of the store.
#[tracing::instrument(name = "place.keep", skip_all)]
pub async fn keep(
    app: &App,
    ctx: &Ctx,
    id: PlaceId,
    (inspection, pictures): (&Inspection, bool),
) -> Result<Health, Error> {
    let mut agency = app.open(ctx).await?;
    let place = agency.place(id).await?.ok_or(Error::NotFound)?;
    let site = agency.embed(place.embed).await?.ok_or(Error::NotFound)?;
    let permit = ctx.permit::<EmbedWatch>(&Nothing)?;
    let retired = place.retired_at.is_some();
    if retired || place.looked_at.is_some_and(|looked| looked >= inspection.at) {
        return Ok(place.health);
    }
    let health = inspection.health();
    let kept = agency
        .keep_inspection(&permit, &place, (inspection, &site.site))
        .await?;
    if !kept {
        return Ok(place.health);
    }
    if health != place.health {
        let record = Record {
            action: Action::EmbedWatch,
            object_kind: "embed",
            object_id: place.embed.0,
            verb: verb(health),
            note: &place.address,
            reason: "",
            version: None,
            detail: json!({
                "place": id.to_string(), "before": place.health.word(), "after": health.word(),
                "finding": inspection.findings.first().map(Finding::says),
            }),
        };
        agency.record(ctx, record).await?;
        if matches!(health, Health::Broken | Health::Tampered) {
            agency.send(ctx, &Message::PlaceTroubled { place: id }).await?;
        }
    }
    if pictures && wants_picture(&place, inspection) {
        agency.send(ctx, &Message::PlacePicture { place: id }).await?;
    }
    agency.save().await?;
    Ok(health)
}

/// Whether a page that answered looks otherwise than its picture, as far as is known.
fn wants_picture(before: &Place, now: &Inspection) -> bool {
    let answered = !now
        .findings
        .iter()
        .any(|finding| matches!(finding, Finding::Unreachable { .. }));
    let since = now.at.plus_seconds(-PICTURE_SECONDS);
    let old = before.picture.as_ref().is_none_or(|picture| picture.at <= since);
    let changed = before.shows != now.shows || before.findings != now.findings;
    answered && (old || changed)
}

const fn verb(health: Health) -> &'static str {
    match health {
        Health::Good | Health::Poor | Health::Unknown => "Trang hiện chuyên mục",
        Health::Broken => "Trang không hiện chuyên mục",
        Health::Tampered => "Trang nghi bị chèn liên kết lạ",
    }
}
