//! A line is sent: its cells are declared, or the page comes back with what was typed and what is wrong.

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use pbgdpl_app::Error as Refusal;
use pbgdpl_app::report::declare::{Declare, declare};
use pbgdpl_app::report::{Outcome, View};
use pbgdpl_pages::form::ErrorSummary;

use super::{Address, address, fields, report_at, show};
use crate::error::Error;
use crate::extract::{FormFields, Path, Staff};
use crate::page;
use crate::state::AppState;

/// `POST /quan-tri/{agency}/bieu/{form}/{period}/{year}/khai`
///
/// # Errors
/// What the act refuses.
pub async fn fill(
    State(state): State<AppState>,
    staff: Staff,
    Path(at): Path<Address>,
    FormFields(typed): FormFields,
) -> Result<Response, Error> {
    let seen = report_at(&state, &staff, &at, None).await?;
    let said = |name: &str| {
        let mut fields = typed.iter();
        fields
            .find(|(key, _)| key == name)
            .map_or("", |(_, value)| value.as_str())
    };
    let row = said("dong").to_owned();
    let figures = match fields::read(&seen, &row, &typed) {
        Ok(figures) => figures,
        Err(wrong) => return again(&state, &staff, &seen, &row, &typed, &wrong),
    };
    let order = Declare {
        report: seen.report.id,
        row: row.clone(),
        figures,
        reason: said("ly-do").to_owned(),
    };
    let here = address(staff.ctx.tenant(), &seen.form.id, seen.span.kind, seen.span.year);
    match declare(&state.app, &staff.ctx, order).await {
        Ok(Outcome::Done(0)) => Ok(page::go(&format!("{here}?dong={row}&xong=khong-doi"))),
        Ok(Outcome::Done(_)) => Ok(page::go(&format!("{here}?dong={row}&xong=khai"))),
        Ok(Outcome::Refused(why)) => Err(Error::Conflict(why)),
        Ok(Outcome::Unmet(_) | Outcome::Moved(_)) => Err(Refusal::Stale.into()),
        Err(Refusal::Invalid { field, reason }) => {
            let wrong = [(field.to_owned(), reason)];
            again(&state, &staff, &seen, &row, &typed, &wrong)
        }
        Err(other) => Err(other.into()),
    }
}

fn again(
    state: &AppState,
    staff: &Staff,
    seen: &View,
    row: &str,
    typed: &[(String, String)],
    wrong: &[(String, String)],
) -> Result<Response, Error> {
    let mut shown = show::report_page(state, staff, seen, Some(row));
    if let Some(line) = &mut shown.line {
        fields::keep(&mut line.fields, typed, wrong);
        shown.errors = ErrorSummary::of("Chưa lưu được", &line.fields);
    }
    if shown.errors.is_empty() {
        // What is wrong belongs to no field of this line.
        let reason = wrong
            .first()
            .map(|(_, reason)| reason.clone())
            .unwrap_or_default();
        return Err(Error::Invalid("o", reason));
    }
    page::html_with(StatusCode::UNPROCESSABLE_ENTITY, &shown)
}
