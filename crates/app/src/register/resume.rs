//! Somebody may be sent again; a dismissal that was asked for is not followed.

use chrono::NaiveDate;
use pbgdpl_model::register::Step;
use pbgdpl_scope::Ctx;

use crate::register::{Outcome, Seen, take_step};
use crate::{App, Error};

/// Ends a suspension, or a request to dismiss, from a day. Returns the number of the fact.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Denied`], [`Error::Suspended`], or a fault of the store.
#[tracing::instrument(name = "register.resume", skip_all)]
pub async fn resume(
    app: &App,
    ctx: &Ctx,
    seen: Seen,
    from: NaiveDate,
    reason: &str,
) -> Result<Outcome<i32>, Error> {
    take_step(app, ctx, seen, Step::Resume, (from, reason), |standing| {
        if standing.may_not_be_sent() {
            "Không chấp nhận đề nghị miễn nhiệm"
        } else {
            "Cử lại"
        }
    })
    .await
}
