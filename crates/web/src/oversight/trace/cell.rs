//! One cell of the province's form: what every report puts into it.

use axum::extract::State;
use axum::response::Response;
use pbgdpl_model::policy::Action;
use pbgdpl_model::report::Cell as Figure;
use pbgdpl_pages::desk::report::in_words;
use pbgdpl_pages::oversight::{CellPage, Section, Station};
use pbgdpl_pages::part::{Cell, Column, Row, State as Shape, Table, Tone};
use pbgdpl_province::report::Term;
use pbgdpl_province::trace::{CellTrace, Part, cell};
use pbgdpl_vietnamese::number::grouped;

use super::{Which, form_at, term};
use crate::desk::frame;
use crate::desk::report::draw;
use crate::error::Error;
use crate::extract::{Officer, Path, Query};
use crate::oversight::indicator;
use crate::page;
use crate::state::AppState;

/// `GET /giam-sat/bieu/{form}/{period}/{year}/cot/{column}?ban=&dong=`
///
/// # Errors
/// Where there is no such line or column, the officer may not, or the store fails.
pub async fn show(
    State(state): State<AppState>,
    officer: Officer,
    Path((form, period, year, column)): Path<(String, String, i32, u8)>,
    Query(which): Query<Which>,
) -> Result<Response, Error> {
    let term = term(&period, year)?;
    let row = which.dong.as_deref().unwrap_or_default();
    let found = cell(
        &state.province,
        &officer.ctx,
        (&form, term),
        which.ban,
        (row, column),
    )
    .await?;
    let version = found.made.consolidation.version;
    let reads_records = officer.ctx.could(Action::EvidenceRead);
    page::html(&CellPage {
        frame: frame::officer(&state, &officer, "/giam-sat/bieu"),
        trail: vec![
            Station::new("Biểu của tỉnh", "/giam-sat/bieu", ""),
            Station::new(
                format!("{}, bản {version}", found.made.span.title()),
                format!("{}?ban={version}", form_at(&form, term)),
                "",
            ),
            Station::new(found.line.label.clone(), "", shown(&found.cell)),
        ],
        title: draw::column_words(&found.column),
        unit: found.column.unit.clone(),
        rule: found.column.rule(indicator::HERE),
        of: format!("{} · {}", found.line.label, found.made.span.title()),
        total: shown(&found.cell),
        origin: if found.cell.estimate.is_some() {
            in_words(&found.cell)
        } else {
            String::new()
        },
        states: states(&found),
        notice: None,
        parts: Some(parts(&found, term, reads_records)),
        records: None,
        pager: None,
        later: None,
        log: None,
    })
}

/// The figure of a cell; nothing said is said so.
pub(super) fn shown(cell: &Figure) -> String {
    cell.total().map_or_else(|| "trống".to_owned(), grouped)
}

fn states(found: &CellTrace) -> Vec<Shape> {
    let sum = found.sum();
    let equal = if sum == found.cell.total() {
        Shape::new(Tone::Ok, format!("Bằng tổng {} báo cáo", found.parts.len()))
    } else {
        let sum = sum.map_or_else(|| "trống".to_owned(), grouped);
        Shape::new(Tone::Late, format!("Các báo cáo cộng được {sum}"))
    };
    let changed = found.parts.iter().filter(|part| !part.intact).count();
    let intact = if changed == 0 {
        Shape::new(Tone::Ok, "Mã kiểm tra của mọi báo cáo đều khớp")
    } else {
        Shape::new(Tone::Late, format!("{changed} báo cáo không khớp mã kiểm tra"))
    };
    vec![equal, intact]
}

fn parts(found: &CellTrace, term: Term, reads_records: bool) -> Section {
    let row = |part: &Part| {
        let source = &part.source;
        let at = format!("{}/{}", form_at(&source.form, term), source.agency.slug);
        let href = match &part.cell {
            Some(_) if reads_records => format!("{at}/cot/{}?ban={}", found.column.number, source.version),
            _ => format!("{at}?ban={}", source.version),
        };
        Row {
            cells: vec![
                Cell::link(source.agency.name.clone(), href),
                format!("{}, bản {}", source.form, source.version).into(),
                part.cell
                    .as_ref()
                    .map_or_else(|| "không áp dụng".to_owned(), shown)
                    .into(),
            ],
        }
    };
    Section {
        heading: "Cơ quan nào góp bao nhiêu?".into(),
        text: String::new(),
        table: Table {
            caption: format!("{}: từng báo cáo", draw::column_words(&found.column)),
            caption_hidden: true,
            columns: vec![
                Column::words("Cơ quan"),
                Column::words("Biểu"),
                Column::figures(found.column.unit.clone()),
            ],
            rows: found.parts.iter().map(row).collect(),
            total: Some(Row {
                cells: vec![
                    "Cộng".into(),
                    "".into(),
                    found.sum().map_or_else(|| "trống".to_owned(), grouped).into(),
                ],
            }),
        },
    }
}
