//! Whom to call for a page; no longer looking at it, and no longer keeping its picture.

use pbgdpl_model::id::PlaceId;
use pbgdpl_model::outbox::Message;
use pbgdpl_scope::action::EmbedWrite;
use pbgdpl_scope::{Ctx, Nothing};
use pbgdpl_store::tenant::Place;
use serde_json::json;

use super::{contact, record};
use crate::{App, Error};

/// Changes whom to call for a page, or retires it: it stays in the register, is no longer looked at, and its last picture goes.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Denied`], [`Error::Invalid`] of `contact`, or a fault of the store.
#[tracing::instrument(name = "place.change", skip_all)]
pub async fn change(app: &App, ctx: &Ctx, id: PlaceId, whom: &str, retire: bool) -> Result<(), Error> {
    let mut agency = app.open(ctx).await?;
    // Held: a picture that a node keeps meanwhile is seen here, and its file goes with the page.
    let old = agency.place_held(id).await?.ok_or(Error::NotFound)?;
    let site = agency.embed(old.embed).await?.ok_or(Error::NotFound)?;
    let permit = ctx.permit::<EmbedWrite>(&Nothing)?;
    let new = Place {
        contact: contact(whom)?,
        retired_at: if retire {
            Some(old.retired_at.unwrap_or(ctx.now()))
        } else {
            old.retired_at
        },
        picture: old.picture.clone().filter(|_| !retire),
        ..old.clone()
    };
    if new == old {
        return Ok(());
    }
    agency.change_place(&permit, &new, &site.site).await?;
    let verb = if retire {
        "Thôi theo dõi trang"
    } else {
        "Sửa liên hệ của trang"
    };
    // Whom to call is a person's: the chain holds that it changed, not to what.
    let detail = json!({ "retired": retire });
    agency
        .record(ctx, record(verb, (old.embed, id), &old.address, detail))
        .await?;
    if let Some(gone) = old.picture.filter(|_| retire) {
        agency
            .send(ctx, &Message::FileDropped { file: gone.file })
            .await?;
    }
    agency.save().await?;
    Ok(())
}
