//! Sends the agency's report on a plan to the province: texts and figures are frozen with a hash and the position of the ledger.

use pbgdpl_model::plan::Draft;
use pbgdpl_model::policy::Action;
use pbgdpl_scope::action::ReportSubmit;
use pbgdpl_scope::{Ctx, Nothing};
use pbgdpl_store::StoreError;
use pbgdpl_store::province::{Decision, SentContribution};
use pbgdpl_store::tenant::Record;
use serde_json::json;

use super::{Outcome, closed, view};
use crate::{App, Error};

/// Sends it. `read`: hash of what the sender had before their eyes ([`super::View::hash`]). Returns the hash of what was frozen.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Denied`], [`Error::Stale`], or a fault of the store.
#[tracing::instrument(name = "plan.send", skip_all)]
pub async fn send(
    app: &App,
    ctx: &Ctx,
    (plan, year): (&str, i32),
    read: &str,
) -> Result<Outcome<String>, Error> {
    let permit = ctx.permit::<ReportSubmit>(&Nothing)?;
    let mut agency = app.open(ctx).await?;
    let seen = view(&agency, ctx.tenant().agency(), (plan, year), ctx.now().day()).await?;
    if !seen.standing().is_open() {
        return Ok(closed(seen.standing()));
    }
    let Some(before) = seen
        .draft
        .clone()
        .filter(|_| seen.tasks.iter().any(|task| !task.text.is_empty()))
    else {
        return Ok(Outcome::Refused(
            "Chưa có thuyết minh nào. Viết ít nhất một nhiệm vụ, lưu, rồi gửi.".to_owned(),
        ));
    };
    if seen.hash != read {
        return Ok(Outcome::Moved);
    }
    let unreadable = |error: serde_json::Error| StoreError::Unreadable(error.to_string());
    let body = seen.body.canonical().map_err(unreadable)?;
    let sent = SentContribution {
        tenant: ctx.tenant().id(),
        plan: seen.plan.id.clone(),
        year,
        version: seen.body.version,
        contribution: before.id,
        body,
        hash: seen.hash.clone(),
        ledger_seq: seen.body.ledger_seq,
        sent_at: ctx.now(),
        sent_name: ctx.actor().name().to_owned(),
        decision: Decision::Waiting,
        remark: String::new(),
        decided_name: None,
        decided_at: None,
    };
    let draft = Draft {
        version: sent.version,
        ..before
    };
    agency.put_contribution(&permit, &draft).await?;
    agency.send_contribution(&permit, &sent).await?;
    let blank = seen.tasks.iter().filter(|task| task.text.is_empty()).count();
    let record = Record {
        action: Action::ReportSubmit,
        object_kind: "contribution",
        object_id: draft.id.0,
        verb: "Gửi báo cáo kế hoạch",
        note: "",
        reason: "",
        version: Some(sent.version),
        detail: json!({
            "plan": sent.plan, "year": year, "hash": sent.hash, "ledger": sent.ledger_seq, "blank": blank,
        }),
    };
    agency.record(ctx, record).await?;
    agency.save().await?;
    Ok(Outcome::Done(sent.hash))
}
