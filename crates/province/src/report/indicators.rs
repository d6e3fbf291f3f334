//! Reads the catalogue of indicators.

use pbgdpl_model::indicator::Indicators;
use pbgdpl_scope::ProvinceCtx;
use pbgdpl_scope::action::OversightRead;

use crate::{Error, Province};

/// Every version of every indicator, with the forms that name them.
///
/// # Errors
/// [`Error::Denied`], or a fault of the store.
#[tracing::instrument(name = "province.report.indicators", skip_all)]
pub async fn indicators(province: &Province, ctx: &ProvinceCtx) -> Result<Indicators, Error> {
    let warrant = ctx.warrant::<OversightRead>()?;
    let store = province.store().province_reader(&warrant).await?;
    Ok(Indicators::read(&store.catalogue_of(&Indicators::KINDS).await?)?)
}
