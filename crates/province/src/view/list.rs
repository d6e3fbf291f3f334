//! The views that somebody may open: the own ones and those that others share.

use pbgdpl_model::dashboard::SavedView;
use pbgdpl_model::id::ViewId;
use pbgdpl_scope::ProvinceCtx;
use pbgdpl_scope::action::OversightRead;

use super::place;
use crate::{Error, Province};

/// All of them, newest first.
///
/// # Errors
/// [`Error::Denied`], or a fault of the store.
#[tracing::instrument(name = "province.view.list", skip_all)]
pub async fn list(province: &Province, ctx: &ProvinceCtx) -> Result<Vec<SavedView>, Error> {
    ctx.warrant::<OversightRead>()?;
    let (domain, reader) = place(ctx);
    let identity = province.store().read().identity().await?;
    Ok(identity.views(domain, reader).await?)
}

/// One of them.
///
/// # Errors
/// [`Error::NotFound`] also of what somebody else keeps to themselves, [`Error::Denied`], or a fault of the store.
#[tracing::instrument(name = "province.view.list.one", skip_all)]
pub async fn one(province: &Province, ctx: &ProvinceCtx, id: ViewId) -> Result<SavedView, Error> {
    ctx.warrant::<OversightRead>()?;
    let (domain, reader) = place(ctx);
    let identity = province.store().read().identity().await?;
    identity.view(domain, reader, id).await?.ok_or(Error::NotFound)
}
