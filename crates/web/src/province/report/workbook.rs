//! The province's form as a spreadsheet and as a PDF file, in the layout of the official form.

use axum::extract::State;
use axum::response::Response;
use pbgdpl_pages::part::Link;
use pbgdpl_pages::workbook::{Signature, Workbook, document, write};
use pbgdpl_province::report::consolidate::Made;
use pbgdpl_province::report::export::take;

use super::print::{self, Around};
use super::sum::{Address, Which, lines_of};
use super::{sum_address, term};
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
    let (made, around) = taken(&state, &officer, (&form, &period, year), which).await?;
    let name = format!("{form}-{period}-{year}-ban-{}.xlsx", made.consolidation.version);
    let file =
        page::aside(move || drawn(&made, &around, write).map_err(|error| Error::Internal(Box::new(error))))
            .await?;
    Ok(page::workbook(&name, file))
}

/// `GET /tinh/tong-hop/{form}/{period}/{year}/xuat.pdf?ban=`
///
/// # Errors
/// Where there is none, the store fails, or no PDF file can be made.
pub async fn pdf(
    State(state): State<AppState>,
    officer: Officer,
    Path((form, period, year)): Path<Address>,
    Query(which): Query<Which>,
) -> Result<Response, Error> {
    let press = page::press(&state)?;
    let (made, around) = taken(&state, &officer, (&form, &period, year), which).await?;
    let version = made.consolidation.version;
    let here = sum_address(&made.form.id, term(&period, year)?);
    let instead = vec![
        Link::new("In theo mẫu", format!("{here}/in?ban={version}")),
        Link::new("Tải Excel", format!("{here}/xuat.xlsx?ban={version}")),
    ];
    let document = drawn(&made, &around, document);
    let name = format!("{form}-{period}-{year}-ban-{version}.pdf");
    page::pdf(press, &name, &document, instead).await
}

/// The version, and what stands around it; the taking is recorded.
async fn taken(
    state: &AppState,
    officer: &Officer,
    (form, period, year): (&str, &str, i32),
    which: Which,
) -> Result<(Made, Around), Error> {
    let term = term(period, year)?;
    let made = take(&state.province, &officer.ctx, form, term, which.ban).await?;
    let around = print::around(officer, &made);
    Ok((made, around))
}

fn drawn<T>(made: &Made, around: &Around, draw_it: impl FnOnce(&Workbook<'_>) -> T) -> T {
    let signatures = made.form.signatures.iter();
    draw_it(&Workbook {
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
    })
}
