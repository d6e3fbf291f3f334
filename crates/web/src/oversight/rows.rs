//! The rows of one agency's ledger behind a figure.

use axum::extract::State;
use axum::response::Response;
use pbgdpl_pages::oversight::{EvidenceLink, RowTable, RowsPage, SheetRow, Station, measure_label};
use pbgdpl_pages::part::{Cell, Column, Pager, Row, State as Shape, Table, Tone};
use pbgdpl_province::oversight::drill::{Asked, RowLine, Rows, rows};
use pbgdpl_province::oversight::standpoint::Standpoint;
use pbgdpl_vietnamese::{date, number};
use serde::Deserialize;

use super::structure::{self, known_from};
use super::{figure_at, signed};
use crate::desk::frame;
use crate::error::Error;
use crate::extract::{LAST_PAGE, Officer, Path, Query};
use crate::page;
use crate::province::agency::found;
use crate::state::AppState;

/// Rows a page.
const PER_PAGE: u64 = 100;

/// What is asked besides the address.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Which {
    /// The month; the whole year without one.
    pub thang: Option<u32>,
    /// The page, from 1.
    pub trang: Option<u64>,
    /// As known at the end of which day.
    #[serde(rename = "tinh-den")]
    pub known: String,
}

/// `GET /giam-sat/so-lieu/{measure}/{year}/{agency}?thang=&trang=&tinh-den=`
///
/// # Errors
/// Where there is no such figure, the auditor may not, or the store fails.
pub async fn show(
    State(state): State<AppState>,
    officer: Officer,
    Path((measure, year, slug)): Path<(String, i32, String)>,
    Query(which): Query<Which>,
) -> Result<Response, Error> {
    let measure = super::measure(&measure)?;
    let month = which.thang;
    let today = officer.ctx.now().day();
    let at = structure::standpoint("", "", &which.known, today)?;
    structure::began(year, at, today)?;
    if month.is_some_and(|month| !(1..=12).contains(&month)) {
        return Err(Error::NotFound);
    }
    let agency = found(&officer, &slug)?;
    let asked = Asked {
        measure,
        year,
        month,
        known: at.known,
        page: which.trang.unwrap_or(1).clamp(1, LAST_PAGE),
        per_page: PER_PAGE,
    };
    let found = rows(&state.province, &officer.ctx, agency, asked).await?;
    let here = format!("{}/{slug}", figure_at(measure, year));
    let base = month.map_or_else(|| here.clone(), |month| format!("{here}?thang={month}"));
    let base = known_from(&base, at);
    page::html(&RowsPage {
        frame: frame::officer(&state, &officer, "/giam-sat"),
        measure: measure_label(measure).into(),
        unit: measure.unit().into(),
        of: match month {
            Some(month) => format!("{} · tháng {month} năm {year}", found.name),
            None => format!("{} · năm {year}", found.name),
        },
        trail: trail(&found, &here, at),
        total: number::grouped(found.copied),
        states: states(&found),
        months: months(&found, &here, at),
        fresh: super::fresh(&found.days.fresh, officer.ctx.now()),
        heat: super::heat::plot(&found.days, &found.name),
        heading: format!(
            "{} dòng sổ hoạt động",
            number::grouped(i64::try_from(found.count).unwrap_or(i64::MAX))
        ),
        table: RowTable {
            caption: format!("{}, {}: từng dòng sổ", measure_label(measure), found.name),
            unit: measure.unit().into(),
            rows: found.lines.iter().map(|line| sheet_row(line, &slug)).collect(),
            sum: number::grouped(found.sum),
        },
        pager: Pager::new(base, asked.page, found.count, PER_PAGE),
        log: format!("/giam-sat/nhat-ky?co-quan={slug}"),
    })
}

fn trail(found: &Rows, here: &str, at: Standpoint) -> Vec<Station> {
    let Asked {
        measure, year, month, ..
    } = found.asked;
    let whole: i64 = found.months.iter().sum();
    let mut trail = vec![
        Station::new(
            "Toàn tỉnh",
            known_from(&figure_at(measure, year), at),
            number::grouped(found.province_total),
        ),
        Station::new(
            &found.name,
            if month.is_some() {
                known_from(here, at)
            } else {
                String::new()
            },
            number::grouped(whole),
        ),
    ];
    if let Some(month) = month {
        trail.push(Station::new(
            format!("Tháng {month}"),
            "",
            number::grouped(found.copied),
        ));
    }
    trail
}

fn states(found: &Rows) -> Vec<Shape> {
    let count = number::grouped(i64::try_from(found.count).unwrap_or(i64::MAX));
    let equal = if found.sum == found.copied {
        Shape::new(Tone::Ok, format!("Bằng tổng {count} dòng sổ"))
    } else {
        Shape::new(
            Tone::Soon,
            format!(
                "Các dòng sổ cộng được {}: đang chờ cập nhật",
                number::grouped(found.sum)
            ),
        )
    };
    let evidence = match found.evidence {
        0 => Shape::new(Tone::Wait, "Không dòng nào ở trang này kèm minh chứng"),
        files => Shape::new(
            Tone::Ok,
            format!("{} minh chứng mở được", number::grouped(signed(files))),
        ),
    };
    let corrections = found
        .lines
        .iter()
        .filter(|line| line.row.row.reverses.is_some())
        .count();
    let mut states = vec![equal, evidence];
    if corrections > 0 {
        states.push(Shape::new(
            Tone::Back,
            format!("{corrections} dòng đảo ở trang này"),
        ));
    }
    states
}

fn months(found: &Rows, here: &str, at: Standpoint) -> Table {
    let rows = found.months.iter().zip(1..).map(|(value, month): (_, i32)| Row {
        cells: vec![
            Cell::link(
                format!("Tháng {month}"),
                known_from(&format!("{here}?thang={month}"), at),
            ),
            number::grouped(*value).into(),
        ],
    });
    Table {
        caption: format!("{}: từng tháng", found.name),
        caption_hidden: true,
        columns: vec![Column::words("Tháng"), Column::figures("Số lượng")],
        rows: rows.collect(),
        total: Some(Row {
            cells: vec!["Cả năm".into(), number::grouped(found.months.iter().sum()).into()],
        }),
    }
}

pub(super) fn sheet_row(line: &RowLine, slug: &str) -> SheetRow {
    let row = &line.row;
    let written = format!("{}, {}", row.actor_name, date::dmy(row.at.day()));
    let note = match (row.row.reverses, line.reversed) {
        (Some(seq), _) => format!(
            "Đảo dòng {}: {}. {written}",
            number::grouped(seq),
            row.row.reason.trim_end_matches('.')
        ),
        (None, true) => format!("Đã bị đảo. {written}"),
        (None, false) => written,
    };
    let illustrative = if row.row.dimensions.illustrative {
        " (dữ liệu minh hoạ)"
    } else {
        ""
    };
    SheetRow {
        seq: number::grouped(row.seq),
        day: date::dmy(row.row.day),
        title: if line.source.title.is_empty() {
            "Không còn tên".to_owned()
        } else {
            format!("{}{illustrative}", line.source.title)
        },
        note,
        reversed: line.reversed,
        evidence: line
            .source
            .evidence
            .iter()
            .map(|file| EvidenceLink {
                label: file.label.clone(),
                href: format!("/giam-sat/minh-chung/{slug}/{}", file.media),
                detail: number::file_size(u64::try_from(file.bytes).unwrap_or(0)),
            })
            .collect(),
        quantity: number::grouped(row.row.quantity),
    }
}
