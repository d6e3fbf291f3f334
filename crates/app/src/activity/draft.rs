//! Writes an activity down before it counts; an older page never overwrites a newer version.

use pbgdpl_model::activity::{Activity, Partner, Problem, Stage, Version};
use pbgdpl_model::id::ActivityId;
use pbgdpl_model::policy::Action;
use pbgdpl_scope::action::ActivityWrite;
use pbgdpl_scope::{Ctx, Nothing};
use pbgdpl_store::tenant::{Record, TenantStore};
use serde_json::json;

use crate::activity::{Facts, Outcome, partners, speakers, version};
use crate::{App, Error};

/// Writes a new activity down. It is a draft: nothing is counted.
///
/// # Errors
/// [`Error::Denied`], [`Error::Suspended`], or a fault of the store.
#[tracing::instrument(name = "activity.draft.create", skip_all)]
pub async fn create(app: &App, ctx: &Ctx, facts: Facts) -> Result<Outcome<ActivityId>, Error> {
    let mut agency = app.open(ctx).await?;
    let permit = ctx.permit::<ActivityWrite>(&Nothing)?;
    let partners = match checked(app, ctx, &agency, &facts, &[]).await? {
        Ok(partners) => partners,
        Err(problems) => return Ok(Outcome::Unmet(problems)),
    };
    let first = version(ctx, 1, &facts, "");
    let new = Activity {
        id: ActivityId::fresh(ctx.now()),
        kind: facts.kind,
        stage: Stage::Draft,
        day: facts.day,
        latest_version: 1,
        content: facts.content,
        partners,
        created_by: ctx.actor().account(),
        changed_at: ctx.now(),
        row_version: 1,
    };
    agency.add_activity(&permit, &new, &first).await?;
    note(&mut agency, ctx, &new, "Lập hoạt động").await?;
    agency.save().await?;
    Ok(Outcome::Done(new.id))
}

/// Saves a draft anew. `based_on`: the version the reporter had before their eyes. Returns the new version's number.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Denied`], [`Error::Suspended`], or a fault of the store.
#[tracing::instrument(name = "activity.draft.save", skip_all)]
pub async fn save(
    app: &App,
    ctx: &Ctx,
    activity: ActivityId,
    based_on: i32,
    facts: Facts,
) -> Result<Outcome<i32>, Error> {
    let mut agency = app.open(ctx).await?;
    let found = agency.activity(activity).await?.ok_or(Error::NotFound)?;
    let permit = ctx.permit::<ActivityWrite>(&found)?;
    if found.stage != Stage::Draft {
        return Ok(Outcome::Stands(found.stage));
    }
    if based_on != found.latest_version {
        return Ok(Outcome::Stale(Box::new(newest(&agency, activity).await?)));
    }
    let partners = match checked(app, ctx, &agency, &facts, &found.partners).await? {
        Ok(partners) => partners,
        Err(problems) => return Ok(Outcome::Unmet(problems)),
    };
    let unchanged = found.kind == facts.kind
        && found.day == facts.day
        && found.content == facts.content
        && found.partners == partners;
    if unchanged {
        return Ok(Outcome::Done(found.latest_version));
    }
    let next = version(ctx, found.latest_version + 1, &facts, "");
    let changed = Activity {
        kind: facts.kind,
        day: facts.day,
        latest_version: next.number,
        content: facts.content,
        partners,
        changed_at: ctx.now(),
        ..found
    };
    agency.add_activity_version(&permit, &changed, &next).await?;
    note(&mut agency, ctx, &changed, "Sửa").await?;
    agency.save().await?;
    Ok(Outcome::Done(next.number))
}

/// The newest version, for the page that was faster.
pub(super) async fn newest(agency: &TenantStore, activity: ActivityId) -> Result<Version, Error> {
    let versions = agency.activity_versions(activity).await?;
    versions.into_iter().next().ok_or(Error::NotFound)
}

async fn checked(
    app: &App,
    ctx: &Ctx,
    agency: &TenantStore,
    facts: &Facts,
    before: &[Partner],
) -> Result<Result<Vec<Partner>, Vec<Problem>>, Error> {
    let mut problems = facts.content.cannot_be_saved();
    problems.extend(speakers(agency, &facts.content.registered, facts.day).await?);
    Ok(match partners(app, ctx, &facts.partners, before) {
        Ok(partners) if problems.is_empty() => Ok(partners),
        Ok(_) => Err(problems),
        Err(problem) => {
            problems.push(problem);
            Err(problems)
        }
    })
}

async fn note(agency: &mut TenantStore, ctx: &Ctx, activity: &Activity, verb: &str) -> Result<(), Error> {
    let record = Record {
        action: Action::ActivityWrite,
        object_kind: "activity",
        object_id: activity.id.0,
        verb,
        note: "",
        reason: "",
        version: Some(activity.latest_version),
        detail: json!({
            "kind": activity.kind.word(),
            "day": activity.day,
            "version": activity.latest_version,
            "partners": activity.partners.len(),
        }),
    };
    Ok(agency.record(ctx, record).await?)
}
