//! Pages of agencies' sites that show a section, over all agencies (N-30).

use pbgdpl_model::id::{MediaId, PlaceId, TenantId};
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

/// The file of a page's last picture. A page of another agency answers like one that does not exist.
///
/// # Errors
/// [`Error::NotFound`] where there is none, [`Error::Denied`], or a fault of the store.
#[tracing::instrument(name = "province.oversight.places.picture", skip_all)]
pub async fn picture(
    province: &Province,
    ctx: &ProvinceCtx,
    agency: TenantId,
    page: PlaceId,
) -> Result<MediaId, Error> {
    let warrant = ctx.warrant::<AgencyList>()?;
    let reader = province.store().province_reader(&warrant).await?;
    let found = reader.place(agency, page).await?;
    let (file, _) = found.and_then(|page| page.picture).ok_or(Error::NotFound)?;
    Ok(file)
}
