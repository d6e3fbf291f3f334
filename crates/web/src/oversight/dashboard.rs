//! The province's year at a glance.

use axum::extract::State;
use axum::response::Response;
use pbgdpl_model::policy::Action;
use pbgdpl_model::structure::View;
use pbgdpl_pages::oversight::{
    Dashboard as DashboardPage, MeasureRow, MonthLines, Spark, SparkGroup, StructureChoice, measure_label,
};
use pbgdpl_pages::part::{Cell, Column, Link, Row, Table};
use pbgdpl_province::oversight::dashboard::{AgencyYear, Dashboard, dashboard};
use pbgdpl_province::oversight::drill::is_year;
use pbgdpl_province::oversight::heat::heat;
use pbgdpl_province::oversight::tiles::tiles;
use pbgdpl_vietnamese::number;
use serde::Deserialize;

use super::exceptions::{self, roman};
use super::figure::equal;
use super::structure::{self, with_view};
use super::{export, figure_at};
use crate::desk::frame;
use crate::error::Error;
use crate::extract::{Officer, Query};
use crate::page;
use crate::state::AppState;

/// What is asked.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// The year.
    pub nam: Option<i32>,
    /// By which structure: `goc` or `hien-tai`.
    #[serde(rename = "co-cau")]
    pub structure: String,
    /// Of which day.
    pub ngay: String,
}

/// `GET /giam-sat?nam=&co-cau=&ngay=`
///
/// # Errors
/// Where the officer may not, or the store fails.
pub async fn show(
    State(state): State<AppState>,
    officer: Officer,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    let today = officer.ctx.now().day();
    if asked.nam.is_some_and(|year| !is_year(year, today)) {
        return Err(Error::NotFound);
    }
    let view = structure::view(&asked.structure, &asked.ngay, today)?;
    let year = dashboard(&state.province, &officer.ctx, asked.nam, view).await?;
    let days = heat(&state.province, &officer.ctx, year.measure, year.year, None).await?;
    let districts = tiles(&state.province, &officer.ctx, year.measure, year.year).await?;
    page::html(&DashboardPage {
        frame: frame::officer(&state, &officer, "/giam-sat"),
        year: year.year,
        years: year
            .years
            .iter()
            .map(|there| {
                let href = with_view(&format!("/giam-sat?nam={there}"), view);
                Link::new(format!("Năm {there}"), href)
            })
            .collect(),
        count: format!("{} cơ quan", year.agencies.len()),
        fresh: super::fresh(&days.fresh, officer.ctx.now()),
        exceptions: exceptions::table(&year, &officer.ctx),
        compared: format!(
            "{} tháng năm {} so với cùng kỳ năm {}",
            year.through,
            year.year,
            year.year - 1
        ),
        downloads: export::links(year.year, view),
        tiles: super::tiles::map(&districts, &officer),
        heat: super::heat::plot(&days, "Toàn tỉnh"),
        compare: super::peers_at(year.measure, year.year),
        lines: lines(&year),
        months: months(&year),
        question: "Mỗi tháng mỗi cơ quan tổ chức bao nhiêu cuộc?".into(),
        structure: choice(&year, today),
        groups: groups(&year, &officer),
        agencies: agencies(&year),
        totals: totals(&year),
    })
}

fn choice(year: &Dashboard, today: chrono::NaiveDate) -> StructureChoice {
    let gathered = year.agencies.iter().map(AgencyYear::total).sum();
    let as_was = year.months.iter().map(|month| month.0).sum();
    structure::choice(
        year.view,
        today,
        "/giam-sat",
        vec![("nam".into(), year.year.to_string())],
        equal(as_was, gathered),
    )
}

/// "Sở C, gồm Sở A (10), Sở B (15)".
fn named(there: &AgencyYear) -> String {
    if there.made_of.is_empty() {
        return there.name.clone();
    }
    let parts = there
        .made_of
        .iter()
        .map(|(name, sum)| format!("{name} ({})", number::grouped(*sum)));
    format!("{}, gồm {}", there.name, parts.collect::<Vec<_>>().join(", "))
}

fn counted(year: &Dashboard) -> usize {
    usize::try_from(year.through).unwrap_or(12).min(12)
}

fn lines(year: &Dashboard) -> MonthLines {
    let this: Vec<i64> = year
        .months
        .iter()
        .take(counted(year))
        .map(|month| month.0)
        .collect();
    let before: Vec<i64> = year
        .months
        .iter()
        .take(counted(year))
        .map(|month| month.1)
        .collect();
    let best = this
        .iter()
        .zip(1..)
        .max_by_key(|(value, month): &(&i64, i32)| (**value, -*month));
    let answer = match best {
        Some((value, month)) if *value > 0 => format!(
            "Cả {} tháng có {} cuộc; tháng {month} nhiều nhất: {} cuộc.",
            year.through,
            number::grouped(this.iter().sum()),
            number::grouped(*value)
        ),
        _ => "Chưa có cuộc nào được ghi trong năm.".to_owned(),
    };
    MonthLines {
        title: "Mỗi tháng toàn tỉnh tổ chức bao nhiêu cuộc phổ biến trực tiếp?".into(),
        answer,
        this_label: year.year.to_string(),
        before_label: (year.year - 1).to_string(),
        before: if before.iter().all(|value| *value == 0) {
            vec![]
        } else {
            before
        },
        this,
    }
}

pub(super) fn months(year: &Dashboard) -> Table {
    let line = |label: String, this: i64, before: i64| Row {
        cells: vec![
            label.into(),
            number::grouped(this).into(),
            number::grouped(before).into(),
            difference(this - before).into(),
        ],
    };
    let shown = year.months.iter().take(counted(year));
    let sum = |of: fn(&(i64, i64)) -> i64| year.months.iter().take(counted(year)).map(of).sum();
    Table {
        caption: format!(
            "Số cuộc phổ biến trực tiếp theo tháng, năm {} và {}",
            year.year,
            year.year - 1
        ),
        caption_hidden: true,
        columns: vec![
            Column::words("Tháng"),
            Column::figures(year.year.to_string()),
            Column::figures((year.year - 1).to_string()),
            Column::figures("Chênh lệch"),
        ],
        rows: shown
            .zip(1..)
            .map(|((this, before), month): (_, i32)| line(format!("Tháng {month}"), *this, *before))
            .collect(),
        total: Some(line(
            format!("{} tháng", year.through),
            sum(|month| month.0),
            sum(|month| month.1),
        )),
    }
}

fn difference(value: i64) -> String {
    match value {
        0 => "0".to_owned(),
        value if value > 0 => format!("+{}", number::grouped(value)),
        value => format!("−{}", number::grouped(-value)),
    }
}

/// The three groups that share a scale each, by what the kinds can be compared in.
const GROUPS: [(&str, &[&str]); 3] = [
    ("Huyện, thành phố", &["huyen", "xa", "phuong", "dac_khu"]),
    (
        "Sở, ban, ngành",
        &["so", "ban_nganh", "luc_luong_vu_trang", "tinh"],
    ),
    (
        "Mặt trận, đoàn thể, cơ quan tư pháp",
        &[
            "mttq",
            "doan_the",
            "toa_an",
            "vien_kiem_sat",
            "thads",
            "hoi_nghe_nghiep",
        ],
    ),
];

fn groups(year: &Dashboard, officer: &Officer) -> Vec<SparkGroup> {
    // What an agency was at the end of that year, or is today; by a structure, on its day.
    let today = officer.ctx.now().day();
    let day = match year.view {
        View::AsWas => chrono::NaiveDate::from_ymd_opt(year.year, 12, 31).map_or(today, |end| end.min(today)),
        View::On(day) => day,
    };
    GROUPS
        .iter()
        .filter_map(|(name, kinds)| {
            let members: Vec<&AgencyYear> = year
                .agencies
                .iter()
                .filter(|there| kinds.contains(&there.agency.kind_on(day)))
                .collect();
            let largest = members.iter().flat_map(|there| there.months).max()?;
            Some(SparkGroup {
                name: (*name).to_owned(),
                scale: format!("· cột cao nhất: {} cuộc mỗi tháng", number::grouped(largest)),
                sparks: members
                    .iter()
                    .map(|there| spark(year, officer, there, largest))
                    .collect(),
            })
        })
        .collect()
}

fn spark(year: &Dashboard, officer: &Officer, there: &AgencyYear, largest: i64) -> Spark {
    let silent = |quarter: u32| {
        let first = usize::try_from(quarter.saturating_sub(1) * 3).unwrap_or(0);
        there.months.iter().skip(first).take(3).all(|value| *value == 0)
    };
    let down = if !there.made_of.is_empty() {
        with_view(&figure_at(year.measure, year.year), year.view)
    } else if officer.ctx.could(Action::EvidenceRead) {
        format!("{}/{}", figure_at(year.measure, year.year), there.agency.slug)
    } else {
        figure_at(year.measure, year.year)
    };
    Spark {
        name: named(there),
        href: down,
        months: there.months.iter().take(counted(year)).copied().collect(),
        largest,
        total: format!("{} cuộc", number::grouped(there.total())),
        note: year
            .quarter
            .filter(|quarter| silent(*quarter))
            .map(|quarter| format!("quý {}: 0", roman(quarter)))
            .unwrap_or_default(),
    }
}

pub(super) fn agencies(year: &Dashboard) -> Table {
    let total = year.agencies.iter().map(AgencyYear::total).sum();
    let months = counted(year);
    let mut columns = vec![Column::words("Cơ quan")];
    columns.extend((1..=months).map(|month| Column::figures(format!("T{month}"))));
    columns.push(Column::figures("Cả năm"));
    let line = |label: Cell, values: Vec<i64>, sum: i64| {
        let mut cells = vec![label];
        cells.extend(values.into_iter().map(|value| Cell::from(number::grouped(value))));
        cells.push(number::grouped(sum).into());
        Row { cells }
    };
    Table {
        caption: format!(
            "Số cuộc phổ biến trực tiếp của từng cơ quan theo tháng, năm {}",
            year.year
        ),
        caption_hidden: true,
        columns,
        rows: year
            .agencies
            .iter()
            .map(|there| {
                line(
                    named(there).into(),
                    there.months.iter().take(months).copied().collect(),
                    there.total(),
                )
            })
            .collect(),
        total: Some(line(
            "Toàn tỉnh".into(),
            year.months.iter().take(months).map(|month| month.0).collect(),
            total,
        )),
    }
}

fn totals(year: &Dashboard) -> Vec<MeasureRow> {
    year.totals
        .iter()
        .map(|total| MeasureRow {
            label: measure_label(total.measure).into(),
            unit: total.measure.unit().into(),
            href: with_view(&figure_at(total.measure, year.year), year.view),
            this: total.this,
            before: total.before,
            change: change(total.this, total.before),
        })
        .collect()
}

/// "tăng 11,7 %", in tenths of a percent without losing figures to floating point.
fn change(this: i64, before: i64) -> String {
    if before == 0 {
        return if this == 0 {
            "không đổi"
        } else {
            "năm trước không có"
        }
        .to_owned();
    }
    let tenths = ((this - before).abs() * 2000 + before) / (before * 2);
    let amount = format!("{},{} %", number::grouped(tenths / 10), tenths % 10);
    match this.cmp(&before) {
        std::cmp::Ordering::Greater => format!("tăng {amount}"),
        std::cmp::Ordering::Less => format!("giảm {amount}"),
        std::cmp::Ordering::Equal => "không đổi".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_said_in_words() {
        assert_eq!(change(4024, 3601), "tăng 11,7 %");
        assert_eq!(change(18_642, 21_870), "giảm 14,8 %");
        assert_eq!(change(0, 0), "không đổi");
        assert_eq!(difference(-14), "−14");
    }
}
