//! Writes down a request to dismiss somebody, as it was received; the recognition goes on until it is decided.

use chrono::NaiveDate;
use pbgdpl_model::register::{Body, Standing, Step};
use pbgdpl_scope::Ctx;
use pbgdpl_scope::action::RegisterWrite;

use crate::register::{New, Outcome, Seen, case_is_known, hold, reason_given, received_by, step};
use crate::{App, Error};

/// Writes the request down with the case of the law. Returns the number of the fact.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Denied`], [`Error::Suspended`], or a fault of the store.
#[tracing::instrument(name = "register.ask_dismissal", skip_all)]
pub async fn ask_dismissal(
    app: &App,
    ctx: &Ctx,
    seen: Seen,
    received: NaiveDate,
    case: &str,
    reason: &str,
) -> Result<Outcome<i32>, Error> {
    let reason = reason.trim();
    let Some(held) = hold::<RegisterWrite>(app, ctx, seen).await? else {
        return Ok(Outcome::Stale);
    };
    let standing = match step(&held, Step::AskDismissal) {
        Ok(standing) => standing,
        Err(state) => return Ok(Outcome::Stands(state)),
    };
    let mut problems: Vec<_> = case_is_known(&held.agency, &standing, case)
        .await?
        .into_iter()
        .collect();
    problems.extend(received_by(received, ctx));
    problems.extend(reason_given(reason));
    if !problems.is_empty() {
        return Ok(Outcome::Unmet(problems));
    }
    let standing = Standing {
        received: Some(received),
        case: case.to_owned(),
        ..standing
    };
    let new = New {
        from: received,
        body: Body::Standing(standing),
        corrects: None,
        reason,
        verb: "Tiếp nhận đề nghị miễn nhiệm, cho thôi",
        note: reason.to_owned(),
    };
    held.append(ctx, new).await
}
