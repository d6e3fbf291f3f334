//! Writes down that something of a person changed from a day on: another post, another office, a new field.

use chrono::NaiveDate;
use pbgdpl_model::register::{Body, Details, Problem, of_details};
use pbgdpl_scope::Ctx;
use pbgdpl_scope::action::RegisterWrite;

use crate::register::{New, Outcome, Seen, hold};
use crate::{App, Error};

/// Writes the new details down; the register shows the older ones for the days before. Returns the number of the fact.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Denied`], [`Error::Suspended`], or a fault of the store.
#[tracing::instrument(name = "register.change", skip_all)]
pub async fn change(
    app: &App,
    ctx: &Ctx,
    seen: Seen,
    details: Details,
    from: NaiveDate,
) -> Result<Outcome<i32>, Error> {
    let Some(held) = hold::<RegisterWrite>(app, ctx, seen).await? else {
        return Ok(Outcome::Stale);
    };
    let mut problems = of_details(&details);
    let now = held.entry.details_on(ctx.now().day());
    if now.is_some_and(|(fact, _)| from < fact.from) {
        let reason = "trước ngày của thông tin hiện có. Thông tin cũ ghi sai thì dùng đính chính.";
        problems.push(Problem::new("from", reason));
    }
    if !problems.is_empty() {
        return Ok(Outcome::Unmet(problems));
    }
    let new = New {
        from,
        body: Body::Details(details),
        corrects: None,
        reason: "",
        verb: "Thay đổi thông tin",
        note: String::new(),
    };
    held.append(ctx, new).await
}
