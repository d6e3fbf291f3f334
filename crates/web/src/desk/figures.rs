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
use pbgdpl_province::oversight::same_days::SameDays;
use pbgdpl_store::tenant::TenantReader;
use pbgdpl_vietnamese::number::grouped;
use serde::Deserialize;

use super::frame;
use super::report::draw::when;
use crate::error::Error;
use crate::extract::{Query, Staff};
use crate::oversight::words;
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
    // What is owed is of today, whatever the figures: in January the deadlines of the new year stand before its first activity.
    // Where the books ended longer ago nobody waits.
    let kept = (last - 1..=last).contains(&newest);
    let owed = asked.nam.unwrap_or(if kept { last } else { newest });
    let here = format!("/quan-tri/{}/so-lieu", staff.ctx.tenant().slug());
    let days = SameDays::of(year, today);
    let (this, before) = (
        reader.ledger_months(year).await?,
        months_before(&reader, &days).await?,
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
            Some((owed, deadlines::table(&staff, &reader, owed).await?))
        } else {
            None
        },
        evidence: evidence(with, all),
        unproved: all > with,
        activities: format!("/quan-tri/{}/hoat-dong?nam={year}", staff.ctx.tenant().slug()),
        compared: format!("Năm {year} so với {}", words::same_days(&days)),
        plots: plots(&days, &this, &before),
        table: table(&days, &this, &before),
    })
}

/// The months of the year before, the last one up to the day that is compared.
async fn months_before(reader: &TenantReader, days: &SameDays) -> Result<Months, Error> {
    let mut months = reader.ledger_months(days.year - 1).await?;
    let until = days.before_until;
    if let Some(first) = until.with_day(1).filter(|_| !days.is_whole()) {
        let last = until.month();
        months.retain(|(month, _), _| *month < last);
        let begun = reader.ledger_totals(first, until).await?;
        months.extend(
            begun
                .into_iter()
                .map(|(measure, quantity)| ((last, measure), quantity)),
        );
    }
    Ok(months)
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
fn plots(days: &SameDays, this: &Months, before: &Months) -> Vec<MeasurePlot> {
    let (year, through) = (days.year, days.through());
    let beside = if days.is_whole() {
        format!("cùng kỳ {}", year - 1)
    } else {
        words::same_days(days)
    };
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
                        "{} {} ({beside}: {})",
                        grouped(sum),
                        measure.unit(),
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

/// A row a measure, and below it the months of the year before, where that had any.
fn table(days: &SameDays, this: &Months, before: &Months) -> Table {
    let (year, through) = (days.year, days.through());
    let mut columns = vec![Column::words("Chỉ tiêu")];
    columns.extend((1..=through).map(|month| Column::figures(format!("T{month}"))));
    columns.push(Column::figures(format!("Cộng {year}")));
    columns.push(Column::figures(format!("Cùng kỳ {}", words::before_head(days))));
    let rows = Measure::ALL.iter().flat_map(|measure| {
        let (this, before) = (of(this, *measure, through), of(before, *measure, through));
        let (sum, sum_before) = (this.iter().sum(), before.iter().sum());
        let label = measure_label(*measure);
        let had = before.iter().any(|value| *value != 0);
        let own = row(
            format!("{label} ({})", measure.unit()),
            &this,
            [grouped(sum), grouped(sum_before)],
        );
        let then = row(
            format!("{label}, năm {}", year - 1),
            &before,
            ["–".to_owned(), grouped(sum_before)],
        );
        std::iter::once(own).chain(had.then_some(then))
    });
    Table {
        caption: format!(
            "Các chỉ tiêu theo tháng, năm {year} và {}",
            words::same_days(days)
        ),
        caption_hidden: true,
        columns,
        rows: rows.collect(),
        total: None,
    }
}

fn row(label: String, months: &[i64], sums: [String; 2]) -> Row {
    let months = months.iter().map(|value| grouped(*value).into());
    Row {
        cells: std::iter::once(label.into())
            .chain(months)
            .chain(sums.map(Into::into))
            .collect(),
    }
}
