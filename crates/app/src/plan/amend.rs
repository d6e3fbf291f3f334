//! Begins a new version of what the province accepted: always with a reason; what was sent stays as it is.

use pbgdpl_model::plan::{Draft, Standing};
use pbgdpl_model::policy::Action;
use pbgdpl_scope::action::ReportFill;
use pbgdpl_scope::{Ctx, Nothing};
use pbgdpl_store::tenant::Record;
use serde_json::json;

use super::{Outcome, view};
use crate::{App, Error};

/// Begins the new version. Returns its number.
///
/// # Errors
/// [`Error::NotFound`] where nothing was sent, [`Error::Denied`], [`Error::Invalid`] without a reason, [`Error::Stale`], or a
/// fault of the store.
#[tracing::instrument(name = "plan.amend", skip_all)]
pub async fn amend(
    app: &App,
    ctx: &Ctx,
    (plan, year): (&str, i32),
    reason: &str,
) -> Result<Outcome<i32>, Error> {
    let permit = ctx.permit::<ReportFill>(&Nothing)?;
    let mut agency = app.open(ctx).await?;
    let seen = view(&agency, ctx.tenant().agency(), (plan, year), ctx.now().day()).await?;
    let before = seen.draft.clone().ok_or(Error::NotFound)?;
    if seen.standing() != Standing::Accepted {
        return Ok(Outcome::Refused(
            "Chỉ chỉnh lý báo cáo đã được tiếp nhận.".to_owned(),
        ));
    }
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Error::invalid(
            "ly-do",
            "còn trống; chỉnh lý báo cáo đã tiếp nhận phải ghi lý do",
        ));
    }
    let draft = Draft {
        version: seen.next_version(),
        reason: reason.to_owned(),
        by: ctx.actor().account(),
        by_name: ctx.actor().name().to_owned(),
        at: ctx.now(),
        ..before
    };
    agency.put_contribution(&permit, &draft).await?;
    let record = Record {
        action: Action::ReportFill,
        object_kind: "contribution",
        object_id: draft.id.0,
        verb: "Chỉnh lý báo cáo kế hoạch",
        note: reason,
        reason,
        version: Some(draft.version),
        detail: json!({ "plan": draft.plan, "year": year, "version": draft.version }),
    };
    agency.record(ctx, record).await?;
    agency.save().await?;
    Ok(Outcome::Done(draft.version))
}
