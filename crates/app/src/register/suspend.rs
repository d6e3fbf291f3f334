//! Somebody must not be sent for now (TT 10/2016/TT-BTP Đ.8.1e); the recognition goes on.

use chrono::NaiveDate;
use pbgdpl_model::register::{Body, Step};
use pbgdpl_scope::Ctx;
use pbgdpl_scope::action::RegisterDecide;

use crate::register::{New, Outcome, Seen, hold, reason_given, step};
use crate::{App, Error};

/// Suspends from a day. Returns the number of the fact.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Denied`], [`Error::Suspended`], or a fault of the store.
#[tracing::instrument(name = "register.suspend", skip_all)]
pub async fn suspend(
    app: &App,
    ctx: &Ctx,
    seen: Seen,
    from: NaiveDate,
    reason: &str,
) -> Result<Outcome<i32>, Error> {
    let reason = reason.trim();
    let Some(held) = hold::<RegisterDecide>(app, ctx, seen).await? else {
        return Ok(Outcome::Stale);
    };
    let standing = match step(&held, Step::Suspend) {
        Ok(standing) => standing,
        Err(state) => return Ok(Outcome::Stands(state)),
    };
    if let Some(problem) = reason_given(reason) {
        return Ok(Outcome::Unmet(vec![problem]));
    }
    let new = New {
        from,
        body: Body::Standing(standing),
        corrects: None,
        reason,
        verb: "Tạm không cử",
        note: reason.to_owned(),
    };
    held.append(ctx, new).await
}
