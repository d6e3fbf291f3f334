//! Many groups at once: a table copied from a spreadsheet, written whole or refused row by row.

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use pbgdpl_app::mediation::NewGroup;
use pbgdpl_app::mediation::import::{Imported, MOST, import, of_length};
use pbgdpl_model::mediation::Problem;
use pbgdpl_pages::desk::mediation::{PastePage, Refusal};

use super::table::{COLUMNS, Read, heading, length, rows};
use super::{PLACE, communes, here};
use crate::desk::frame;
use crate::error::Error;
use crate::extract::{FormFields, Staff};
use crate::page;
use crate::state::AppState;

/// `GET /quan-tri/{agency}/to-hoa-giai/dan-bang`
///
/// # Errors
/// Where the store fails.
pub async fn paste(State(state): State<AppState>, staff: Staff) -> Result<Response, Error> {
    page::html(&shown(&state, &staff, "", Vec::new()))
}

/// `POST /quan-tri/{agency}/to-hoa-giai/dan-bang`
///
/// # Errors
/// Where the actor may not, or the store fails.
pub async fn pasted(
    State(state): State<AppState>,
    staff: Staff,
    FormFields(pairs): FormFields,
) -> Result<Response, Error> {
    // Tabs at the ends of the text are cells: it is not trimmed.
    let typed = pairs.iter().find(|(name, _)| name == "table");
    let typed = typed.map_or("", |(_, value)| value.as_str());
    // Told at once: the rows of a table that is too long are not even read.
    if let Some(problem) = of_length(length(typed)) {
        let whole = vec![refusal(None, &problem)];
        return page::html_with(
            StatusCode::UNPROCESSABLE_ENTITY,
            &shown(&state, &staff, typed, whole),
        );
    }
    let communes = communes(&state.read.tenant(staff.ctx.tenant()).await?, &staff).await?;
    let read = rows(typed, &communes);
    let mut refusals: Vec<Refusal> = read.iter().flat_map(refused).collect();
    if refusals.is_empty() {
        let groups: Vec<NewGroup> = read.iter().map(|row| row.group.clone()).collect();
        match import(&state.app, &staff.ctx, &groups).await? {
            Imported::Done(_) => return Ok(page::go(&format!("{}?xong=bang", here(&staff)))),
            Imported::Refused(wrong) => refusals = wrong.iter().map(|wrong| of_act(&read, wrong)).collect(),
        }
    }
    page::html_with(
        StatusCode::UNPROCESSABLE_ENTITY,
        &shown(&state, &staff, typed, refusals),
    )
}

fn refused(row: &Read) -> Vec<Refusal> {
    let one = |problem: &Problem| refusal(Some(row), problem);
    row.problems.iter().map(one).collect()
}

/// What the act said of a row by its number; 0 is the whole table.
fn of_act(read: &[Read], (number, problem): &(usize, Problem)) -> Refusal {
    let row = number.checked_sub(1).and_then(|place| read.get(place));
    refusal(row, problem)
}

fn refusal(row: Option<&Read>, problem: &Problem) -> Refusal {
    Refusal {
        row: row.map_or_else(|| "Cả bảng".to_owned(), |row| format!("Dòng {}", row.line)),
        name: row.map_or_else(String::new, |row| row.name.clone()),
        column: if row.is_some() {
            heading(problem.field).to_owned()
        } else {
            String::new()
        },
        reason: problem.reason.clone(),
    }
}

fn shown(state: &AppState, staff: &Staff, typed: &str, refusals: Vec<Refusal>) -> PastePage {
    let here = here(staff);
    let columns = COLUMNS
        .iter()
        .map(|column| (column.label.to_owned(), column.example.to_owned()));
    PastePage {
        frame: frame::staff(state, staff, PLACE),
        action: format!("{here}/dan-bang"),
        template: format!("{here}/bang-mau.csv"),
        back: here,
        columns: columns.collect(),
        most: MOST,
        typed: typed.to_owned(),
        refusals,
    }
}
