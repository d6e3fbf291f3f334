//! The province's form as a spreadsheet in the layout of the official form.

use axum::extract::State;
use axum::response::Response;
use pbgdpl_pages::workbook::{Signature, Workbook, write};
use pbgdpl_province::report::consolidate::Made;
use pbgdpl_province::report::export::take;

use super::print::{self, Around};
use super::sum::{Address, Which, lines_of};
use super::term;
use crate::error::Error;
use crate::extract::{Officer, Path, Query};
use crate::page;
use crate::state::AppState;

/// `GET /tinh/tong-hop/{form}/{period}/{year}/xuat.xlsx?ban=`
///
/// # Errors
/// Where there is none, or the store fails.
pub async fn xlsx(
    State(state): State<AppState>,
    officer: Officer,
    Path((form, period, year)): Path<Address>,
    Query(which): Query<Which>,
) -> Result<Response, Error> {
    let made = take(
        &state.province,
        &officer.ctx,
        &form,
        term(&period, year)?,
        which.ban,
    )
    .await?;
    let around = print::around(&officer, &made);
    let name = format!("{form}-{period}-{year}-ban-{}.xlsx", made.consolidation.version);
    let file = page::aside(move || book(&made, &around)).await?;
    Ok(page::workbook(&name, file))
}

fn book(made: &Made, around: &Around) -> Result<Vec<u8>, Error> {
    let signatures = made.form.signatures.iter();
    let book = Workbook {
        form: &made.form,
        span: &made.span,
        superior: &around.superior,
        issuer: &around.issuer,
        received: None,
        place_and_day: &around.place_and_day,
        rows: lines_of(made).collect(),
        notes: &around.notes,
        signatures: signatures.map(|role| Signature { role, name: "" }).collect(),
        recipients: &around.recipients,
        hash: &made.consolidation.hash,
        made_at: around.at,
    };
    write(&book).map_err(|error| Error::Internal(Box::new(error)))
}
