//! Which years there are records of.

use pbgdpl_scope::ProvinceCtx;
use pbgdpl_scope::action::ReportFollow;

use crate::oversight::dashboard::years;
use crate::{Error, Province};

/// The years, newest first; today's among them.
///
/// # Errors
/// [`Error::Denied`], or a fault of the store.
#[tracing::instrument(name = "province.dataset.list", skip_all)]
pub async fn list(province: &Province, ctx: &ProvinceCtx) -> Result<Vec<i32>, Error> {
    let warrant = ctx.warrant::<ReportFollow>()?;
    let store = province.store().province_reader(&warrant).await?;
    years(&store, ctx.now().day()).await
}
