//! Closes a request that was not followed.

use chrono::NaiveDate;
use pbgdpl_model::register::Step;
use pbgdpl_scope::Ctx;

use crate::register::{Outcome, Seen, take_step};
use crate::{App, Error};

/// Writes down that the request was not followed, and why. Returns the number of the fact.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Denied`], [`Error::Suspended`], or a fault of the store.
#[tracing::instrument(name = "register.refuse", skip_all)]
pub async fn refuse(
    app: &App,
    ctx: &Ctx,
    seen: Seen,
    from: NaiveDate,
    reason: &str,
) -> Result<Outcome<i32>, Error> {
    take_step(
        app,
        ctx,
        seen,
        Step::Refuse,
        (from, reason),
        |_| "Không công nhận",
    )
    .await
}
