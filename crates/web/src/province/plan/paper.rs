//! The report on paper, as a Word file and as a PDF file, in the layout of NĐ 30/2020/NĐ-CP. The taking out is recorded.

use axum::extract::State;
use axum::response::Response;
use pbgdpl_model::clock::Moment;
use pbgdpl_model::plan::Document;
use pbgdpl_pages::paper::{Paper, Sealed, plan_report};
use pbgdpl_pages::part::Link;
use pbgdpl_pages::pdf::official;
use pbgdpl_pages::province::plan::PaperPage;
use pbgdpl_pages::word;
use pbgdpl_press::Press;
use pbgdpl_province::plan::export::{Taken, take};
use pbgdpl_store::province::Frozen;
use serde::Deserialize;

use super::{Address, address};
use crate::desk::frame;
use crate::error::Error;
use crate::extract::{Officer, Path, Query};
use crate::page;
use crate::state::AppState;

/// Which version; nothing for the report of now.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Which {
    ban: Option<i32>,
}

/// `GET /tinh/ke-hoach/{plan}/{year}/in?ban=`
///
/// # Errors
/// Where there is none, or the store fails.
pub async fn print(
    State(state): State<AppState>,
    officer: Officer,
    Path((plan, year)): Path<Address>,
    Query(which): Query<Which>,
) -> Result<Response, Error> {
    let taken = take(&state.province, &officer.ctx, (&plan, year), which.ban).await?;
    page::html(&PaperPage {
        frame: frame::officer(&state, &officer, "/tinh/ke-hoach"),
        back: Link::new("Về báo cáo", address(&plan, year)),
        paper: paper_of(&state, &officer, &taken),
        facts: Vec::new(),
        differences: None,
        voices: Vec::new(),
        links: Vec::new(),
    })
}

/// `GET /tinh/ke-hoach/{plan}/{year}/xuat.docx?ban=`
///
/// # Errors
/// Where there is none, or the store fails.
pub async fn docx(
    State(state): State<AppState>,
    officer: Officer,
    Path((plan, year)): Path<Address>,
    Query(which): Query<Which>,
) -> Result<Response, Error> {
    let taken = take(&state.province, &officer.ctx, (&plan, year), which.ban).await?;
    let paper = paper_of(&state, &officer, &taken);
    file(paper, &taken.document).await
}

/// `GET /tinh/ke-hoach/{plan}/{year}/xuat.pdf?ban=`
///
/// # Errors
/// Where there is none, the store fails, or no PDF file can be made.
pub async fn pdf(
    State(state): State<AppState>,
    officer: Officer,
    Path((plan, year)): Path<Address>,
    Query(which): Query<Which>,
) -> Result<Response, Error> {
    let press = page::press(&state)?;
    let taken = take(&state.province, &officer.ctx, (&plan, year), which.ban).await?;
    let paper = paper_of(&state, &officer, &taken);
    let here = address(&plan, year);
    let version = which
        .ban
        .map_or_else(String::new, |number| format!("?ban={number}"));
    let instead = vec![
        Link::new("Mở bản in", format!("{here}/in{version}")),
        Link::new("Tải bản Word", format!("{here}/xuat.docx{version}")),
    ];
    let frozen_at = taken.frozen.as_ref().map(|frozen| frozen.at);
    print_file(press, (&paper, frozen_at), &taken.document, instead).await
}

fn paper_of(state: &AppState, officer: &Officer, taken: &Taken) -> Paper {
    drawn(
        state,
        officer,
        &taken.document,
        (&taken.hash, taken.frozen.as_ref()),
    )
}

/// The document with what stands around it.
pub(crate) fn drawn(
    state: &AppState,
    officer: &Officer,
    document: &Document,
    (hash, frozen): (&str, Option<&Frozen>),
) -> Paper {
    let sealed = Sealed {
        place: officer.ctx.snapshot().province().place(),
        frozen_on: frozen.map(|frozen| frozen.at.day()),
        hash,
        illustrative: state.settings.demo,
    };
    plan_report(document, &sealed)
}

/// The PDF file, to be saved.
pub(crate) async fn print_file(
    press: &Press,
    (paper, frozen_at): (&Paper, Option<Moment>),
    document: &Document,
    instead: Vec<Link>,
) -> Result<Response, Error> {
    let name = file_name(document, "pdf");
    page::pdf(press, &name, &official(paper, frozen_at), instead).await
}

fn file_name(document: &Document, ending: &str) -> String {
    let Document {
        plan, year, version, ..
    } = document;
    format!("bao-cao-{plan}-{year}-ban-{version}.{ending}")
}

/// The Word file, to be saved.
pub(crate) async fn file(paper: Paper, document: &Document) -> Result<Response, Error> {
    let name = file_name(document, "docx");
    let bytes = page::aside(move || word::write(&paper).map_err(|e| Error::Internal(Box::new(e)))).await?;
    Ok(page::attachment(&name, word::MEDIA_TYPE, bytes))
}
