//! Frozen reports on plans for whoever oversees: all of them, and one of them. Drafts are not seen.

use pbgdpl_scope::ProvinceCtx;
use pbgdpl_scope::action::{Act, OversightRead};
use pbgdpl_store::province::{PlanReport, ProvinceRecord};
use serde_json::json;

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

/// Takes a frozen version out of the house, as a file: recorded before anything leaves.
///
/// # Errors
/// [`Error::Denied`], [`Error::NotFound`], or a fault of the store.
#[tracing::instrument(name = "province.plan.frozen.take", skip_all)]
pub async fn take(
    province: &Province,
    ctx: &ProvinceCtx,
    of: Of<'_>,
    version: Option<i32>,
) -> Result<FrozenReport, Error> {
    let warrant = ctx.warrant::<OversightRead>()?;
    let mut store = province.store().province(&warrant).await?;
    let read = frozen_report(&store, of, version).await?;
    let record = ProvinceRecord {
        action: OversightRead::ACTION,
        object_kind: "plan-report",
        object_id: read.report.id.0,
        reason: "",
        detail: json!({
            "what": "docx", "plan": of.0, "year": of.1, "version": read.report.version, "hash": read.report.hash,
        }),
    };
    store.record(ctx, record).await?;
    store.save().await?;
    Ok(read)
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
