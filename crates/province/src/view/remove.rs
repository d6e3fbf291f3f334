//! Takes an own view away, and brings it back.

use pbgdpl_model::id::ViewId;
use pbgdpl_scope::ProvinceCtx;
use pbgdpl_scope::action::OversightRead;
use serde_json::json;

use super::{place, record};
use crate::{Error, Province};

/// Takes it away; [`undo`] brings it back.
///
/// # Errors
/// [`Error::NotFound`] also of somebody else's view, [`Error::Denied`], or a fault of the store.
#[tracing::instrument(name = "province.view.remove", skip_all)]
pub async fn remove(province: &Province, ctx: &ProvinceCtx, id: ViewId) -> Result<(), Error> {
    ctx.warrant::<OversightRead>()?;
    let mut identity = province.store().identity().await?;
    if !identity.remove_view(place(ctx), id, Some(ctx.now())).await? {
        return Err(Error::NotFound);
    }
    record(&mut identity, ctx, "account-remove-view", id, json!("removed")).await?;
    Ok(identity.save().await?)
}

/// Brings back what was taken away.
///
/// # Errors
/// As [`remove`].
#[tracing::instrument(name = "province.view.remove.undo", skip_all)]
pub async fn undo(province: &Province, ctx: &ProvinceCtx, id: ViewId) -> Result<(), Error> {
    ctx.warrant::<OversightRead>()?;
    let mut identity = province.store().identity().await?;
    if !identity.remove_view(place(ctx), id, None).await? {
        return Err(Error::NotFound);
    }
    record(&mut identity, ctx, "account-save-view", id, json!("brought back")).await?;
    Ok(identity.save().await?)
}
