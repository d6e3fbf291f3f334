//! Corrects a fact that was written down wrongly: the right one takes its place, the wrong one is kept with the reason.

use chrono::NaiveDate;
use pbgdpl_model::register::{Body, Decision, Details, Problem, Standing, State, of_decision, of_details};
use pbgdpl_scope::Ctx;
use pbgdpl_scope::action::{RegisterDecide, RegisterWrite};

use crate::register::{New, Outcome, Seen, hold, reason_given};
use crate::{App, Error};

/// Corrects who the person is, as the newest details say it. Returns the number of the fact.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Denied`], [`Error::Suspended`], or a fault of the store.
#[tracing::instrument(name = "register.correct.details", skip_all)]
pub async fn details(
    app: &App,
    ctx: &Ctx,
    seen: Seen,
    right: Details,
    reason: &str,
) -> Result<Outcome<i32>, Error> {
    let reason = reason.trim();
    let Some(held) = hold::<RegisterWrite>(app, ctx, seen).await? else {
        return Ok(Outcome::Stale);
    };
    let mut problems = of_details(&right);
    problems.extend(reason_given(reason));
    let wrong = held.entry.details_on(ctx.now().day()).map(|(fact, _)| fact);
    let (from, corrects) = wrong
        .map(|fact| (fact.from, fact.number))
        .ok_or(Error::NotFound)?;
    if !problems.is_empty() {
        return Ok(Outcome::Unmet(problems));
    }
    let new = New {
        from,
        body: Body::Details(right),
        corrects: Some(corrects),
        reason,
        verb: "Đính chính thông tin",
        note: reason.to_owned(),
    };
    held.append(ctx, new).await
}

/// Corrects the decision and the day of the newest standing. `decision`: none where the standing rests on none of its own.
/// Returns the number of the fact.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Denied`], [`Error::Suspended`], or a fault of the store.
#[tracing::instrument(name = "register.correct.standing", skip_all)]
pub async fn standing(
    app: &App,
    ctx: &Ctx,
    seen: Seen,
    decision: Option<Decision>,
    from: NaiveDate,
    reason: &str,
) -> Result<Outcome<i32>, Error> {
    let reason = reason.trim();
    let Some(held) = hold::<RegisterDecide>(app, ctx, seen).await? else {
        return Ok(Outcome::Stale);
    };
    let standings = held.entry.standings();
    let last = standings
        .last()
        .map(|(fact, standing)| (fact.number, (*standing).clone()));
    let (corrects, wrong) = last.ok_or(Error::NotFound)?;
    let mut problems: Vec<Problem> = reason_given(reason).into_iter().collect();
    if let Some(decision) = &decision {
        problems.extend(of_decision(decision, ctx.now().day()));
    }
    if !problems.is_empty() {
        return Ok(Outcome::Unmet(problems));
    }
    let right = match (wrong.state, decision) {
        (_, None) => wrong,
        (State::Ended, ending) => Standing { ending, ..wrong },
        (_, recognition) => Standing { recognition, ..wrong },
    };
    let right = Standing {
        received: right.received.map(|_| from),
        ..right
    };
    let new = New {
        from,
        body: Body::Standing(right),
        corrects: Some(corrects),
        reason,
        verb: "Đính chính quyết định",
        note: reason.to_owned(),
    };
    held.append(ctx, new).await
}
