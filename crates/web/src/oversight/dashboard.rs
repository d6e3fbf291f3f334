//! The province's year at a glance.

use axum::extract::State;
use axum::response::Response;
use pbgdpl_model::dashboard::{Block, Shown, ViewAddress};
use pbgdpl_model::ledger::Measure;
use pbgdpl_model::policy::Action;
use pbgdpl_model::structure::View;
use pbgdpl_pages::oversight::{
    Blocks, Counted, Dashboard as DashboardPage, MeasureRow, MonthLines, Spark, SparkGroup, StructureChoice,
    measure_label,
};
use pbgdpl_pages::part::{Cell, Column, Link, Row, Table};
use pbgdpl_province::oversight::dashboard::{AgencyYear, Dashboard, dashboard};
use pbgdpl_vietnamese::number;
use serde::Deserialize;

use super::exceptions::{self, roman};
use super::figure::equal;
use super::structure::{self, known_from, seen_from};
use super::{export, figure_at, views, words};
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
    /// As known at the end of which day.
    #[serde(rename = "tinh-den")]
    pub known: String,
}

/// `GET /giam-sat?nam=&co-cau=&ngay=&tinh-den=`
///
/// # Errors
/// Where the officer may not, or the store fails.
pub async fn show(
    State(state): State<AppState>,
    officer: Officer,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    let today = officer.ctx.now().day();
    let at = structure::standpoint(&asked.structure, &asked.ngay, &asked.known, today)?;
    if let Some(year) = asked.nam {
        structure::began(year, at, today)?;
    }
    let year = dashboard(&state.province, &officer.ctx, asked.nam, at).await?;
    let address = ViewAddress {
        shown: Shown::Year,
        year: asked.nam,
        structure: at.structure,
        known: at.known,
    };
    let mut drawn = draw(&state, &officer, &year);
    drawn.structure = choice(&year, today);
    drawn.save = Some(views::save(&officer, &address, year.year));
    page::html(&drawn)
}

/// The page of a year, as it was drawn up.
pub(super) fn draw(state: &AppState, officer: &Officer, year: &Dashboard) -> DashboardPage {
    let at = year.at;
    let has = |block| year.definition.as_ref().is_none_or(|version| version.has(block));
    DashboardPage {
        frame: frame::officer(state, officer, "/giam-sat"),
        year: year.year,
        years: year
            .years
            .iter()
            .map(|there| {
                let href = seen_from(&format!("/giam-sat?nam={there}"), at);
                Link::new(format!("Năm {there}"), href)
            })
            .collect(),
        count: format!("{} cơ quan", year.agencies.len()),
        fresh: super::fresh(&year.fresh, officer.ctx.now()),
        exceptions: year
            .at
            .known
            .is_none()
            .then(|| exceptions::table(year, &officer.ctx)),
        compared: format!("Năm {} so với {}", year.year, words::same_days(&year.same_days)),
        before: words::before_head(&year.same_days),
        downloads: export::links(year.year, at),
        fixed: String::new(),
        save: None,
        shown: Blocks {
            months: has(Block::Months),
            days: has(Block::Days),
            districts: has(Block::Districts),
            agencies: has(Block::Agencies),
            totals: has(Block::Totals),
        },
        counted: counted_words(year),
        tiles: super::tiles::map(&year.tiles, officer),
        heat: super::heat::plot(&year.days, "Toàn tỉnh"),
        compare: super::compare(year.measure, year.year, year.at),
        lines: lines(year),
        months: months(year),
        question: year.definition.as_ref().map_or_else(
            || "Mỗi tháng mỗi cơ quan tổ chức bao nhiêu cuộc?".to_owned(),
            |version| version.agencies_question.clone(),
        ),
        structure: structure::said_only(at, equal_sums(year)),
        groups: groups(year, officer),
        agencies: agencies(year),
        totals: totals(year),
    }
}

/// The version that says what is counted, in its words.
fn counted_words(year: &Dashboard) -> Option<Counted> {
    let version = year.definition.as_ref()?;
    Some(Counted {
        version: format!(
            "Bản {} của bảng chỉ tiêu, dùng từ ngày {}",
            version.number,
            pbgdpl_vietnamese::date::dmy(version.valid_from)
        ),
        lines: version
            .measures
            .iter()
            .map(|line| (line.label.clone(), line.definition.clone()))
            .collect(),
    })
}

fn choice(year: &Dashboard, today: chrono::NaiveDate) -> StructureChoice {
    structure::choice_at(
        year.at,
        today,
        "/giam-sat",
        vec![("nam".into(), year.year.to_string())],
        equal_sums(year),
    )
}

fn equal_sums(year: &Dashboard) -> String {
    let gathered = year.agencies.iter().map(AgencyYear::total).sum();
    let as_was = year.months.iter().map(|month| month.0).sum();
    equal(as_was, gathered)
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
    let unit = year.measure.unit();
    let best = this
        .iter()
        .zip(1..)
        .max_by_key(|(value, month): &(&i64, i32)| (**value, -*month));
    let answer = match best {
        Some((value, month)) if *value > 0 => format!(
            "{} có {} {unit}; tháng {month} nhiều nhất: {} {unit}.",
            if year.same_days.is_whole() {
                "Cả năm".to_owned()
            } else {
                format!("Đến ngày {}", year.same_days.until.format("%d/%m"))
            },
            number::grouped(this.iter().sum()),
            number::grouped(*value)
        ),
        _ => format!("Chưa có {unit} nào được ghi trong năm."),
    };
    MonthLines {
        title: year.definition.as_ref().map_or_else(
            || "Mỗi tháng toàn tỉnh tổ chức bao nhiêu cuộc phổ biến trực tiếp?".to_owned(),
            |version| version.months_question.clone(),
        ),
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
            "Số {} theo tháng, năm {} và {}",
            words::lower(plotted(year)),
            year.year,
            words::same_days(&year.same_days)
        ),
        caption_hidden: true,
        columns: vec![
            Column::words("Tháng"),
            Column::figures(year.year.to_string()),
            Column::figures(words::before_head(&year.same_days)),
            Column::figures("Chênh lệch"),
        ],
        rows: shown
            .zip(1..)
            .map(|((this, before), month): (_, i32)| line(format!("Tháng {month}"), *this, *before))
            .collect(),
        total: Some(line(
            "Cộng".to_owned(),
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
    let today = year.at.today(officer.ctx.now());
    let day = match year.at.structure {
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
                scale: format!(
                    "· cột cao nhất: {} {} mỗi tháng",
                    number::grouped(largest),
                    year.measure.unit()
                ),
                sparks: members
                    .iter()
                    .map(|there| spark(year, officer, there, largest))
                    .collect(),
            })
        })
        .collect()
}

fn spark(year: &Dashboard, officer: &Officer, there: &AgencyYear, largest: i64) -> Spark {
    let figure = figure_at(year.measure, year.year);
    let down = if !there.made_of.is_empty() {
        seen_from(&figure, year.at)
    } else if officer.ctx.could(Action::EvidenceRead) {
        known_from(&format!("{figure}/{}", there.agency.slug), year.at)
    } else {
        known_from(&figure, year.at)
    };
    Spark {
        name: named(there),
        href: down,
        months: shown_months(year, there),
        largest,
        total: format!("{} {}", number::grouped(there.total()), year.measure.unit()),
        note: year
            .quarter
            .filter(|quarter| there.is_silent_in(year.year, *quarter))
            .map(|quarter| format!("quý {}: 0", roman(quarter)))
            .unwrap_or_default(),
        stood: there.part.as_ref().map(words::stood).unwrap_or_default(),
    }
}

/// Its months; none where it did not stand and has nothing.
fn shown_months(year: &Dashboard, there: &AgencyYear) -> Vec<Option<i64>> {
    there
        .months
        .iter()
        .zip(1..=year.through)
        .map(|(value, month)| (*value != 0 || there.stood_in(year.year, month)).then_some(*value))
        .collect()
}

pub(super) fn agencies(year: &Dashboard) -> Table {
    let total = year.agencies.iter().map(AgencyYear::total).sum();
    let months = counted(year);
    let mut columns = vec![Column::words("Cơ quan")];
    columns.extend((1..=months).map(|month| Column::figures(format!("T{month}"))));
    columns.push(Column::figures("Cả năm"));
    let line = |label: Cell, values: Vec<Option<i64>>, sum: i64| {
        let said = |value: Option<i64>| value.map_or_else(|| "–".to_owned(), number::grouped);
        let mut cells = vec![label];
        cells.extend(values.into_iter().map(|value| Cell::from(said(value))));
        cells.push(number::grouped(sum).into());
        Row { cells }
    };
    Table {
        caption: format!(
            "Số {} của từng cơ quan theo tháng, năm {}",
            words::lower(plotted(year)),
            year.year
        ),
        caption_hidden: true,
        columns,
        rows: year
            .agencies
            .iter()
            .map(|there| {
                line(
                    words::named(&named(there), there.part.as_ref()).into(),
                    shown_months(year, there),
                    there.total(),
                )
            })
            .collect(),
        total: Some(line(
            "Toàn tỉnh".into(),
            year.months
                .iter()
                .take(months)
                .map(|month| Some(month.0))
                .collect(),
            total,
        )),
    }
}

/// What a measure is called by the version that the page is drawn by.
pub(super) fn label_of(year: &Dashboard, measure: Measure) -> &str {
    let lines = year.definition.iter().flat_map(|version| &version.measures);
    lines
        .filter(|line| line.measure == measure)
        .map(|line| line.label.as_str())
        .next()
        .unwrap_or_else(|| measure_label(measure))
}

/// What the plots count, in the words of the version.
fn plotted(year: &Dashboard) -> &str {
    label_of(year, year.measure)
}

fn totals(year: &Dashboard) -> Vec<MeasureRow> {
    year.totals
        .iter()
        .map(|total| MeasureRow {
            label: label_of(year, total.measure).into(),
            unit: total.measure.unit().into(),
            href: seen_from(&figure_at(total.measure, year.year), year.at),
            this: total.this,
            before: total.before,
            change: words::change(total.this, total.before),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_carries_its_sign() {
        assert_eq!(difference(-14), "−14");
        assert_eq!(difference(1_014), "+1.014");
    }
}
