//! Somebody must not be sent for now (TT 10/2016/TT-BTP Đ.8.1e); the recognition goes on.

use chrono::NaiveDate;
use pbgdpl_model::register::Step;
use pbgdpl_scope::Ctx;

use crate::register::{Outcome, Seen, take_step};
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
    take_step(app, ctx, seen, Step::Suspend, (from, reason), |_| "Tạm không cử").await
}
