//! One figure of the province and the part of every agency.

use axum::extract::State;
use axum::response::Response;
use pbgdpl_model::ledger::Measure;
use pbgdpl_model::policy::Action;
use pbgdpl_pages::oversight::{FigurePage, Station, measure_label};
use pbgdpl_pages::part::{Cell, Column, Link, Row, Table};
use pbgdpl_province::oversight::drill::{Figure, figure, is_year};
use pbgdpl_province::oversight::heat::heat;
use pbgdpl_province::oversight::tiles::tiles;
use pbgdpl_vietnamese::number;

use super::{figure_at, signed};
use crate::desk::frame;
use crate::error::Error;
use crate::extract::{Officer, Path};
use crate::page;
use crate::state::AppState;

/// `GET /giam-sat/so-lieu/{measure}/{year}`
///
/// # Errors
/// Where there is no such figure, the officer may not, or the store fails.
pub async fn show(
    State(state): State<AppState>,
    officer: Officer,
    Path((measure, year)): Path<(String, i32)>,
) -> Result<Response, Error> {
    let measure = super::measure(&measure)?;
    if !is_year(year, officer.ctx.now().day()) {
        return Err(Error::NotFound);
    }
    let found = figure(&state.province, &officer.ctx, measure, year).await?;
    let days = heat(&state.province, &officer.ctx, measure, year, None).await?;
    let districts = tiles(&state.province, &officer.ctx, measure, year).await?;
    let sum: i64 = found.shares.iter().map(|share| share.quantity).sum();
    let parts = found.shares.iter().filter(|share| share.quantity != 0).count();
    page::html(&FigurePage {
        frame: frame::officer(&state, &officer, "/giam-sat"),
        measure: measure_label(measure).into(),
        unit: measure.unit().into(),
        year,
        others: others(&found),
        trail: vec![
            Station::new(format!("Năm {year}"), format!("/giam-sat?nam={year}"), ""),
            Station::new("Toàn tỉnh", "", number::grouped(found.total)),
        ],
        total: number::grouped(found.total),
        equals: if sum == found.total {
            format!("Bằng tổng của {} cơ quan", number::grouped(signed(parts)))
        } else {
            "Có phần của cơ quan không còn trong danh mục".to_owned()
        },
        fresh: super::fresh(&days.fresh, officer.ctx.now()),
        tiles: super::tiles::map(&districts, &officer),
        heat: super::heat::plot(&days, "Toàn tỉnh"),
        compare: super::peers_at(measure, year),
        shares: shares(&found, officer.ctx.could(Action::EvidenceRead)),
    })
}

fn shares(figure: &Figure, reads_rows: bool) -> Table {
    let here = figure_at(figure.measure, figure.year);
    let rows = figure.shares.iter().map(|share| Row {
        cells: vec![
            if reads_rows {
                Cell::link(&share.name, format!("{here}/{}", share.slug))
            } else {
                share.name.as_str().into()
            },
            number::grouped(share.quantity).into(),
            portion(share.quantity, figure.total).into(),
        ],
    });
    Table {
        caption: format!(
            "{}, năm {}, từng cơ quan",
            measure_label(figure.measure),
            figure.year
        ),
        caption_hidden: true,
        columns: vec![
            Column::words("Cơ quan"),
            Column::figures(format!("Số lượng ({})", figure.measure.unit())),
            Column::figures("Phần của toàn tỉnh"),
        ],
        rows: rows.collect(),
        total: Some(Row {
            cells: vec![
                "Toàn tỉnh".into(),
                number::grouped(figure.total).into(),
                if figure.total == 0 {
                    "".into()
                } else {
                    "100 %".into()
                },
            ],
        }),
    }
}

fn portion(part: i64, total: i64) -> String {
    if total <= 0 {
        return String::new();
    }
    let tenths = part * 1000 / total;
    format!("{},{} %", tenths / 10, (tenths % 10).abs())
}

fn others(figure: &Figure) -> Vec<Link> {
    let years = figure
        .years
        .iter()
        .filter(|year| **year != figure.year)
        .map(|year| {
            let label = format!("{}, năm {year}", measure_label(figure.measure));
            Link::new(label, figure_at(figure.measure, *year))
        });
    let measures = Measure::ALL
        .iter()
        .filter(|measure| **measure != figure.measure)
        .map(|measure| Link::new(measure_label(*measure), figure_at(*measure, figure.year)));
    years.chain(measures).collect()
}
