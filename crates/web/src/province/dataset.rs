//! The Ministry's sixteen record types: which are kept, and each as CSV and JSON with its content hash in its name.

use axum::extract::State;
use axum::response::Response;
use chrono::Datelike;
use pbgdpl_model::dataset::Dataset;
use pbgdpl_model::policy::Action;
use pbgdpl_pages::part::{Cell, Column, Link, Row, State as Shape, Table, Tone};
use pbgdpl_pages::province::DatasetsPage;
use pbgdpl_province::csv_file;
use pbgdpl_province::dataset::list::list;
use pbgdpl_province::dataset::take::{Taken, take};
use serde::Deserialize;

use crate::desk::frame;
use crate::error::Error;
use crate::extract::{Officer, Path, Query};
use crate::page;
use crate::state::AppState;

const HERE: &str = "/tinh/du-lieu";

/// Which year.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    nam: Option<i32>,
}

/// `GET /tinh/du-lieu?nam=`
///
/// # Errors
/// Where the year has not begun, the officer may not, or the store fails.
pub async fn show(
    State(state): State<AppState>,
    officer: Officer,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    let today = officer.ctx.now().day().year();
    let years = list(&state.province, &officer.ctx).await?;
    let year = asked.nam.or(years.first().copied()).unwrap_or(today);
    if year > today {
        return Err(Error::NotFound);
    }
    let takes = officer.ctx.could(Action::RecordsExport);
    let link = |year: &i32| Link::new(format!("Năm {year}"), format!("{HERE}?nam={year}"));
    page::html(&DatasetsPage {
        frame: frame::officer(&state, &officer, HERE),
        year,
        years: years.iter().map(link).collect(),
        table: Table {
            caption: format!("Mười sáu loại dữ liệu, năm {year}"),
            caption_hidden: true,
            columns: ["Loại dữ liệu", "Tình trạng", "CSV", "JSON"]
                .map(Column::words)
                .into(),
            rows: Dataset::ALL.iter().map(|one| row(*one, year, takes)).collect(),
            total: None,
        },
        dictionary: Dataset::ALL
            .iter()
            .filter(|one| one.is_kept())
            .map(|one| (one.label().to_owned(), dictionary(*one)))
            .collect(),
    })
}

fn row(dataset: Dataset, year: i32, takes: bool) -> Row {
    let kept = dataset.is_kept();
    let file = |format: &str, label: &str| {
        if kept && takes {
            Cell::link(
                label.to_owned(),
                format!("{HERE}/{}/{year}/{format}", dataset.word()),
            )
        } else {
            Cell::from("–")
        }
    };
    Row {
        cells: vec![
            format!("{}. {}", dataset.number(), dataset.label()).into(),
            Cell::state(if kept {
                Shape::new(Tone::Ok, "Có trong hệ thống")
            } else {
                Shape::new(
                    Tone::Wait,
                    dataset.why_not().unwrap_or("Hệ thống chưa giữ loại này"),
                )
            }),
            file("csv", "Tải CSV"),
            file("json", "Tải JSON"),
        ],
    }
}

fn dictionary(dataset: Dataset) -> Vec<(String, String)> {
    let columns = dataset.columns().iter();
    columns
        .map(|column| (column.name.to_owned(), column.label.to_owned()))
        .collect()
}

/// `GET /tinh/du-lieu/{dataset}/{year}/csv`
///
/// # Errors
/// Where no such records are kept, the officer may not, or the store fails.
pub async fn csv(
    State(state): State<AppState>,
    officer: Officer,
    Path(at): Path<(String, i32)>,
) -> Result<Response, Error> {
    let taken = taken(&state, &officer, at).await?;
    let text = csv_file::table(taken.file.table()).map_err(|error| Error::Internal(Box::new(error)))?;
    Ok(page::attachment(
        &name(&taken, "csv"),
        "text/csv; charset=utf-8",
        text.into_bytes(),
    ))
}

/// `GET /tinh/du-lieu/{dataset}/{year}/json`
///
/// # Errors
/// Where no such records are kept, the officer may not, or the store fails.
pub async fn json(
    State(state): State<AppState>,
    officer: Officer,
    Path(at): Path<(String, i32)>,
) -> Result<Response, Error> {
    let taken = taken(&state, &officer, at).await?;
    let name = name(&taken, "json");
    Ok(page::attachment(
        &name,
        "application/json",
        taken.text.into_bytes(),
    ))
}

async fn taken(state: &AppState, officer: &Officer, (word, year): (String, i32)) -> Result<Taken, Error> {
    let dataset: Dataset = word.parse().map_err(|_| Error::NotFound)?;
    Ok(take(&state.province, &officer.ctx, dataset, year).await?)
}

/// "15-cuoc-pbgdpl-2020-3f0a….csv": the same records give the same name.
fn name(taken: &Taken, ending: &str) -> String {
    let (file, hash) = (&taken.file, taken.hash.get(..16).unwrap_or_default());
    format!(
        "{:02}-{}-{}-{hash}.{ending}",
        file.number, file.dataset, file.year
    )
}
