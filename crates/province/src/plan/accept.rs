//! Accepts a contribution: it stands in the province's report from then on.

use pbgdpl_model::id::TenantId;
use pbgdpl_model::policy::Action;
use pbgdpl_scope::ProvinceCtx;
use pbgdpl_scope::action::{Act, ReportAccept};
use pbgdpl_store::province::{Decision, ProvinceRecord, ProvinceStore, SentContribution};
use serde_json::json;

use super::{Of, newest};
use crate::{Error, Province};

/// Accepts the newest version, which must be the one the officer read.
///
/// # Errors
/// [`Error::Denied`], [`Error::NotFound`], [`Error::Stale`] where a newer version came or somebody decided already, or a
/// fault of the store.
#[tracing::instrument(name = "province.plan.accept", skip_all)]
pub async fn accept(
    province: &Province,
    ctx: &ProvinceCtx,
    agency: TenantId,
    of: Of<'_>,
    version: i32,
) -> Result<(), Error> {
    let warrant = ctx.warrant::<ReportAccept>()?;
    let mut store = province.store().province(&warrant).await?;
    let sent = newest(&store, agency, of, version).await?;
    if sent.decision != Decision::Waiting {
        return Err(Error::Stale);
    }
    decide(
        &mut store,
        ctx,
        &sent,
        Decision::Accepted,
        "",
        ReportAccept::ACTION,
    )
    .await?;
    Ok(store.save().await?)
}

/// Writes a decision, tells the agency, records.
pub(super) async fn decide(
    store: &mut ProvinceStore,
    ctx: &ProvinceCtx,
    sent: &SentContribution,
    decision: Decision,
    remark: &str,
    action: Action,
) -> Result<(), Error> {
    let by = (ctx.actor().account(), ctx.actor().name());
    if !store
        .decide_contribution(sent, decision, remark, by, ctx.now())
        .await?
    {
        return Err(Error::Stale);
    }
    let subject = format!("{}/{}/{}", sent.plan, sent.year, sent.version);
    store
        .send(
            sent.tenant,
            "contribution-decided",
            &subject,
            ctx.request().trace(),
            ctx.now(),
        )
        .await?;
    let record = ProvinceRecord {
        action,
        object_kind: "contribution",
        object_id: sent.contribution.0,
        reason: remark,
        detail: json!({
            "plan": sent.plan, "year": sent.year, "version": sent.version, "hash": sent.hash,
            "before": sent.decision.word(), "after": decision.word(),
        }),
    };
    Ok(store.record(ctx, record).await?)
}
