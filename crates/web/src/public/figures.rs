//! Figures that the province made public: pages, a frame on an agency's site, files. Only what was approved stands in what is read here.

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use pbgdpl_model::figure::PublishedFigure;
use pbgdpl_model::id::FigureId;
use pbgdpl_pages::Frame;
use pbgdpl_pages::oversight::measure_definition;
use pbgdpl_pages::part::Link;
use pbgdpl_pages::public::{
    FigureBar, FigureBars, FigureCard, PublicFigurePage, PublicFigures, figure_snippet,
};
use pbgdpl_province::csv_file;
use pbgdpl_vietnamese::{date, number};
use serde::Serialize;

use crate::error::Error;
use crate::extract::{Citizen, Path, Visitor};
use crate::page;
use crate::public::surroundings;
use crate::state::AppState;

/// What stands where a number is too small to be told.
const HIDDEN: &str = "không nêu";

/// `GET /so-lieu`
///
/// # Errors
/// Where the store fails.
pub async fn list(State(state): State<AppState>, citizen: Citizen) -> Result<Response, Error> {
    let figures = state.read.public().figures(citizen.now.day()).await?;
    page::html(&PublicFigures {
        frame: surroundings::province(&state, &citizen, "so-lieu").at("so-lieu"),
        figures: figures
            .iter()
            .map(|figure| FigureCard {
                title: figure.title.clone(),
                href: format!("/so-lieu/{}", figure.id),
                total: told(figure.total),
                unit: figure.measure.unit().to_owned(),
                period: period(figure),
            })
            .collect(),
    })
}

/// `GET /so-lieu/{figure}`
///
/// # Errors
/// Where there is none that is public today, or the store fails.
pub async fn show(
    State(state): State<AppState>,
    citizen: Citizen,
    Path(id): Path<FigureId>,
) -> Result<Response, Error> {
    let figure = found(&state, id, citizen.now.day()).await?;
    let frame = surroundings::province(&state, &citizen, &format!("so-lieu/{id}")).at("so-lieu");
    let mut drawn = draw(&state, frame, &figure);
    drawn.links = vec![
        Link::new("Mọi số liệu công khai", "/so-lieu"),
        Link::new("Tải CSV", format!("/so-lieu/{id}/du-lieu.csv")),
        Link::new("Tải JSON", format!("/so-lieu/{id}/du-lieu.json")),
    ];
    let embed = state.settings.embed.as_str();
    drawn.snippet = figure_snippet(embed, &id.to_string(), &figure.title);
    page::html(&drawn)
}

/// `GET {mount}/so-lieu/{figure}`: in a section, or framed by a site with a key; the canonical address is the province's.
///
/// # Errors
/// Where there is none that is public today, or the store fails.
pub async fn framed(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<FigureId>,
) -> Result<Response, Error> {
    let figure = found(&state, id, visitor.now.day()).await?;
    let mut frame = surroundings::section(&state, &visitor, "").await?;
    frame.canonical = format!("{}/so-lieu/{id}", state.settings.public.as_str());
    page::html(&draw(&state, frame, &figure))
}

/// `GET /so-lieu/{figure}/du-lieu.csv`
///
/// # Errors
/// Where there is none that is public today, or the store fails.
pub async fn csv(
    State(state): State<AppState>,
    citizen: Citizen,
    Path(id): Path<FigureId>,
) -> Result<Response, Error> {
    let figure = found(&state, id, citizen.now.day()).await?;
    let cell = |value: Option<i64>| value.map_or_else(|| HIDDEN.to_owned(), |value| value.to_string());
    let head = [
        "Nhóm".to_owned(),
        lines_are(&figure).to_owned(),
        format!("Số lượng ({})", figure.measure.unit()),
    ];
    let mut rows = vec![head.to_vec()];
    for group in &figure.groups {
        let lines = group.lines.iter();
        rows.extend(lines.map(|line| vec![group.name.clone(), line.label.clone(), cell(line.value)]));
    }
    rows.push(vec![String::new(), "Cộng".to_owned(), cell(figure.total)]);
    let text = csv_file::table(rows).map_err(|error| Error::Internal(Box::new(error)))?;
    Ok(page::bytes(StatusCode::OK, "text/csv; charset=utf-8", text))
}

/// A figure for programs.
#[derive(Serialize)]
struct Told<'a> {
    id: FigureId,
    title: &'a str,
    note: &'a str,
    measure: &'a str,
    unit: &'a str,
    definition: &'a str,
    year: i32,
    until: chrono::NaiveDate,
    drawn_at: String,
    /// Null where it is too small to be told.
    total: Option<i64>,
    groups: &'a [pbgdpl_model::figure::FigureGroup],
    hides_small_numbers: bool,
}

/// `GET /so-lieu/{figure}/du-lieu.json`
///
/// # Errors
/// Where there is none that is public today, or the store fails.
pub async fn json(
    State(state): State<AppState>,
    citizen: Citizen,
    Path(id): Path<FigureId>,
) -> Result<Response, Error> {
    let figure = found(&state, id, citizen.now.day()).await?;
    let told = Told {
        id,
        title: &figure.title,
        note: &figure.note,
        measure: figure.measure.word(),
        unit: figure.measure.unit(),
        definition: measure_definition(figure.measure),
        year: figure.year,
        until: figure.until,
        drawn_at: figure.drawn_at.rfc3339(),
        total: figure.total,
        groups: &figure.groups,
        hides_small_numbers: figure.hides(),
    };
    let text = serde_json::to_string(&told).map_err(|error| Error::Internal(Box::new(error)))?;
    Ok(page::bytes(StatusCode::OK, "application/json", text))
}

async fn found(state: &AppState, id: FigureId, day: chrono::NaiveDate) -> Result<PublishedFigure, Error> {
    let figure = state.read.public().figure(id, day).await?;
    figure.ok_or(Error::NotFound)
}

fn draw(state: &AppState, frame: Frame, figure: &PublishedFigure) -> PublicFigurePage {
    PublicFigurePage {
        frame,
        title: figure.title.clone(),
        total: told(figure.total),
        unit: figure.measure.unit().to_owned(),
        period: format!("{}, {}", whose(figure), period(figure)),
        note: figure.note.clone(),
        definition: measure_definition(figure.measure).to_owned(),
        lines_are: lines_are(figure).to_owned(),
        groups: groups(figure),
        hides: figure.hides(),
        drawn: drawn_at(figure),
        speaker: state.read.registry().now().province().name.clone(),
        links: Vec::new(),
        snippet: String::new(),
    }
}

/// All lines on one scale, from zero.
pub(crate) fn groups(figure: &PublishedFigure) -> Vec<FigureBars> {
    let lines = figure.groups.iter().flat_map(|group| &group.lines);
    let largest = lines.filter_map(|line| line.value).max().unwrap_or(0).max(1);
    figure
        .groups
        .iter()
        .map(|group| FigureBars {
            name: group.name.clone(),
            bars: group
                .lines
                .iter()
                .map(|line| FigureBar {
                    label: line.label.clone(),
                    value: told(line.value),
                    width: line.value.unwrap_or(0).max(0) * 100 / largest,
                })
                .collect(),
        })
        .collect()
}

/// The figure, or that it is too small.
pub(crate) fn told(value: Option<i64>) -> String {
    value.map_or_else(|| HIDDEN.to_owned(), number::grouped)
}

/// "năm 2020", or "năm 2020, đến hết ngày 12/11/2020" while it runs.
pub(crate) fn period(figure: &PublishedFigure) -> String {
    if (figure.until.format("%m-%d").to_string()) == "12-31" {
        format!("năm {}", figure.year)
    } else {
        format!("năm {}, đến hết ngày {}", figure.year, date::dmy(figure.until))
    }
}

fn drawn_at(figure: &PublishedFigure) -> String {
    let local = date::local_datetime(figure.drawn_at.utc());
    format!(
        "Số liệu cập nhật lúc {} ngày {}",
        date::hour_minute(&local),
        date::dmy(local.date_naive())
    )
}

/// "Toàn tỉnh", or "Cộng của 12 cơ quan".
pub(crate) fn whose(figure: &PublishedFigure) -> String {
    if is_of_the_province(figure) {
        return "Toàn tỉnh".to_owned();
    }
    let count = figure.groups.iter().map(|group| group.lines.len()).sum::<usize>();
    format!("Cộng của {count} cơ quan")
}

fn is_of_the_province(figure: &PublishedFigure) -> bool {
    figure.groups.iter().all(|group| group.name.is_empty())
}

fn lines_are(figure: &PublishedFigure) -> &'static str {
    if is_of_the_province(figure) {
        "Tháng"
    } else {
        "Cơ quan"
    }
}
