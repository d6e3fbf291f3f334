//! Puts an activity into the ledger: from now on it counts, and the co-organisers are invited to confirm.

use pbgdpl_model::activity::{Activity, Stage};
use pbgdpl_model::id::ActivityId;
use pbgdpl_model::policy::Action;
use pbgdpl_scope::Ctx;
use pbgdpl_scope::action::ActivityRecord;
use pbgdpl_store::tenant::Record;
use serde_json::json;

use crate::activity::{Outcome, draft, rows, speakers, tell};
use crate::{App, Error};

/// Counts a draft. `based_on`: the version the reporter saw. Returns the number of the last ledger row.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Denied`], [`Error::Suspended`], or a fault of the store.
#[tracing::instrument(name = "activity.record", skip_all)]
pub async fn record(
    app: &App,
    ctx: &Ctx,
    activity: ActivityId,
    based_on: i32,
) -> Result<Outcome<i64>, Error> {
    let mut agency = app.open(ctx).await?;
    let found = agency.activity(activity).await?.ok_or(Error::NotFound)?;
    let permit = ctx.permit::<ActivityRecord>(&found)?;
    if found.stage != Stage::Draft {
        return Ok(Outcome::Stands(found.stage));
    }
    if based_on != found.latest_version {
        let newest = draft::newest(&agency, activity).await?;
        return Ok(Outcome::Stale(Box::new(newest)));
    }
    let evidence = agency.evidence_count(activity).await?;
    let mut problems = found
        .content
        .cannot_be_recorded(found.kind, found.day, ctx.now().day(), evidence);
    // The register may have changed since the draft was saved.
    problems.extend(speakers(&agency, &found.content.registered, found.day).await?);
    if !problems.is_empty() {
        return Ok(Outcome::Unmet(problems));
    }
    let counted = Activity {
        stage: Stage::Recorded,
        changed_at: ctx.now(),
        ..found
    };
    agency.move_activity(&permit, &counted).await?;
    let rows = rows(&counted);
    let seq = agency.append_ledger(ctx, &rows).await?;
    let record = Record {
        action: Action::ActivityRecord,
        object_kind: "activity",
        object_id: activity.0,
        verb: "Ghi sổ",
        note: "",
        // REP-03: the reason stands signed in the audit chain.
        reason: counted.content.no_evidence_reason.trim(),
        version: Some(counted.latest_version),
        detail: json!({
            "version": counted.latest_version,
            "day": counted.day,
            "rows": rows.len(),
            "last_row": seq,
            "evidence": evidence,
        }),
    };
    agency.record(ctx, record).await?;
    let partners = counted.partners.iter().map(|partner| partner.tenant).collect();
    tell(&mut agency, ctx, activity, partners).await?;
    agency.save().await?;
    Ok(Outcome::Done(seq))
}
