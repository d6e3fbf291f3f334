//! Lists the people of the province.

use pbgdpl_scope::ProvinceCtx;
use pbgdpl_scope::action::AgencyList;
use pbgdpl_store::identity::Membership;

use crate::{Error, Province};

/// Everybody with a role in the province.
///
/// # Errors
/// [`Error::Denied`], or a fault of the store.
#[tracing::instrument(name = "province.member.list", skip_all)]
pub async fn list(province: &Province, ctx: &ProvinceCtx) -> Result<Vec<Membership>, Error> {
    let warrant = ctx.warrant::<AgencyList>()?;
    let store = province.store().province_reader(&warrant).await?;
    Ok(store.members(ctx.snapshot().province().id.into()).await?)
}
