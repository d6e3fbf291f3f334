//! A co-organiser receives its share in another agency's activity, or learns that it changed: done by the system.

use pbgdpl_model::activity::{Activity, Answer, Share, Stage};
use pbgdpl_model::policy::Action;
use pbgdpl_scope::action::ActivityConfirmShare;
use pbgdpl_scope::{Ctx, Nothing, Tenant};
use pbgdpl_store::tenant::Record;
use serde_json::json;

use crate::{App, Error};

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Received {
    /// A new invitation: its reporters get a letter.
    New,
    /// The share follows the owner's activity now.
    Followed,
    /// It did already.
    Same,
}

/// Brings the share of `ctx`'s agency in line with the owner's activity. Harmless to repeat, and to come late: what was
/// read of the activity before a newer message arrived changes nothing.
///
/// # Errors
/// A fault of the store.
#[tracing::instrument(name = "activity.receive_share", skip_all)]
pub async fn receive_share(
    app: &App,
    ctx: &Ctx,
    owner: &Tenant,
    activity: &Activity,
) -> Result<Received, Error> {
    let mut agency = app.open(ctx).await?;
    agency.hold_ledger().await?;
    let permit = ctx.permit::<ActivityConfirmShare>(&Nothing)?;
    let held = agency.share(activity.id).await?;
    if held
        .as_ref()
        .is_some_and(|held| held.owner_row > activity.row_version)
    {
        return Ok(Received::Same);
    }
    let named = activity
        .partners
        .iter()
        .any(|partner| partner.tenant == ctx.tenant().id());
    let wanted = named && activity.stage == Stage::Recorded;
    if held.is_none() && !wanted {
        return Ok(Received::Same);
    }
    let answer = match (wanted, held.as_ref().map(|share| share.answer)) {
        (false, _) => Answer::Withdrawn,
        (true, None | Some(Answer::Withdrawn)) => Answer::Invited,
        (true, Some(given)) => given,
    };
    let share = Share {
        activity: activity.id,
        owner: owner.id(),
        owner_name: owner.short(activity.day).to_owned(),
        title: activity.content.title.trim().to_owned(),
        day: activity.day,
        summary: summary(activity),
        answer,
        reason: match (&held, answer) {
            (Some(held), Answer::Confirmed | Answer::Refused) => held.reason.clone(),
            _ => String::new(),
        },
        owner_row: activity.row_version,
    };
    if held.as_ref() == Some(&share) {
        return Ok(Received::Same);
    }
    agency.put_share(&permit, &share, None, ctx.now()).await?;
    let same = |held: &Share| {
        let owner_row = share.owner_row;
        Share {
            owner_row,
            ..held.clone()
        } == share
    };
    if held.as_ref().is_some_and(same) {
        // Nothing that anybody sees changed: only an older message is outrun.
        agency.save().await?;
        return Ok(Received::Same);
    }
    let invited = answer == Answer::Invited && held.is_none_or(|held| held.answer == Answer::Withdrawn);
    let (verb, received) = match answer {
        Answer::Withdrawn => ("Cơ quan chủ trì rút lời mời phối hợp", Received::Followed),
        _ if invited => ("Nhận lời mời phối hợp", Received::New),
        _ => ("Cơ quan chủ trì đính chính hoạt động", Received::Followed),
    };
    let record = Record {
        action: Action::ActivityConfirmShare,
        object_kind: "share",
        object_id: activity.id.0,
        verb,
        note: &share.owner_name,
        reason: "",
        version: Some(activity.latest_version),
        detail: json!({ "owner": owner.id().to_string(), "answer": answer.word() }),
    };
    agency.record(ctx, record).await?;
    agency.save().await?;
    Ok(received)
}

/// What the invited agency reads before it answers.
fn summary(of: &Activity) -> String {
    let content = &of.content;
    let mut parts = vec![of.kind.label().to_owned()];
    if !content.place.trim().is_empty() {
        parts.push(content.place.trim().to_owned());
    }
    if content.attendees > 0 {
        parts.push(format!("{} lượt người", content.attendees));
    }
    if content.materials > 0 {
        parts.push(format!("{} bản tài liệu", content.materials));
    }
    if content.broadcasts > 0 {
        parts.push(format!("{} lần phát", content.broadcasts));
    }
    parts.join(" · ")
}
