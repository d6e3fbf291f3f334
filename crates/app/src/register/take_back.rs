//! Takes back the newest standing, where it was written down by mistake: of the wrong person, or twice.

use pbgdpl_model::register::Body;
use pbgdpl_scope::Ctx;
use pbgdpl_scope::action::RegisterDecide;

use crate::register::{New, Outcome, Seen, hold, reason_given};
use crate::{App, Error};

/// Takes it back with a reason; the person stands as before. Returns the number of the fact.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Denied`], [`Error::Suspended`], or a fault of the store.
#[tracing::instrument(name = "register.take_back", skip_all)]
pub async fn take_back(app: &App, ctx: &Ctx, seen: Seen, reason: &str) -> Result<Outcome<i32>, Error> {
    let reason = reason.trim();
    let Some(held) = hold::<RegisterDecide>(app, ctx, seen).await? else {
        return Ok(Outcome::Stale);
    };
    let standings = held.entry.standings();
    let last = standings.last().map(|(fact, _)| (fact.number, fact.from));
    let (corrects, from) = last.ok_or(Error::NotFound)?;
    if let Some(problem) = reason_given(reason) {
        return Ok(Outcome::Unmet(vec![problem]));
    }
    let new = New {
        from,
        body: Body::TakenBack,
        corrects: Some(corrects),
        reason,
        verb: "Hủy lần ghi nhầm",
        note: reason.to_owned(),
    };
    held.append(ctx, new).await
}
