//! Corrects a counted activity: its rows are taken back with a reason, new rows and a new version take their place.

use pbgdpl_model::activity::{Activity, Problem, Stage};
use pbgdpl_model::id::{ActivityId, TenantId};
use pbgdpl_model::ledger;
use pbgdpl_model::policy::Action;
use pbgdpl_scope::Ctx;
use pbgdpl_scope::action::ActivityCorrect;
use pbgdpl_store::tenant::Record;
use serde_json::json;

use crate::activity::{Facts, Outcome, draft, partners, rows, speakers, tell, version};
use crate::{App, Error};

/// A correction.
#[derive(Debug, Clone)]
pub struct Correct {
    /// Which activity.
    pub activity: ActivityId,
    /// The version the reporter had before their eyes.
    pub based_on: i32,
    /// As it should have been.
    pub facts: Facts,
    /// Why.
    pub reason: String,
}

/// Corrects. Returns the number of the new version.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Denied`], [`Error::Suspended`], or a fault of the store.
#[tracing::instrument(name = "activity.correct", skip_all)]
pub async fn correct(app: &App, ctx: &Ctx, order: Correct) -> Result<Outcome<i32>, Error> {
    let reason = order.reason.trim();
    let mut agency = app.open(ctx).await?;
    let found = agency.activity(order.activity).await?.ok_or(Error::NotFound)?;
    let permit = ctx.permit::<ActivityCorrect>(&found)?;
    if found.stage != Stage::Recorded {
        return Ok(Outcome::Stands(found.stage));
    }
    if order.based_on != found.latest_version {
        let newest = draft::newest(&agency, found.id).await?;
        return Ok(Outcome::Stale(Box::new(newest)));
    }
    let facts = &order.facts;
    let evidence = agency.evidence_count(found.id).await?;
    let mut problems = facts
        .content
        .cannot_be_recorded(facts.kind, facts.day, ctx.now().day(), evidence);
    problems.extend(reason_given(reason));
    problems.extend(speakers(&agency, &facts.content.registered, facts.day).await?);
    let partners = partners(app, ctx, &facts.partners, &found.partners).unwrap_or_else(|problem| {
        problems.push(problem);
        Vec::new()
    });
    if !problems.is_empty() {
        return Ok(Outcome::Unmet(problems));
    }
    let next = version(ctx, found.latest_version + 1, facts, reason);
    let before = found.clone();
    let changed = Activity {
        kind: facts.kind,
        day: facts.day,
        latest_version: next.number,
        content: order.facts.content.clone(),
        partners,
        changed_at: ctx.now(),
        ..found
    };
    // The version first: whoever loses this race stops here, before the ledger is read.
    agency.add_activity_version(&permit, &changed, &next).await?;
    let standing = ledger::standing(&agency.ledger_of(changed.id.0).await?);
    let mut appended = ledger::reversal(&standing, reason);
    appended.extend(rows(&changed));
    let seq = agency.append_ledger(ctx, &appended).await?;
    let record = Record {
        action: Action::ActivityCorrect,
        object_kind: "activity",
        object_id: changed.id.0,
        verb: "Đính chính",
        note: reason,
        reason,
        version: Some(next.number),
        detail: json!({
            "version": { "before": before.latest_version, "after": next.number },
            "day": { "before": before.day, "after": changed.day },
            "measures": {
                "before": before.content.measures(before.kind),
                "after": changed.content.measures(changed.kind),
            },
            "reversed": standing.iter().map(|row| row.seq).collect::<Vec<_>>(),
            "last_row": seq,
        }),
    };
    agency.record(ctx, record).await?;
    tell(&mut agency, ctx, changed.id, concerned(&before, &changed)).await?;
    agency.save().await?;
    Ok(Outcome::Done(next.number))
}

/// A correction without a reason is no correction.
pub(super) fn reason_given(reason: &str) -> Option<Problem> {
    (reason.chars().count() < 5).then(|| {
        Problem::new(
            "reason",
            "chưa có. Ghi vì sao số cũ sai, ví dụ “gõ nhầm 180, biên bản ghi 108”.",
        )
    })
}

/// Co-organisers before and after.
fn concerned(before: &Activity, after: &Activity) -> Vec<TenantId> {
    let mut all: Vec<TenantId> = Vec::new();
    for partner in before.partners.iter().chain(&after.partners) {
        if !all.contains(&partner.tenant) {
            all.push(partner.tenant);
        }
    }
    all
}
