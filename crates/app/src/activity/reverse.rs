//! Takes a counted activity back whole: reversing rows with a reason; nothing is erased.

use pbgdpl_model::activity::{Activity, Stage};
use pbgdpl_model::id::ActivityId;
use pbgdpl_model::ledger;
use pbgdpl_model::policy::Action;
use pbgdpl_scope::Ctx;
use pbgdpl_scope::action::ActivityCorrect;
use pbgdpl_store::tenant::Record;
use serde_json::json;

use crate::activity::correct::reason_given;
use crate::activity::{Outcome, tell};
use crate::{App, Error};

/// Takes the activity back.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Denied`], [`Error::Suspended`], or a fault of the store.
#[tracing::instrument(name = "activity.reverse", skip_all)]
pub async fn reverse(app: &App, ctx: &Ctx, activity: ActivityId, reason: &str) -> Result<Outcome<()>, Error> {
    let reason = reason.trim();
    let mut agency = app.open(ctx).await?;
    let found = agency.activity(activity).await?.ok_or(Error::NotFound)?;
    let permit = ctx.permit::<ActivityCorrect>(&found)?;
    if found.stage != Stage::Recorded {
        return Ok(Outcome::Stands(found.stage));
    }
    if let Some(problem) = reason_given(reason) {
        return Ok(Outcome::Unmet(vec![problem]));
    }
    let reversed = Activity {
        stage: Stage::Reversed,
        changed_at: ctx.now(),
        ..found
    };
    agency.move_activity(&permit, &reversed).await?;
    let standing = ledger::standing(&agency.ledger_of(activity.0).await?);
    let seq = agency
        .append_ledger(ctx, &ledger::reversal(&standing, reason))
        .await?;
    let record = Record {
        action: Action::ActivityCorrect,
        object_kind: "activity",
        object_id: activity.0,
        verb: "Hủy bằng bút toán đảo",
        note: reason,
        reason,
        version: Some(reversed.latest_version),
        detail: json!({
            "reversed": standing.iter().map(|row| row.seq).collect::<Vec<_>>(),
            "last_row": seq,
        }),
    };
    agency.record(ctx, record).await?;
    let partners = reversed.partners.iter().map(|partner| partner.tenant).collect();
    tell(&mut agency, ctx, activity, partners).await?;
    agency.save().await?;
    Ok(Outcome::Done(()))
}
