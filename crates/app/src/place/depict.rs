//! Keeps the last picture of a page in place of the one before, or why there is no new one.

use bytes::Bytes;
use pbgdpl_model::id::{MediaId, PlaceId};
use pbgdpl_model::outbox::Message;
use pbgdpl_model::policy::Action;
use pbgdpl_scope::action::EmbedWatch;
use pbgdpl_scope::{Ctx, Nothing, Permit};
use pbgdpl_store::tenant::{PlacePicture, Record};
use pbgdpl_store::{Files, StoreError};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::small::small;
use crate::{App, Error};

/// Keeps a picture (PNG), or the reason in the words of the screen why none came: then the last one stays. Returns whether there is a
/// new one; of a page that is no longer looked at none is kept.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Denied`], or a fault of the store.
#[tracing::instrument(name = "place.depict", skip_all)]
pub async fn depict(app: &App, ctx: &Ctx, id: PlaceId, taken: Result<Bytes, &str>) -> Result<bool, Error> {
    let permit = ctx.permit::<EmbedWatch>(&Nothing)?;
    let jpeg = match taken {
        Ok(png) => drawn(png).await?,
        Err(reason) => Err(reason.to_owned()),
    };
    let jpeg = match jpeg {
        Ok(jpeg) => jpeg,
        Err(reason) => {
            note(app, ctx, &permit, id, &reason).await?;
            return Ok(false);
        }
    };
    let picture = PlacePicture {
        file: MediaId::fresh(ctx.now()),
        sha256: hex::encode(Sha256::digest(&jpeg)),
        at: ctx.now(),
    };
    let path = Files::path(ctx.tenant().id(), picture.file);
    app.store().files().put(&path, jpeg).await?;
    let kept = keep(app, ctx, &permit, id, picture).await;
    // Where nobody knows whether it was kept, the file stays.
    if !matches!(&kept, Ok(true) | Err(Error::Store(StoreError::InDoubt(_))))
        && let Err(error) = app.store().files().remove(&path).await
    {
        tracing::warn!(%error, path, "a picture that is not kept stays as a file");
    }
    kept
}

/// Off the threads that answer: a second of a processor, once a week for each page.
async fn drawn(png: Bytes) -> Result<Result<Bytes, String>, Error> {
    let drawn = tokio::task::spawn_blocking(move || small(&png)).await;
    let drawn =
        drawn.map_err(|error| Error::Store(StoreError::Unfit(format!("drawing stopped: {error}"))))?;
    Ok(drawn.map(Bytes::from).map_err(str::to_owned))
}

/// Writes down why there is no new picture, and nothing else: another node may have made one meanwhile.
async fn note(
    app: &App,
    ctx: &Ctx,
    permit: &Permit<EmbedWatch>,
    id: PlaceId,
    reason: &str,
) -> Result<(), Error> {
    let mut agency = app.open(ctx).await?;
    agency.place(id).await?.ok_or(Error::NotFound)?;
    if agency.keep_no_picture(permit, id, reason).await? {
        agency.save().await?;
    }
    Ok(())
}

async fn keep(
    app: &App,
    ctx: &Ctx,
    permit: &Permit<EmbedWatch>,
    id: PlaceId,
    picture: PlacePicture,
) -> Result<bool, Error> {
    let mut agency = app.open(ctx).await?;
    // Held: of two nodes that made one, the second sees the picture of the first, and drops its file.
    let place = agency.place_held(id).await?.ok_or(Error::NotFound)?;
    let site = agency.embed(place.embed).await?.ok_or(Error::NotFound)?;
    let kept = agency
        .keep_picture(permit, &place, (&picture, &site.site))
        .await?;
    if !kept {
        return Ok(false);
    }
    let record = Record {
        action: Action::EmbedWatch,
        object_kind: "embed",
        object_id: place.embed.0,
        verb: "Chụp ảnh trang",
        note: &place.address,
        reason: "",
        version: None,
        detail: json!({
            "place": id.to_string(), "sha256": picture.sha256,
            "before": place.picture.as_ref().map(|before| before.sha256.as_str()),
        }),
    };
    agency.record(ctx, record).await?;
    if let Some(before) = &place.picture {
        agency
            .send(ctx, &Message::FileDropped { file: before.file })
            .await?;
    }
    agency.save().await?;
    Ok(true)
}
