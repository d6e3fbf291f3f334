//! Records the year through the acts: evidence, joint activities with their partners' answers, two corrections.

use anyhow::{anyhow, bail};
use chrono::{Datelike, NaiveDate};
use pbgdpl_app::App;
use pbgdpl_app::activity::{Facts, Outcome, add_evidence, answer_share, correct, draft, record};
use pbgdpl_app::media::upload::{Purpose, Upload, upload};
use pbgdpl_jobs::Jobs;
use pbgdpl_model::activity::Answer;
use pbgdpl_model::clock::SetClock;
use pbgdpl_model::id::ActivityId;
use pbgdpl_model::policy::Role;
use pbgdpl_scope::Tenant;

use crate::demo::people::People;
use crate::demo::picture;
use crate::demo::time::at;
use crate::demo::year::Planned;

/// Records one activity in the name of its agency's reporter.
///
/// # Errors
/// What it lacks, or a fault of the store.
pub async fn one(
    app: &App,
    clock: &SetClock,
    people: &People,
    planned: &Planned,
) -> anyhow::Result<ActivityId> {
    let tenant = &planned.owner;
    let reporter = people.of(tenant, Role::Reporter)?;
    clock.set(at(planned.recorded, 15 * 60));
    let ctx = reporter.ctx(tenant, app.now());
    let facts = facts(planned);
    let id = done(draft::create(app, &ctx, facts).await?)?;
    if let Some(number) = planned.evidence {
        let order = Upload {
            purpose: Purpose::Evidence,
            file_name: format!("danh-sach-{}.png", planned.day.format("%Y-%m-%d")),
            bytes: picture::sheet(number)?,
            alt: "Ảnh minh hoạ, không phải giấy tờ thật".to_owned(),
        };
        let media = upload(app, &ctx, order).await?;
        let label = "Danh sách người dự (ảnh minh hoạ)";
        done(add_evidence::add_evidence(app, &ctx, id, media.id, label).await?)?;
    }
    done(record::record(app, &ctx, id, 1).await?)?;
    Ok(id)
}

/// Carries out what waits at the end of a month, then lets the partners answer their invitations.
///
/// # Errors
/// A fault of the store.
pub async fn end_of_month(
    app: &App,
    clock: &SetClock,
    people: &People,
    jobs: &Jobs,
    tenants: &[Tenant],
    last: NaiveDate,
) -> anyhow::Result<()> {
    clock.set(at(last, 17 * 60));
    jobs.run_once_until_idle().await?;
    clock.set(at(last, 17 * 60 + 30));
    for tenant in tenants {
        let waiting = app
            .store()
            .read()
            .tenant(tenant)
            .await?
            .shares(Some(Answer::Invited), 1, 100)
            .await?;
        for share in waiting.0 {
            let ctx = people.of(tenant, Role::Reporter)?.ctx(tenant, app.now());
            done(answer_share::answer_share(app, &ctx, share.activity, true, "").await?)?;
        }
    }
    jobs.run_once_until_idle().await?;
    Ok(())
}

/// Corrects a recorded activity at the end of a month: more people came than were first written down.
///
/// # Errors
/// What it lacks, or a fault of the store.
pub async fn corrected(
    app: &App,
    clock: &SetClock,
    people: &People,
    planned: &Planned,
    activity: ActivityId,
    last: NaiveDate,
) -> anyhow::Result<()> {
    clock.set(at(last, 17 * 60 + 45));
    let ctx = people
        .of(&planned.owner, Role::Reporter)?
        .ctx(&planned.owner, app.now());
    let mut facts = facts(planned);
    let before = facts.content.attendees;
    facts.content.attendees += 12;
    let reason = format!(
        "Ghi nhầm {before}, danh sách ký nhận có {} người.",
        facts.content.attendees
    );
    let order = correct::Correct {
        activity,
        based_on: 1,
        facts,
        reason,
    };
    done(correct::correct(app, &ctx, order).await?)?;
    Ok(())
}

/// The last day of a day's month.
pub fn last_of_month(day: NaiveDate) -> NaiveDate {
    let (year, month) = if day.month() == 12 {
        (day.year() + 1, 1)
    } else {
        (day.year(), day.month() + 1)
    };
    let next = NaiveDate::from_ymd_opt(year, month, 1).unwrap_or(day);
    next.pred_opt().unwrap_or(day)
}

fn facts(planned: &Planned) -> Facts {
    Facts {
        kind: planned.kind,
        day: planned.day,
        content: planned.content.clone(),
        partners: planned.partners.clone(),
    }
}

fn done<T>(outcome: Outcome<T>) -> anyhow::Result<T> {
    match outcome {
        Outcome::Done(value) => Ok(value),
        Outcome::Unmet(problems) => Err(anyhow!("{problems:?}")),
        Outcome::Stale(_) => bail!("somebody else wrote"),
        Outcome::Stands(stage) => bail!("it is {}", stage.word()),
    }
}
