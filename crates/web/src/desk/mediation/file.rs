//! The groups as they were on a day, and an empty table to fill, as files for a spreadsheet.

use axum::extract::State;
use axum::response::Response;
use chrono::NaiveDate;
use http::StatusCode;
use pbgdpl_model::manifest::MediationFigure;
use pbgdpl_model::mediation::{Group, shares};
use pbgdpl_pages::desk::mediation::standing;
use pbgdpl_province::csv_file;
use pbgdpl_vietnamese::date::dmy;

use super::list::{Asked, UNREADABLE, Wanted};
use super::table::COLUMNS;
use super::{communes, named};
use crate::error::Error;
use crate::extract::{Query, Staff};
use crate::page;
use crate::state::AppState;

/// `GET /quan-tri/{agency}/to-hoa-giai/danh-sach.csv`
///
/// # Errors
/// Where the store fails.
pub async fn csv(
    State(state): State<AppState>,
    staff: Staff,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    let wanted = Wanted::of(&asked, staff.today());
    // A file says by itself of which day it is: where the day cannot be read there is none.
    if let Some(typed) = wanted.unreadable(&asked) {
        let words = format!("Ngày “{}” {UNREADABLE}", typed.trim());
        return Err(Error::Refused(StatusCode::BAD_REQUEST, words));
    }
    let agency = state.read.tenant(staff.ctx.tenant()).await?;
    let groups = wanted.read(&agency).await?;
    let communes = communes(&agency, &staff).await?;
    drop(agency);
    let head = COLUMNS.iter().map(|column| column.label.to_owned());
    let head =
        head.chain(["Chưa qua đào tạo Luật", "Tổng số hòa giải viên", "Tình trạng"].map(str::to_owned));
    let found = wanted.found(&groups, &communes);
    let rows = found.iter().map(|group| row(group, wanted.day, &communes));
    let name = format!("to-hoa-giai-{}-{}.csv", staff.ctx.tenant().slug(), wanted.day);
    saved(&name, std::iter::once(head.collect()).chain(rows))
}

/// `GET /quan-tri/{agency}/to-hoa-giai/bang-mau.csv`
///
/// # Errors
/// Never for its own columns.
pub async fn template(_: Staff) -> Result<Response, Error> {
    let head = COLUMNS.iter().map(|column| column.label.to_owned());
    saved("bang-mau-to-hoa-giai.csv", [head.collect()])
}

fn saved(name: &str, rows: impl IntoIterator<Item = Vec<String>>) -> Result<Response, Error> {
    let text = csv_file::table(rows).map_err(|error| Error::Internal(Box::new(error)))?;
    Ok(page::attachment(
        name,
        "text/csv; charset=utf-8",
        text.into_bytes(),
    ))
}

fn row(group: &Group, day: NaiveDate, communes: &[(String, String)]) -> Vec<String> {
    let now = group.on(day);
    let figure = |figure| {
        let said = now.and_then(|now| shares(&now, figure));
        said.map_or_else(String::new, |figure: i64| figure.to_string())
    };
    let date = |day: Option<NaiveDate>| day.map_or_else(String::new, dmy);
    let Some(details) = group.known_as(day) else {
        return Vec::new();
    };
    vec![
        details.name.clone(),
        details.village.clone(),
        named(communes, &details.commune).to_owned(),
        details.decision.number.clone(),
        dmy(details.decision.day),
        details.decision.issuer.clone(),
        date(group.founded()),
        figure(MediationFigure::Men),
        figure(MediationFigure::Women),
        figure(MediationFigure::Law),
        figure(MediationFigure::Minority),
        figure(MediationFigure::Trained),
        date(now.and_then(|now| now.since)),
        figure(MediationFigure::NoLaw),
        figure(MediationFigure::Mediators),
        standing(group, day).word,
    ]
}
