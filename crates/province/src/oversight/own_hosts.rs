//! Host names of agencies' own, over all agencies (TEN-22).

use pbgdpl_scope::ProvinceCtx;
use pbgdpl_scope::action::AgencyList;
use pbgdpl_store::province::ProvinceHost;

use crate::{Error, Province};

/// Every name that is looked at, the gravest first.
///
/// # Errors
/// [`Error::Denied`], or a fault of the store.
#[tracing::instrument(name = "province.oversight.own_hosts", skip_all)]
pub async fn own_hosts(province: &Province, ctx: &ProvinceCtx) -> Result<Vec<ProvinceHost>, Error> {
    let warrant = ctx.warrant::<AgencyList>()?;
    let reader = province.store().province_reader(&warrant).await?;
    Ok(reader.own_hosts().await?)
}
