//! The report on paper and as a Word file, in the layout of NĐ 30/2020/NĐ-CP. The taking out is recorded.

use axum::extract::State;
use axum::response::Response;
use pbgdpl_model::plan::Document;
use pbgdpl_pages::paper::{Paper, Sealed, plan_report};
use pbgdpl_pages::part::Link;
use pbgdpl_pages::province::plan::PaperPage;
use pbgdpl_pages::word;
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

/// The Word file, to be saved.
pub(crate) async fn file(paper: Paper, document: &Document) -> Result<Response, Error> {
    let name = format!(
        "bao-cao-{}-{}-ban-{}.docx",
        document.plan, document.year, document.version
    );
    let bytes = page::aside(move || word::write(&paper).map_err(|e| Error::Internal(Box::new(e)))).await?;
    Ok(page::attachment(&name, word::MEDIA_TYPE, bytes))
}
