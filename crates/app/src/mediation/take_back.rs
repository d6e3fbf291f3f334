//! Takes a fact back that was written down by mistake: of the wrong group, or twice; also a dissolution, or the group itself.

use pbgdpl_model::mediation::Body;
use pbgdpl_scope::Ctx;

use super::{New, Outcome, Seen, hold};
use crate::{App, Error};

/// Takes it back with a reason. A group whose founding is taken back never stood. Returns the number of the new fact.
///
/// # Errors
/// [`Error::NotFound`] also where no fact of that number holds, [`Error::Denied`], [`Error::Suspended`], or a fault of the store.
#[tracing::instrument(name = "mediation.take_back", skip_all)]
pub async fn take_back(
    app: &App,
    ctx: &Ctx,
    seen: Seen,
    number: i32,
    reason: &str,
) -> Result<Outcome<i32>, Error> {
    let Some(held) = hold(app, ctx, seen).await? else {
        return Ok(Outcome::Stale);
    };
    let mistaken = held.group.fact(number).filter(|fact| held.group.holds(fact));
    let from = mistaken.ok_or(Error::NotFound)?.from;
    let new = New {
        from,
        body: Body::TakenBack,
        corrects: Some(number),
        reason: reason.trim(),
        verb: "Hủy lần ghi nhầm của tổ hòa giải",
        field: "reason",
    };
    held.append(ctx, new).await
}
