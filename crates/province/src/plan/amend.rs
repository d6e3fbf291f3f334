//! Begins a new version of a frozen report: always with a reason; the frozen one stays as it is.

use pbgdpl_model::id::PlanReportId;
use pbgdpl_scope::ProvinceCtx;
use pbgdpl_scope::action::{Act, ReportConsolidate};
use pbgdpl_store::province::{PlanReport, ProvinceRecord};
use serde_json::json;

use super::Of;
use crate::{Error, Province};

/// Begins the new version, with the texts of the frozen one. Returns its number.
///
/// # Errors
/// [`Error::Denied`], [`Error::NotFound`] where nothing was written, [`Error::Invalid`] without a reason, [`Error::Illegal`]
/// where the newest version is open, or a fault of the store.
#[tracing::instrument(name = "province.plan.amend", skip_all)]
pub async fn amend(province: &Province, ctx: &ProvinceCtx, of: Of<'_>, reason: &str) -> Result<i32, Error> {
    let warrant = ctx.warrant::<ReportConsolidate>()?;
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Error::invalid("ly-do", "còn trống; bản chỉnh lý phải ghi lý do"));
    }
    let mut store = province.store().province(&warrant).await?;
    store.hold().await?;
    let newest = store.plan_reports(of.0, of.1).await?.into_iter().next();
    let newest = newest.ok_or(Error::NotFound)?;
    if newest.frozen.is_none() {
        return Err(Error::Illegal(
            "Đang có một bản chưa chốt; sửa bản đó.".to_owned(),
        ));
    }
    let report = PlanReport {
        id: PlanReportId::fresh(ctx.now()),
        version: newest.version + 1,
        reason: reason.to_owned(),
        frozen: None,
        body: String::new(),
        hash: String::new(),
        by: (ctx.actor().account(), ctx.actor().name().to_owned()),
        at: ctx.now(),
        ..newest
    };
    store.put_plan_report(&report).await?;
    let record = ProvinceRecord {
        action: ReportConsolidate::ACTION,
        object_kind: "plan-report",
        object_id: report.id.0,
        reason,
        detail: json!({ "plan": report.plan, "year": report.year, "version": report.version }),
    };
    store.record(ctx, record).await?;
    store.save().await?;
    Ok(report.version)
}
