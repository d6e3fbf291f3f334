//! The owner of a joint activity receives a co-organiser's answer: done by the system. Figures do not change.

use pbgdpl_model::activity::Partner;
use pbgdpl_model::id::ActivityId;
use pbgdpl_model::policy::Action;
use pbgdpl_scope::Ctx;
use pbgdpl_scope::action::ActivityRecord;
use pbgdpl_store::tenant::Record;
use serde_json::json;

use crate::{App, Error};

/// Writes the answer into the owner's list. Harmless to repeat; `reason` is what a refusal says.
///
/// # Errors
/// [`Error::NotFound`] where the activity is unknown, or a fault of the store.
#[tracing::instrument(name = "activity.receive_answer", skip_all)]
pub async fn receive_answer(
    app: &App,
    ctx: &Ctx,
    activity: ActivityId,
    partner: &Partner,
    reason: &str,
) -> Result<(), Error> {
    let mut agency = app.open(ctx).await?;
    let found = agency.activity(activity).await?.ok_or(Error::NotFound)?;
    let permit = ctx.permit::<ActivityRecord>(&found)?;
    let known = found.partners.iter().find(|known| known.tenant == partner.tenant);
    // Taken out of the list meanwhile, or the same answer again.
    if known.is_none_or(|known| known.answer == partner.answer) {
        return Ok(());
    }
    agency.put_answer(&permit, activity, partner, ctx.now()).await?;
    let note = if reason.is_empty() {
        partner.name.clone()
    } else {
        format!("{}: {reason}", partner.name)
    };
    let record = Record {
        action: Action::ActivityConfirmShare,
        object_kind: "activity",
        object_id: activity.0,
        verb: partner.answer.label(),
        note: &note,
        reason,
        version: Some(found.latest_version),
        detail: json!({ "partner": partner.tenant.to_string(), "answer": partner.answer.word() }),
    };
    agency.record(ctx, record).await?;
    agency.save().await?;
    Ok(())
}
