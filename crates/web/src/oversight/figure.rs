//! One figure of the province and the part of every agency.

use axum::extract::State;
use axum::response::Response;
use pbgdpl_model::dashboard::{Shown, ViewAddress};
use pbgdpl_model::ledger::Measure;
use pbgdpl_model::policy::Action;
use pbgdpl_pages::oversight::{FigurePage, GatheredLine, Station, measure_label};
use pbgdpl_pages::part::{Cell, Column, Link, Row, State as Shape, Table, Tone};
use pbgdpl_province::oversight::drill::{Figure, Part, Share, figure};
use pbgdpl_vietnamese::number;
use serde::Deserialize;

use super::structure::{self, known_from, seen_from};
use super::{figure_at, indicator, signed, views, words};
use crate::desk::frame;
use crate::error::Error;
use crate::extract::{Officer, Path, Query};
use crate::page;
use crate::state::AppState;

/// What is asked besides the address.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Which {
    /// By which structure: `goc` or `hien-tai`.
    #[serde(rename = "co-cau")]
    pub structure: String,
    /// Of which day.
    pub ngay: String,
    /// As known at the end of which day.
    #[serde(rename = "tinh-den")]
    pub known: String,
}

/// `GET /giam-sat/so-lieu/{measure}/{year}?co-cau=&ngay=&tinh-den=`
///
/// # Errors
/// Where there is no such figure, the officer may not, or the store fails.
pub async fn show(
    State(state): State<AppState>,
    officer: Officer,
    Path((measure, year)): Path<(String, i32)>,
    Query(which): Query<Which>,
) -> Result<Response, Error> {
    let measure = super::measure(&measure)?;
    let today = officer.ctx.now().day();
    let at = structure::standpoint(&which.structure, &which.ngay, &which.known, today)?;
    structure::began(year, at, today)?;
    let found = figure(&state.province, &officer.ctx, measure, year, at).await?;
    let address = ViewAddress {
        shown: Shown::Figure(measure),
        year: Some(year),
        structure: at.structure,
        known: at.known,
    };
    let mut drawn = draw(&state, &officer, &found);
    drawn.structure = structure::choice_at(
        at,
        today,
        &figure_at(measure, year),
        Vec::new(),
        equal(found.total, sum_of(&found)),
    );
    drawn.save = Some(views::save(&officer, &address, year));
    page::html(&drawn)
}

fn sum_of(found: &Figure) -> i64 {
    found.shares.iter().map(|share| share.quantity).sum()
}

/// The page of a figure, as it was drawn up.
pub(super) fn draw(state: &AppState, officer: &Officer, found: &Figure) -> FigurePage {
    let (measure, year, at) = (found.measure, found.year, found.at);
    let sum = sum_of(found);
    let parts = found.shares.iter().filter(|share| share.quantity != 0).count();
    FigurePage {
        frame: frame::officer(state, officer, "/giam-sat"),
        fixed: String::new(),
        save: None,
        measure: measure_label(measure).into(),
        unit: measure.unit().into(),
        rule: format!("{}?so={}", indicator::HERE, measure.word()),
        year,
        others: others(found),
        trail: vec![
            Station::new(
                format!("Năm {year}"),
                known_from(&format!("/giam-sat?nam={year}"), at),
                "",
            ),
            Station::new("Toàn tỉnh", "", number::grouped(found.total)),
        ],
        total: number::grouped(found.total),
        compared: compared(found),
        structure: structure::said_only(at, equal(found.total, sum)),
        gathered: gathered(found, officer.ctx.could(Action::EvidenceRead)),
        equals: if sum == found.total {
            Shape::new(
                Tone::Ok,
                format!("Bằng tổng của {} cơ quan", number::grouped(signed(parts))),
            )
        } else {
            Shape::new(Tone::Soon, "Có phần của cơ quan không còn trong danh mục")
        },
        fresh: super::fresh(&found.days.fresh, officer.ctx.now()),
        tiles: super::tiles::map(&found.tiles, officer),
        heat: super::heat::plot(&found.days, "Toàn tỉnh"),
        compare: super::compare(measure, year, at),
        shares: shares(found, officer.ctx.could(Action::EvidenceRead)),
    }
}

/// "So với năm 2019: 3.601 cuộc, tăng 11,7 %."
fn compared(figure: &Figure) -> String {
    format!(
        "So với {}: {} {}, {}.",
        words::same_days(&figure.same_days),
        number::grouped(figure.before),
        figure.measure.unit(),
        words::change(figure.total, figure.before)
    )
}

fn shares(figure: &Figure, reads_rows: bool) -> Table {
    let rows = figure.shares.iter().map(|share| Row {
        cells: vec![
            if !share.made_of.is_empty() {
                gathered_name(share).into()
            } else if reads_rows {
                Cell::link(&share.name, below(figure, &share.slug))
            } else {
                share.name.as_str().into()
            },
            number::grouped(share.quantity).into(),
            portion(share.quantity, figure.total).into(),
        ],
    });
    Table {
        caption: format!(
            "{}, năm {}, từng cơ quan, {}",
            measure_label(figure.measure),
            figure.year,
            structure::said(figure.at.structure)
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

/// Both sums side by side: that of the facts, and that of the lines they were gathered in.
pub(super) fn equal(as_was: i64, as_it_is: i64) -> String {
    let (one, other) = (number::grouped(as_was), number::grouped(as_it_is));
    if as_was == as_it_is {
        format!("Tổng toàn tỉnh theo hai cách bằng nhau: {one}.")
    } else {
        format!("Tổng toàn tỉnh theo hai cách khác nhau: như khi phát sinh {one}, theo tổ chức {other}.")
    }
}

/// "Sở C, gồm Sở A (10), Sở B (15)".
fn gathered_name(share: &Share) -> String {
    let parts: Vec<String> = share.made_of.iter().map(part_name).collect();
    format!("{}, gồm {}", share.name, parts.join(", "))
}

fn part_name(part: &Part) -> String {
    format!("{} ({})", part.name, number::grouped(part.quantity))
}

/// The way down goes on to the units that made the facts.
fn gathered(figure: &Figure, reads_rows: bool) -> Vec<GatheredLine> {
    let gathered = figure.shares.iter().filter(|share| !share.made_of.is_empty());
    gathered
        .map(|share| GatheredLine {
            name: format!("{} ({})", share.name, number::grouped(share.quantity)),
            parts: share
                .made_of
                .iter()
                .map(|part| {
                    let href = if reads_rows {
                        below(figure, &part.slug)
                    } else {
                        String::new()
                    };
                    Link::new(part_name(part), href)
                })
                .collect(),
        })
        .collect()
}

/// Where the rows of one unit stand, as known on the same day.
fn below(figure: &Figure, slug: &str) -> String {
    let here = figure_at(figure.measure, figure.year);
    known_from(&format!("{here}/{slug}"), figure.at)
}

fn portion(part: i64, total: i64) -> String {
    if total <= 0 {
        return String::new();
    }
    let tenths = (part * 2000 + total).div_euclid(total * 2);
    format!("{},{} %", tenths / 10, (tenths % 10).abs())
}

fn others(figure: &Figure) -> Vec<Link> {
    let years = figure
        .years
        .iter()
        .filter(|year| **year != figure.year)
        .map(|year| {
            let label = format!("{}, năm {year}", measure_label(figure.measure));
            Link::new(label, seen_from(&figure_at(figure.measure, *year), figure.at))
        });
    let measures = Measure::ALL
        .iter()
        .filter(|measure| **measure != figure.measure)
        .map(|measure| {
            let there = seen_from(&figure_at(*measure, figure.year), figure.at);
            Link::new(measure_label(*measure), there)
        });
    years.chain(measures).collect()
}
