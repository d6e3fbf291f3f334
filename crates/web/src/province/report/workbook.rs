//! The province's form as a spreadsheet in the layout of the official form.

use axum::extract::State;
use axum::response::Response;
use pbgdpl_pages::workbook::{Signature, Workbook, write};
use pbgdpl_province::report::export::take;

use super::sum::{Address, Which, lines_of};
use super::{print, term};
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
    let signatures = made.form.signatures.iter();
    let book = Workbook {
        form: &made.form,
        span: &made.span,
        superior: &around.superior,
        issuer: &around.issuer,
        received: None,
        place_and_day: &around.place_and_day,
        rows: lines_of(&made).collect(),
        notes: &around.notes,
        signatures: signatures.map(|role| Signature { role, name: "" }).collect(),
        recipients: &around.recipients,
        hash: &made.consolidation.hash,
        made_at: around.at,
    };
    let file = write(&book).map_err(|error| Error::Internal(Box::new(error)))?;
    Ok(page::workbook(&format!("{form}-{period}-{year}.xlsx"), file))
}
