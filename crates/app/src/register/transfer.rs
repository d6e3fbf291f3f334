//! To another level by its decision: báo cáo viên cấp huyện ended with the districts, and those who went on are of another level.

use chrono::NaiveDate;
use pbgdpl_model::register::{Body, Decision, Level, Problem, Standing, Step, of_decision};
use pbgdpl_scope::Ctx;
use pbgdpl_scope::action::RegisterDecide;

use crate::register::{New, Outcome, Seen, hold, level_is_open, step};
use crate::{App, Error};

/// Ends the one level and begins the other from a day; the history keeps both. Returns the number of the fact.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Denied`], [`Error::Suspended`], or a fault of the store.
#[tracing::instrument(name = "register.transfer", skip_all)]
pub async fn transfer(
    app: &App,
    ctx: &Ctx,
    seen: Seen,
    level: Level,
    decision: Decision,
    from: NaiveDate,
) -> Result<Outcome<i32>, Error> {
    let Some(held) = hold::<RegisterDecide>(app, ctx, seen).await? else {
        return Ok(Outcome::Stale);
    };
    let before = match step(&held, Step::Transfer) {
        Ok(standing) => standing,
        Err(state) => return Ok(Outcome::Stands(state)),
    };
    let mut problems = of_decision(&decision, ctx.now().day());
    if level == before.level {
        problems.push(Problem::new(
            "level",
            "là cấp hiện nay. Chọn cấp mà người này chuyển sang.",
        ));
    }
    let note = format!(
        "{} → {}: {}",
        before.level.label(),
        level.label(),
        decision.in_words()
    );
    let standing = Standing {
        level,
        recognition: Some(decision),
        ..before
    };
    problems.extend(level_is_open(&standing, from));
    if !problems.is_empty() {
        return Ok(Outcome::Unmet(problems));
    }
    let new = New {
        from,
        body: Body::Standing(standing),
        corrects: None,
        reason: "",
        verb: "Chuyển cấp",
        note,
    };
    held.append(ctx, new).await
}
