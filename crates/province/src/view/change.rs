//! Renames an own view, and says who may open it.

use pbgdpl_model::id::ViewId;
use pbgdpl_scope::ProvinceCtx;
use serde_json::json;

use super::{allowed, place, record};
use crate::{Error, Province};

/// Changes.
///
/// # Errors
/// [`Error::NotFound`] also of somebody else's view, [`Error::Denied`], [`Error::Invalid`] of `ten`, or a fault of the store.
#[tracing::instrument(name = "province.view.change", skip_all)]
pub async fn change(
    province: &Province,
    ctx: &ProvinceCtx,
    id: ViewId,
    title: &str,
    shared: bool,
) -> Result<(), Error> {
    let title = allowed(ctx, title, shared)?;
    let mut identity = province.store().identity().await?;
    if !identity
        .change_view(place(ctx), id, (title, shared), ctx.now())
        .await?
    {
        return Err(Error::NotFound);
    }
    let detail = json!({ "shared": shared });
    record(&mut identity, ctx, "account-save-view", id, detail).await?;
    Ok(identity.save().await?)
}
