//! Writes down the decision that dismisses a báo cáo viên (Đ.4) or lets a tuyên truyền viên go (Đ.6).

use chrono::NaiveDate;
use pbgdpl_model::register::{Body, Decision, Standing, Step, of_decision};
use pbgdpl_scope::Ctx;
use pbgdpl_scope::action::RegisterDecide;

use crate::register::{New, Outcome, Seen, case_is_known, hold, step};
use crate::{App, Error};

/// Dismisses from a day, by a case of the law; the name leaves the public list. Returns the number of the fact.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Denied`], [`Error::Suspended`], or a fault of the store.
#[tracing::instrument(name = "register.dismiss", skip_all)]
pub async fn dismiss(
    app: &App,
    ctx: &Ctx,
    seen: Seen,
    decision: Decision,
    from: NaiveDate,
    case: &str,
) -> Result<Outcome<i32>, Error> {
    let Some(held) = hold::<RegisterDecide>(app, ctx, seen).await? else {
        return Ok(Outcome::Stale);
    };
    let standing = match step(&held, Step::Dismiss) {
        Ok(standing) => standing,
        Err(state) => return Ok(Outcome::Stands(state)),
    };
    let mut problems = of_decision(&decision, ctx.now().day());
    problems.extend(case_is_known(&held.agency, &standing, case).await?);
    if !problems.is_empty() {
        return Ok(Outcome::Unmet(problems));
    }
    let note = decision.in_words();
    let standing = Standing {
        ending: Some(decision),
        case: case.to_owned(),
        ..standing
    };
    let new = New {
        from,
        body: Body::Standing(standing),
        corrects: None,
        reason: "",
        verb: "Miễn nhiệm, cho thôi",
        note,
    };
    held.append(ctx, new).await
}
