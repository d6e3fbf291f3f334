//! Writes down that a group has other mediators from a day on, or is called otherwise.

use chrono::NaiveDate;
use pbgdpl_model::mediation::{Body, Details, Figures};
use pbgdpl_scope::Ctx;

use super::{New, Outcome, Seen, closed, hold};
use crate::{App, Error};

/// Writes the figures down; the register shows the older ones for the days before. Returns the number of the fact.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Denied`], [`Error::Suspended`], or a fault of the store.
#[tracing::instrument(name = "mediation.change.figures", skip_all)]
pub async fn figures(
    app: &App,
    ctx: &Ctx,
    seen: Seen,
    figures: Figures,
    from: NaiveDate,
) -> Result<Outcome<i32>, Error> {
    let body = Body::Figures(figures);
    changed(app, ctx, seen, (body, from), "Ghi số hòa giải viên").await
}

/// Writes another name, village, commune or decision down. Returns the number of the fact.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Denied`], [`Error::Suspended`], or a fault of the store.
#[tracing::instrument(name = "mediation.change.details", skip_all)]
pub async fn details(
    app: &App,
    ctx: &Ctx,
    seen: Seen,
    details: Details,
    from: NaiveDate,
) -> Result<Outcome<i32>, Error> {
    let body = Body::Details(details);
    changed(app, ctx, seen, (body, from), "Ghi thay đổi của tổ hòa giải").await
}

async fn changed(
    app: &App,
    ctx: &Ctx,
    seen: Seen,
    (body, from): (Body, NaiveDate),
    verb: &str,
) -> Result<Outcome<i32>, Error> {
    let Some(held) = hold(app, ctx, seen).await? else {
        return Ok(Outcome::Stale);
    };
    if let Some(problem) = closed(&held.group) {
        return Ok(Outcome::Unmet(vec![problem]));
    }
    let new = New {
        from,
        body,
        corrects: None,
        reason: "",
        verb,
        field: "from",
    };
    held.append(ctx, new).await
}
