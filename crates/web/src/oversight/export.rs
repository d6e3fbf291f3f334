//! The dashboard's tables as CSV: the same figures as on the screen, without grouping and with a decimal point, for a comma
//! parts the columns (DSH-10).

use axum::extract::State;
use axum::response::Response;
use http::{HeaderValue, StatusCode, header};
use pbgdpl_model::id::ViewId;
use pbgdpl_model::structure::View;
use pbgdpl_pages::part::{Column, Link, Row, Table};
use pbgdpl_province::csv_file;
use pbgdpl_province::oversight::dashboard::{Dashboard, dashboard};
use pbgdpl_province::oversight::standpoint::Standpoint;
use pbgdpl_vietnamese::number::grouped;
use serde::Deserialize;

use super::dashboard::label_of;
use super::structure::{self, seen_from};
use crate::error::Error;
use crate::extract::{Officer, Query};
use crate::page;
use crate::state::AppState;

/// The tables that can be taken: the word of the address, and what it holds.
const TABLES: [(&str, &str); 5] = [
    ("thang", "theo tháng"),
    ("dia-ban", "theo địa bàn"),
    ("ngay", "theo ngày"),
    ("co-quan", "theo cơ quan"),
    ("chi-tieu", "các chỉ tiêu"),
];

/// What is asked.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// The year; the newest with figures without one.
    nam: Option<i32>,
    /// Which table; the measures without one.
    bang: Option<String>,
    /// By which structure: `goc` or `hien-tai`.
    #[serde(rename = "co-cau")]
    structure: String,
    /// Of which day.
    ngay: String,
    /// As known at the end of which day.
    #[serde(rename = "tinh-den")]
    known: String,
}

/// The files of a year, from the standpoint that the page is drawn from.
pub(super) fn links(year: i32, at: Standpoint) -> Vec<Link> {
    TABLES
        .iter()
        .map(|(word, label)| {
            let address = format!("/giam-sat/xuat.csv?nam={year}&bang={word}");
            Link::new(*label, seen_from(&address, at))
        })
        .collect()
}

/// The files of a fixed view.
pub(super) fn links_of(view: ViewId) -> Vec<Link> {
    TABLES
        .iter()
        .map(|(word, label)| Link::new(*label, format!("/giam-sat/cach-xem/{view}/xuat.csv?bang={word}")))
        .collect()
}

/// `GET /giam-sat/xuat.csv?nam=&bang=&co-cau=&ngay=&tinh-den=`
///
/// # Errors
/// Where there is no such table or year, the officer may not, or the store fails.
pub async fn csv(
    State(state): State<AppState>,
    officer: Officer,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    let word = asked.bang.as_deref().unwrap_or("chi-tieu");
    if !TABLES.iter().any(|(known, _)| *known == word) {
        return Err(Error::NotFound);
    }
    let today = officer.ctx.now().day();
    let at = structure::standpoint(&asked.structure, &asked.ngay, &asked.known, today)?;
    if let Some(year) = asked.nam {
        structure::began(year, at, today)?;
    }
    // What leaves the house lacks nothing.
    let year = dashboard(&state.province, &officer.ctx.clone().of_now(), asked.nam, at).await?;
    of(&year, word, &officer)
}

/// One table of a year as a file.
pub(super) fn of(year: &Dashboard, word: &str, officer: &Officer) -> Result<Response, Error> {
    let (word, _) = TABLES
        .into_iter()
        .find(|(known, _)| *known == word)
        .ok_or(Error::NotFound)?;
    let at = year.at;
    let table = match word {
        "thang" => super::dashboard::months(year),
        "co-quan" => super::dashboard::agencies(year),
        "ngay" => super::heat::plot(&year.days, "Toàn tỉnh").table(),
        "dia-ban" => super::tiles::map(&year.tiles, officer).table,
        _ => measures(year),
    };
    // Only the agencies are drawn by a structure.
    let structure = if word == "co-quan" {
        at.structure
    } else {
        View::AsWas
    };
    let drawn = Standpoint { structure, ..at };
    file(&name(word, year.year, drawn), &table)
}

/// "so-lieu-co-quan-2020-co-cau-2021-07-01-tinh-den-2020-11-30.csv": the days of the standpoint that the figures are seen from.
fn name(word: &str, year: i32, at: Standpoint) -> String {
    let structure = match at.structure {
        View::AsWas => String::new(),
        View::On(day) => format!("-co-cau-{day}"),
    };
    let known = at.known.map(|day| format!("-tinh-den-{day}")).unwrap_or_default();
    format!("so-lieu-{word}-{year}{structure}{known}.csv")
}

fn measures(year: &Dashboard) -> Table {
    Table {
        columns: vec![
            Column::words("Chỉ tiêu"),
            Column::words("Đơn vị tính"),
            Column::figures(year.year.to_string()),
            Column::figures(super::words::before_head(&year.same_days)),
        ],
        rows: year
            .totals
            .iter()
            .map(|total| Row {
                cells: vec![
                    label_of(year, total.measure).into(),
                    total.measure.unit().into(),
                    grouped(total.this).into(),
                    grouped(total.before).into(),
                ],
            })
            .collect(),
        ..Table::default()
    }
}

/// A table as a file to be saved. The name is made of our own words.
pub(crate) fn file(name: &str, table: &Table) -> Result<Response, Error> {
    let text = csv_file::table(records(table)).map_err(|error| Error::Internal(Box::new(error)))?;
    let mut response = page::bytes(StatusCode::OK, "text/csv; charset=utf-8", text);
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, value);
    }
    Ok(response)
}

/// Head, rows, sums.
fn records(table: &Table) -> Vec<Vec<String>> {
    let head = table.columns.iter().map(|column| column.label.clone()).collect();
    let rows = table.rows.iter().chain(&table.total).map(|row| {
        row.cells
            .iter()
            .zip(&table.columns)
            .map(|(cell, column)| match &cell.state {
                Some(state) => state.word.clone(),
                None if column.numeric => ungrouped(&cell.text),
                None => cell.text.clone(),
            })
            .collect()
    });
    std::iter::once(head).chain(rows).collect()
}

/// "4.024" as 4024, "−14" as -14, "25,1" as 25.1; what is no number stays too, and a dash for "none" is left out.
fn ungrouped(text: &str) -> String {
    let digits = text.trim_start_matches(['−', '+', '-']);
    if digits.is_empty() || text == "–" {
        return String::new();
    }
    if digits
        .chars()
        .any(|c| !c.is_ascii_digit() && c != '.' && c != ',')
    {
        return text.to_owned();
    }
    let sign = if text.starts_with(['−', '-']) { "-" } else { "" };
    format!("{sign}{}", digits.replace('.', "").replace(',', "."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_carries_the_days_of_its_standpoint() {
        let now = Standpoint::from(View::AsWas);
        let known = "2020-11-30".parse().unwrap();
        let gathered = Standpoint::from(View::On("2021-07-01".parse().unwrap()));
        for (at, expected) in [
            (now, "so-lieu-co-quan-2020.csv"),
            (
                now.known_on(known),
                "so-lieu-co-quan-2020-tinh-den-2020-11-30.csv",
            ),
            (gathered, "so-lieu-co-quan-2020-co-cau-2021-07-01.csv"),
            (
                gathered.known_on(known),
                "so-lieu-co-quan-2020-co-cau-2021-07-01-tinh-den-2020-11-30.csv",
            ),
        ] {
            assert_eq!(name("co-quan", 2020, at), expected);
        }
    }

    #[test]
    fn figures_lose_their_grouping_and_nothing_else() {
        for (shown, written) in [
            ("4.024", "4024"),
            ("−1.014", "-1014"),
            ("+12", "12"),
            ("25,1", "25.1"),
            ("1.025,1", "1025.1"),
            ("–", ""),
            ("tăng 11,7 %", "tăng 11,7 %"),
            ("0", "0"),
        ] {
            assert_eq!(ungrouped(shown), written);
        }
    }
}
