//! Compares a working form that came back with the one that was drawn, cell by cell.

use std::collections::BTreeMap;

use pbgdpl_model::manifest::FormFile;
use pbgdpl_model::report::{LARGEST_DECLARED, Span};
use pbgdpl_vietnamese::number::{NumberError, parse_grouped};
use rust_xlsxwriter::{RowNum, row_col_to_cell};

use super::draw::{IDENTITY, Place, REASON, layout, places, write};
use super::identity::Identity;
use super::read::{Cells, Found, Held, Opened, Value, open};
use crate::workbook::WorkbookError;
use crate::workbook::live::{ACTUAL, ESTIMATE, SHEET};
use crate::workbook::text::{clean, starts_like_formula};

/// The longest reason, in characters.
pub const LONGEST_REASON: usize = 2_000;

/// A figure or a reason that was changed in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typed {
    /// Where it stands: `E7`.
    pub address: String,
    /// Key of the line.
    pub row: String,
    /// Its label.
    pub line: String,
    /// Column of the form.
    pub column: u8,
    /// Actual figure and estimate when the file was drawn, of what may be typed.
    pub before: (Option<i64>, Option<i64>),
    /// The actual figure now.
    pub actual: Option<i64>,
    /// The estimate now.
    pub estimate: Option<i64>,
    /// The reason.
    pub reason: String,
    /// The reason is that of before, for another figure.
    pub same_reason: bool,
}

/// Which cell of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Actual figure.
    Actual,
    /// Estimate.
    Estimate,
    /// Reason.
    Reason,
}

impl Part {
    /// As its head says.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Actual => "Thực tế",
            Self::Estimate => "Ước tính",
            Self::Reason => "Căn cứ",
        }
    }
}

/// What is wrong with what was typed into one cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    /// Where: `E7`.
    pub address: String,
    /// Label of the line.
    pub line: String,
    /// Column of the form.
    pub column: u8,
    /// Which cell.
    pub part: Part,
    /// What stands there.
    pub said: String,
    /// What is wrong and what to do.
    pub reason: String,
}

/// A cell that nobody may change, and that is not as it was drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Touched {
    /// Which sheet.
    pub sheet: String,
    /// Where: `C7`; empty for the whole sheet.
    pub address: String,
    /// What was drawn.
    pub was: String,
    /// What stands there.
    pub now: String,
    /// What is wrong.
    pub reason: &'static str,
}

/// What a file says against the one that was drawn.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Comparison {
    /// The program draws this form otherwise by now: nothing can be said of its fixed cells.
    pub old_layout: bool,
    /// Cells that nobody may change.
    pub touched: Vec<Touched>,
    /// What is wrong with what was typed.
    pub issues: Vec<Issue>,
    /// What was typed.
    pub typed: Vec<Typed>,
    /// What stands in the cells that may be typed, as it stands.
    pub held: Vec<Held>,
}

/// Compares. The signature of the identity was found good, and form and span are those it names.
///
/// # Errors
/// Where the form exceeds a sheet.
pub fn compare(
    form: &FormFile,
    span: &Span,
    identity: &Identity,
    signature: &str,
    opened: &Opened,
) -> Result<Comparison, WorkbookError> {
    let drawn = open(&write(form, span, identity, signature)?).unwrap_or_default();
    let fixed = Opened {
        sheets: drawn
            .sheets
            .iter()
            .filter(|(name, _)| name != IDENTITY)
            .cloned()
            .collect(),
    };
    if layout(&fixed) != identity.layout {
        return Ok(Comparison {
            old_layout: true,
            ..Comparison::default()
        });
    }
    let places = places(form, span, &identity.lines);
    let mut comparison = Comparison {
        touched: touched(&drawn, opened, &places),
        ..Comparison::default()
    };
    let none = Cells::new();
    let cells = opened.sheet(SHEET).unwrap_or(&none);
    for place in &places {
        let (issues, typed) = read(place, cells);
        comparison.issues.extend(issues);
        comparison.typed.extend(typed);
        comparison.held.extend(held(place, cells));
    }
    Ok(comparison)
}

fn touched(drawn: &Opened, opened: &Opened, places: &[Place<'_>]) -> Vec<Touched> {
    let mut found = Vec::new();
    let whole = |sheet: &str, reason| Touched {
        sheet: sheet.to_owned(),
        address: String::new(),
        was: String::new(),
        now: String::new(),
        reason,
    };
    for (name, _) in &opened.sheets {
        if drawn.sheet(name).is_none() {
            found.push(whole(name, "trang không có trong mẫu"));
        }
    }
    let nothing = Found::default();
    for (name, was) in &drawn.sheets {
        let Some(now) = opened.sheet(name) else {
            found.push(whole(name, "thiếu trang này"));
            continue;
        };
        let last = was.keys().map(|(row, _)| *row).max().unwrap_or(0);
        let mut all: BTreeMap<(u32, u16), (&Found, &Found)> = BTreeMap::new();
        for (at, cell) in was {
            all.insert(*at, (cell, now.get(at).unwrap_or(&nothing)));
        }
        for (at, cell) in now {
            all.entry(*at).or_insert((&nothing, cell));
        }
        for ((row, column), (before, after)) in all {
            if (name == SHEET && is_open(places, row, column)) || is_same(before, after) {
                continue;
            }
            found.push(Touched {
                sheet: name.clone(),
                address: row_col_to_cell(row, column),
                was: words(before),
                now: words(after),
                reason: if row > last {
                    "dòng không có trong mẫu"
                } else {
                    "ô khóa đã bị sửa"
                },
            });
        }
    }
    found
}

/// A row as it stands, where anything stands in its open cells.
fn held(place: &Place<'_>, cells: &Cells) -> Option<Held> {
    let said = |may: bool, column: u16| {
        let cell = cells.get(&(place.row, column)).filter(|_| may);
        cell.map_or_else(String::new, words)
    };
    let held = Held {
        line: place.line.label.clone(),
        column: format!("({})", place.column.number),
        actual: said(place.actual, ACTUAL),
        estimate: said(place.estimate, ESTIMATE),
        reason: said(true, REASON),
    };
    let says = [&held.actual, &held.estimate, &held.reason]
        .into_iter()
        .any(|text| !text.is_empty());
    says.then_some(held)
}

fn is_open(places: &[Place<'_>], row: RowNum, column: u16) -> bool {
    let mut places = places.iter().filter(|place| place.row == row);
    places.any(|place| {
        column == REASON || (column == ACTUAL && place.actual) || (column == ESTIMATE && place.estimate)
    })
}

/// What a formula gives follows what is typed: only the formula itself is compared.
fn is_same(before: &Found, after: &Found) -> bool {
    let plain = |formula: &Option<String>| {
        let formula = formula.as_deref().unwrap_or_default();
        formula.trim_start_matches('=').replace(' ', "")
    };
    if plain(&before.formula) != plain(&after.formula) {
        return false;
    }
    before.formula.is_some()
        || before.value == after.value
        || (before.value.is_blank() && after.value.is_blank())
}

fn words(cell: &Found) -> String {
    match &cell.formula {
        Some(formula) => format!("={}", formula.trim_start_matches('=')),
        None => cell.value.words(),
    }
}

/// One row of what was typed: what is wrong with it, or what it changes.
fn read(place: &Place<'_>, cells: &Cells) -> (Vec<Issue>, Option<Typed>) {
    let mut issues = Vec::new();
    let nothing = Found::default();
    let at = |column: u16| cells.get(&(place.row, column)).unwrap_or(&nothing);
    let mut wrong = |part: Part, column: u16, said: &Found, reason: String| {
        issues.push(Issue {
            address: row_col_to_cell(place.row, column),
            line: place.line.label.clone(),
            column: place.column.number,
            part,
            said: words(said),
            reason,
        });
    };
    let mut figure = |may: bool, part: Part, column: u16| -> Option<i64> {
        if !may {
            return None;
        }
        figure_of(at(column)).unwrap_or_else(|reason| {
            wrong(part, column, at(column), reason);
            None
        })
    };
    let actual = figure(place.actual, Part::Actual, ACTUAL);
    let estimate = figure(place.estimate, Part::Estimate, ESTIMATE);
    let drawn = clean(&place.cell.note);
    let drawn = drawn.trim();
    let reason = reason_of(at(REASON), drawn).unwrap_or_else(|why| {
        wrong(Part::Reason, REASON, at(REASON), why);
        drawn.to_owned()
    });
    let before = (
        place.cell.actual.filter(|_| place.actual),
        place.cell.estimate.filter(|_| place.estimate),
    );
    let same = before == (actual, estimate);
    let says = actual.is_some() || estimate.is_some();
    if issues.is_empty() && says && reason.is_empty() && !(same && drawn.is_empty()) {
        issues.push(Issue {
            address: row_col_to_cell(place.row, REASON),
            line: place.line.label.clone(),
            column: place.column.number,
            part: Part::Reason,
            said: String::new(),
            reason: "còn trống; số tự khai phải có căn cứ: văn bản, biên bản, hoặc lý do".to_owned(),
        });
    }
    let changed = !same || (reason != drawn && !reason.is_empty());
    let typed = (issues.is_empty() && changed).then(|| Typed {
        address: row_col_to_cell(place.row, if place.actual { ACTUAL } else { ESTIMATE }),
        row: place.line.key.clone(),
        line: place.line.label.clone(),
        column: place.column.number,
        before,
        actual,
        estimate,
        same_reason: !same && says && reason == drawn,
        reason,
    });
    (issues, typed)
}

/// A figure, nothing, or what is wrong with what stands there.
fn figure_of(cell: &Found) -> Result<Option<i64>, String> {
    if cell.formula.is_some() {
        return Err("có công thức; nhập thẳng con số".to_owned());
    }
    let figure = match &cell.value {
        value if value.is_blank() => return Ok(None),
        Value::Number(number) => {
            let whole = number.is_finite() && number.fract() == 0.0;
            let figure = whole
                .then(|| format!("{number:.0}").parse::<i64>().ok())
                .flatten();
            figure.ok_or_else(|| "phải là số nguyên".to_owned())?
        }
        Value::Text(text) => parse_grouped(text).map_err(|error| match error {
            NumberError::NotADigit(_) if starts_like_formula(text) => {
                "chữ bắt đầu như một công thức; nhập thẳng con số".to_owned()
            }
            error => format!("không phải là số: {error}"),
        })?,
        Value::Empty | Value::Other(_) => return Err("không phải là số".to_owned()),
    };
    match figure {
        ..0 => Err("số phải từ 0 trở lên".to_owned()),
        0..=LARGEST_DECLARED => Ok(Some(figure)),
        _ => Err("số quá lớn".to_owned()),
    }
}

/// The reason, or what is wrong with it. What stood there before is taken as it is.
fn reason_of(cell: &Found, drawn: &str) -> Result<String, String> {
    if cell.formula.is_some() {
        return Err("có công thức; ghi căn cứ bằng chữ".to_owned());
    }
    let text = match &cell.value {
        Value::Empty => return Ok(String::new()),
        Value::Text(text) => clean(text),
        Value::Number(number) => number.to_string(),
        Value::Other(_) => {
            return Err("là ngày hoặc giá trị lạ; ghi bằng chữ, ví dụ: Báo cáo ngày 15/6/2020".to_owned());
        }
    };
    let trimmed = text.trim();
    if trimmed == drawn {
        return Ok(drawn.to_owned());
    }
    if starts_like_formula(&text) || starts_like_formula(trimmed) {
        return Err("bắt đầu như một công thức (=, +, -, @); bỏ dấu ấy ở đầu".to_owned());
    }
    if trimmed.chars().count() > LONGEST_REASON {
        return Err("dài quá 2.000 chữ cái; ghi ngắn lại".to_owned());
    }
    Ok(trimmed.to_owned())
}
