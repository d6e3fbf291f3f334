//! Writes down that a group is no more from a day on, and why.

use chrono::NaiveDate;
use pbgdpl_model::mediation::Body;
use pbgdpl_scope::Ctx;

use super::{New, Outcome, Seen, closed, hold};
use crate::{App, Error};

/// Ends the group; it still stood on the days before. Returns the number of the fact.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Denied`], [`Error::Suspended`], or a fault of the store.
#[tracing::instrument(name = "mediation.dissolve", skip_all)]
pub async fn dissolve(
    app: &App,
    ctx: &Ctx,
    seen: Seen,
    from: NaiveDate,
    reason: &str,
) -> Result<Outcome<i32>, Error> {
    let Some(held) = hold(app, ctx, seen).await? else {
        return Ok(Outcome::Stale);
    };
    if let Some(problem) = closed(&held.group) {
        return Ok(Outcome::Unmet(vec![problem]));
    }
    let new = New {
        from,
        body: Body::Dissolved,
        corrects: None,
        reason: reason.trim(),
        verb: "Ghi tổ hòa giải giải thể",
        field: "from",
    };
    held.append(ctx, new).await
}
