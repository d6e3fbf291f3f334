//! Pages of agencies' sites that show a section, over all agencies (N-30).

use pbgdpl_scope::ProvinceCtx;
use pbgdpl_scope::action::AgencyList;
use pbgdpl_store::province::ProvincePlace;

use crate::{Error, Province};

/// Every page that is looked at.
///
/// # Errors
/// [`Error::Denied`], or a fault of the store.
#[tracing::instrument(name = "province.oversight.places", skip_all)]
pub async fn places(province: &Province, ctx: &ProvinceCtx) -> Result<Vec<ProvincePlace>, Error> {
    let warrant = ctx.warrant::<AgencyList>()?;
    let reader = province.store().province_reader(&warrant).await?;
    Ok(reader.places().await?)
}
