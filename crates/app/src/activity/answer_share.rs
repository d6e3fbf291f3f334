//! Confirms or refuses a share in another agency's activity; the answer travels back through the outbox.

use pbgdpl_model::activity::{Answer, Problem, Share};
use pbgdpl_model::id::ActivityId;
use pbgdpl_model::outbox::Message;
use pbgdpl_model::policy::Action;
use pbgdpl_scope::action::ActivityConfirmShare;
use pbgdpl_scope::{Ctx, Nothing};
use pbgdpl_store::tenant::Record;
use serde_json::json;

use crate::activity::Outcome;
use crate::{App, Error};

/// Answers an invitation; an answer may be changed as long as the owner keeps the activity. A refusal says why.
///
/// # Errors
/// [`Error::NotFound`] also where the owner took it back, [`Error::Denied`], [`Error::Suspended`], or a fault of the
/// store.
#[tracing::instrument(name = "activity.answer_share", skip_all)]
pub async fn answer_share(
    app: &App,
    ctx: &Ctx,
    activity: ActivityId,
    took_part: bool,
    reason: &str,
) -> Result<Outcome<()>, Error> {
    let reason = reason.trim();
    let mut agency = app.open(ctx).await?;
    agency.hold_ledger().await?;
    let permit = ctx.permit::<ActivityConfirmShare>(&Nothing)?;
    let share = agency
        .share(activity)
        .await?
        .filter(|share| share.answer != Answer::Withdrawn)
        .ok_or(Error::NotFound)?;
    let (answer, verb) = if took_part {
        (Answer::Confirmed, "Xác nhận phối hợp")
    } else {
        (Answer::Refused, "Từ chối phối hợp")
    };
    if !took_part && reason.is_empty() {
        let problem = Problem::new("reason", "chưa có. Khi từ chối, ghi lý do cho cơ quan chủ trì.");
        return Ok(Outcome::Unmet(vec![problem]));
    }
    if share.answer == answer && share.reason == reason {
        return Ok(Outcome::Done(()));
    }
    let (before, owner) = (share.answer, share.owner);
    let answered = Share {
        answer,
        reason: reason.to_owned(),
        ..share
    };
    let by = Some((ctx.actor().account(), ctx.actor().name()));
    agency.put_share(&permit, &answered, by, ctx.now()).await?;
    let record = Record {
        action: Action::ActivityConfirmShare,
        object_kind: "share",
        object_id: activity.0,
        verb,
        note: reason,
        reason,
        version: None,
        detail: json!({ "before": before.word(), "after": answer.word() }),
    };
    agency.record(ctx, record).await?;
    agency
        .send(ctx, &Message::ShareAnswered { activity, owner })
        .await?;
    agency.save().await?;
    Ok(Outcome::Done(()))
}
