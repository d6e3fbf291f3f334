//! Frozen reports on plans for whoever oversees: all of them, and one of them. Drafts are not seen.

use pbgdpl_scope::ProvinceCtx;
use pbgdpl_scope::action::OversightRead;
use pbgdpl_store::province::PlanReport;

use super::Of;
use super::read::{FrozenReport, frozen_report};
use crate::{Error, Province};

/// A frozen version; the newest where none is named.
///
/// # Errors
/// [`Error::Denied`], [`Error::NotFound`], or a fault of the store.
#[tracing::instrument(name = "province.plan.frozen", skip_all)]
pub async fn frozen(
    province: &Province,
    ctx: &ProvinceCtx,
    of: Of<'_>,
    version: Option<i32>,
) -> Result<FrozenReport, Error> {
    let warrant = ctx.warrant::<OversightRead>()?;
    let store = province.store().province_reader(&warrant).await?;
    frozen_report(&store, of, version).await
}

/// Every frozen version, the newest year first.
///
/// # Errors
/// [`Error::Denied`], or a fault of the store.
#[tracing::instrument(name = "province.plan.frozen.all", skip_all)]
pub async fn all(province: &Province, ctx: &ProvinceCtx) -> Result<Vec<PlanReport>, Error> {
    let warrant = ctx.warrant::<OversightRead>()?;
    let store = province.store().province_reader(&warrant).await?;
    Ok(store.frozen_plan_reports().await?)
}
