//! Freezes the province's report on a plan: its bytes, their hash and the position of every ledger in it never change again.

use pbgdpl_model::plan::ledger_hash;
use pbgdpl_scope::ProvinceCtx;
use pbgdpl_scope::action::{Act, ReportFreeze};
use pbgdpl_store::province::{Frozen, PlanReport, ProvinceRecord};
use serde_json::json;

use super::Of;
use super::draw::draw;
use crate::{Error, Province};

/// Freezes the open version, which must be what the officer read: it is drawn once more in the same transaction.
///
/// # Errors
/// [`Error::Denied`], [`Error::NotFound`], [`Error::Stale`] where texts, contributions or figures changed since,
/// [`Error::Illegal`] where nothing is open or days of the year are not added up yet, or a fault of the store.
#[tracing::instrument(name = "province.plan.freeze", skip_all)]
pub async fn freeze(
    province: &Province,
    ctx: &ProvinceCtx,
    of: Of<'_>,
    hash: &str,
) -> Result<PlanReport, Error> {
    let warrant = ctx.warrant::<ReportFreeze>()?;
    let mut store = province.store().province(&warrant).await?;
    store.hold().await?;
    let drawn = draw(&store, ctx, of).await?;
    let Some(open) = drawn.open().cloned() else {
        return Err(Error::Illegal(
            "Chưa có bản đang soạn để chốt. Viết một phần, hoặc mở bản chỉnh lý.".to_owned(),
        ));
    };
    if drawn.waiting > 0 {
        return Err(Error::Illegal(format!(
            "Còn {} ngày của sổ đang được cộng; chốt lại sau ít phút.",
            drawn.waiting
        )));
    }
    if drawn.hash != hash {
        return Err(Error::Stale);
    }
    let frozen = PlanReport {
        frozen: Some(Frozen {
            at: ctx.now(),
            by: ctx.actor().account(),
            name: ctx.actor().name().to_owned(),
        }),
        body: drawn.body,
        hash: drawn.hash,
        ..open
    };
    store.put_plan_report(&frozen).await?;
    let record = ProvinceRecord {
        action: ReportFreeze::ACTION,
        object_kind: "plan-report",
        object_id: frozen.id.0,
        reason: "",
        detail: json!({
            "plan": frozen.plan, "year": frozen.year, "version": frozen.version, "hash": frozen.hash,
            "ledgers": ledger_hash(&drawn.document.books)?, "missing": drawn.document.absences(),
        }),
    };
    store.record(ctx, record).await?;
    store.save().await?;
    Ok(frozen)
}
