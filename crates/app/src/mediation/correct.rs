//! Corrects a fact that was written down wrongly: the right one takes its place, the wrong one is kept with the reason.

use chrono::NaiveDate;
use pbgdpl_model::mediation::Body;
use pbgdpl_scope::Ctx;

use super::{New, Outcome, Seen, hold};
use crate::{App, Error};

/// What is right instead of a fact.
#[derive(Debug, Clone)]
pub struct Right {
    /// The number of the wrong fact.
    pub of: i32,
    /// What is right: of the same kind.
    pub body: Body,
    /// Its first day.
    pub from: NaiveDate,
}

/// Corrects the fact. Returns the number of the new one.
///
/// # Errors
/// [`Error::NotFound`] also where no fact of that number and kind holds, [`Error::Denied`], [`Error::Suspended`], or a fault of
/// the store.
#[tracing::instrument(name = "mediation.correct", skip_all)]
pub async fn correct(
    app: &App,
    ctx: &Ctx,
    seen: Seen,
    right: Right,
    reason: &str,
) -> Result<Outcome<i32>, Error> {
    let reason = reason.trim();
    let Some(held) = hold(app, ctx, seen).await? else {
        return Ok(Outcome::Stale);
    };
    let wrong = held.group.fact(right.of).filter(|fact| held.group.holds(fact));
    let alike =
        wrong.is_some_and(|wrong| std::mem::discriminant(&wrong.body) == std::mem::discriminant(&right.body));
    if !alike {
        return Err(Error::NotFound);
    }
    let new = New {
        from: right.from,
        body: right.body,
        corrects: Some(right.of),
        reason,
        verb: "Đính chính sổ tổ hòa giải",
        field: "from",
    };
    held.append(ctx, new).await
}
