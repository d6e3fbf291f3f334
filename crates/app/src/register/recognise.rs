//! Writes down the decision that recognises somebody who was proposed.

use chrono::NaiveDate;
use pbgdpl_model::register::{Body, Decision, Standing, Step, of_decision};
use pbgdpl_scope::Ctx;
use pbgdpl_scope::action::RegisterDecide;

use crate::register::{New, Outcome, Seen, hold, level_is_open, step};
use crate::{App, Error};

/// Recognises from a day; everybody may read the name from now on. Returns the number of the fact.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Denied`], [`Error::Suspended`], or a fault of the store.
#[tracing::instrument(name = "register.recognise", skip_all)]
pub async fn recognise(
    app: &App,
    ctx: &Ctx,
    seen: Seen,
    decision: Decision,
    from: NaiveDate,
) -> Result<Outcome<i32>, Error> {
    let Some(held) = hold::<RegisterDecide>(app, ctx, seen).await? else {
        return Ok(Outcome::Stale);
    };
    let standing = match step(&held, Step::Recognise) {
        Ok(standing) => standing,
        Err(state) => return Ok(Outcome::Stands(state)),
    };
    let mut problems = of_decision(&decision, ctx.now().day());
    problems.extend(level_is_open(&standing, from));
    if !problems.is_empty() {
        return Ok(Outcome::Unmet(problems));
    }
    let note = decision.in_words();
    let standing = Standing {
        recognition: Some(decision),
        ..standing
    };
    let new = New {
        from,
        body: Body::Standing(standing),
        corrects: None,
        reason: "",
        verb: "Công nhận",
        note,
    };
    held.append(ctx, new).await
}
