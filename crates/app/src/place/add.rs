//! Enters a page that shows the section; it is looked at as soon as there is a hand free, then every day.

use pbgdpl_model::estate::{Health, Shows};
use pbgdpl_model::id::{EmbedId, PlaceId};
use pbgdpl_model::outbox::Message;
use pbgdpl_scope::action::EmbedWrite;
use pbgdpl_scope::{Ctx, Nothing};
use pbgdpl_store::tenant::Place;
use serde_json::json;

use super::{address, contact, record};
use crate::{App, Error};

/// Most pages of one site that are looked at.
pub const MOST: usize = 50;

/// Enters the page. One that was retired is looked at again.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Denied`], [`Error::Invalid`] of `address` or `contact`, or a fault of the store.
#[tracing::instrument(name = "place.add", skip_all)]
pub async fn add(
    app: &App,
    ctx: &Ctx,
    embed: EmbedId,
    (typed, whom): (&str, &str),
) -> Result<PlaceId, Error> {
    let mut agency = app.open(ctx).await?;
    let site = agency.embed(embed).await?.ok_or(Error::NotFound)?;
    let permit = ctx.permit::<EmbedWrite>(&Nothing)?;
    let (address, contact) = (address(typed)?, contact(whom)?);
    let there = agency.place_at(&address).await?;
    if there.as_ref().is_some_and(|place| place.retired_at.is_none()) {
        return Err(Error::invalid("address", "đã có trong sổ."));
    }
    let all = agency.places(embed).await?;
    if all.iter().filter(|place| place.retired_at.is_none()).count() >= MOST {
        return Err(Error::invalid(
            "address",
            "không thêm được nữa: mỗi nơi nhúng theo dõi nhiều nhất 50 trang.",
        ));
    }
    let place = match there {
        Some(place) => {
            let again = Place {
                embed,
                contact: contact.clone(),
                retired_at: None,
                ..place
            };
            agency.change_place(&permit, &again, &site.site).await?;
            again
        }
        None => {
            let place = Place {
                id: PlaceId::fresh(ctx.now()),
                embed,
                address: address.clone(),
                contact: contact.clone(),
                added_by: ctx.actor().account(),
                added_at: ctx.now(),
                retired_at: None,
                health: Health::Unknown,
                shows: Shows::Nothing,
                findings: Vec::new(),
                looked_at: None,
                good_at: None,
                picture: None,
                no_picture: None,
            };
            agency.add_place(&permit, &place, &site.site).await?;
            place
        }
    };
    let detail = json!({ "address": address });
    agency
        .record(
            ctx,
            record("Ghi trang vào sổ", (embed, place.id), &address, detail),
        )
        .await?;
    agency.send(ctx, &Message::PlaceDue { place: place.id }).await?;
    agency.save().await?;
    Ok(place.id)
}
