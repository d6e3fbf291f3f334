//! The agency's own dashboard: its measures month by month, what it still owes the province, what is proved (DSH-01).

use std::collections::BTreeMap;

use axum::extract::State;
use axum::response::Response;
use chrono::Datelike;
use pbgdpl_model::ledger::Measure;
use pbgdpl_model::policy::Action;
use pbgdpl_pages::desk::figures::{Figures, MeasurePlot};
use pbgdpl_pages::oversight::{Freshness, MonthLines, measure_label};
use pbgdpl_pages::part::{Column, Link, Row, Table};
use pbgdpl_province::oversight::drill::is_year;
use pbgdpl_store::tenant::TenantReader;
use pbgdpl_vietnamese::number::grouped;
use serde::Deserialize;

use super::frame;
use super::report::draw::when;
use crate::error::Error;
use crate::extract::{Query, Staff};
use crate::page;
use crate::state::AppState;

mod deadlines;

/// Sums by month and measure.
type Months = BTreeMap<(u32, Measure), i64>;

/// What is asked.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// The year; the last with an activity without it.
    nam: Option<i32>,
}

/// `GET /quan-tri/{agency}/so-lieu?nam=`
///
/// # Errors
/// Where there is no such year, or the store fails.
pub async fn show(
    State(state): State<AppState>,
    staff: Staff,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    let today = staff.today();
    if asked.nam.is_some_and(|year| !is_year(year, today)) {
        return Err(Error::NotFound);
    }
    let reader = state.read.tenant(staff.ctx.tenant()).await?;
    let known = reader.activity_years().await?;
    let last = today.year();
    let first = known.map_or(last, |(first, _)| first);
    let newest = known.map_or(last, |(_, newest)| newest.min(last));
    let year = asked.nam.unwrap_or(newest);
    let here = format!("/quan-tri/{}/so-lieu", staff.ctx.tenant().slug());
    let through = if year < today.year() { 12 } else { today.month() };
    let (this, before) = (
        reader.ledger_months(year).await?,
        reader.ledger_months(year - 1).await?,
    );
    let (with, all) = reader.evidenced(year).await?;
    page::html(&Figures {
        frame: frame::staff(&state, &staff, "so-lieu"),
        year,
        years: (first.min(last)..=last)
            .rev()
            .map(|there| Link::new(format!("Năm {there}"), format!("{here}?nam={there}")))
            .collect(),
        fresh: fresh(&reader).await?,
        reports: if staff.ctx.could(Action::ReportRead) {
            Some(deadlines::table(&staff, &reader, year).await?)
        } else {
            None
        },
        evidence: evidence(with, all),
        unproved: all > with,
        activities: format!("/quan-tri/{}/hoat-dong?nam={year}", staff.ctx.tenant().slug()),
        compared: format!("{through} tháng năm {year} so với cùng kỳ năm {}", year - 1),
        plots: plots(year, through, &this, &before),
        table: table(year, through, &this, &before),
    })
}

/// The figures come from the rows themselves; what waits is only the way to the province.
async fn fresh(reader: &TenantReader) -> Result<Freshness, Error> {
    let (newest, waiting) = reader.ledger_freshness().await?;
    let until = newest.map_or_else(
        || "Sổ chưa có dòng nào".to_owned(),
        |at| format!("Cộng thẳng từ sổ; dòng mới nhất ghi lúc {}", when(at)),
    );
    let words = if waiting == 0 {
        until
    } else {
        format!("{until}; còn {waiting} ngày chờ cộng vào số liệu của tỉnh")
    };
    Ok(Freshness {
        words,
        stopped: false,
    })
}

fn evidence(with: u64, all: u64) -> String {
    if all == 0 {
        return "Chưa có hoạt động nào được ghi sổ trong năm.".to_owned();
    }
    let tenths = (with * 2000 + all) / (all * 2);
    format!(
        "{with} trên {all} hoạt động đã ghi sổ có minh chứng ({},{} %).",
        tenths / 10,
        tenths % 10
    )
}

fn of(months: &Months, measure: Measure, through: u32) -> Vec<i64> {
    (1..=through)
        .map(|month| months.get(&(month, measure)).copied().unwrap_or(0))
        .collect()
}

/// A plot for every measure that either year speaks of.
fn plots(year: i32, through: u32, this: &Months, before: &Months) -> Vec<MeasurePlot> {
    Measure::ALL
        .iter()
        .map(|measure| {
            (
                *measure,
                of(this, *measure, through),
                of(before, *measure, through),
            )
        })
        .filter(|(_, this, before)| this.iter().chain(before).any(|value| *value != 0))
        .map(|(measure, this, before)| {
            let (sum, sum_before): (i64, i64) = (this.iter().sum(), before.iter().sum());
            MeasurePlot {
                lines: MonthLines {
                    title: measure_label(measure).into(),
                    answer: format!(
                        "{} {} (cùng kỳ {}: {})",
                        grouped(sum),
                        measure.unit(),
                        year - 1,
                        grouped(sum_before)
                    ),
                    this_label: year.to_string(),
                    before_label: (year - 1).to_string(),
                    before: if sum_before == 0 { vec![] } else { before },
                    this,
                },
            }
        })
        .collect()
}

fn table(year: i32, through: u32, this: &Months, before: &Months) -> Table {
    let mut columns = vec![Column::words("Chỉ tiêu")];
    columns.extend((1..=through).map(|month| Column::figures(format!("T{month}"))));
    columns.push(Column::figures(format!("Cộng {year}")));
    columns.push(Column::figures(format!("Cùng kỳ {}", year - 1)));
    let rows = Measure::ALL.iter().map(|measure| {
        let (this, before) = (of(this, *measure, through), of(before, *measure, through));
        let label = format!("{} ({})", measure_label(*measure), measure.unit());
        let sums = [this.iter().sum::<i64>(), before.iter().sum()];
        Row {
            cells: std::iter::once(label.into())
                .chain(this.iter().chain(&sums).map(|value| grouped(*value).into()))
                .collect(),
        }
    });
    Table {
        caption: format!("Các chỉ tiêu theo tháng, năm {year}"),
        caption_hidden: true,
        columns,
        rows: rows.collect(),
        total: None,
    }
}
