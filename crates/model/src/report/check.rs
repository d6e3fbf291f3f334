//! The demands of a form between its columns, and figures that must be explained before they are sent (REP-12).

use pbgdpl_vietnamese::number::grouped;

use super::cell::{Cells, add};
use super::sheet::{Line, LineKind};
use crate::manifest::{Check, CheckKind, ColumnSource, FormFile, TOLERANCE};

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Must be put right.
    Must,
    /// Must be explained in the note of the cell.
    Explain,
}

/// Something found in a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// How grave.
    pub severity: Severity,
    /// Key of the line.
    pub row: String,
    /// Label of the line.
    pub label: String,
    /// The column that the sentence begins with.
    pub column: u8,
    /// What is wrong, with both sides and their columns.
    pub message: String,
    /// The explanation that stands in the cell's note, if any.
    pub explained: Option<String>,
}

impl Finding {
    /// Whether the report cannot be sent because of it.
    #[must_use]
    pub const fn blocks(&self) -> bool {
        matches!(self.severity, Severity::Must) || self.explained.is_none()
    }
}

/// Everything that the form's own demands find, and declared cells of the unit that stand empty without a word.
#[must_use]
pub fn check(form: &FormFile, lines: &[Line]) -> Vec<Finding> {
    let mut found = Vec::new();
    for line in lines {
        for demand in &form.checks {
            if let Some(message) = broken(demand, &line.cells) {
                found.push(finding(Severity::Must, line, demand.left, message));
            }
        }
        if line.kind == LineKind::Unit {
            let empty = form.columns.iter().filter(|column| {
                matches!(column.source, ColumnSource::Declared | ColumnSource::Register)
                    && line
                        .cells
                        .get(&column.number)
                        .is_some_and(|cell| cell.total().is_none())
            });
            found.extend(empty.map(|column| {
                let message = format!(
                    "Cột {} ({}) còn trống. Nhập số liệu, hoặc ghi lý do vì sao chưa có; trống không phải là 0.",
                    column.number, column.label
                );
                finding(Severity::Explain, line, column.number, message)
            }));
        }
    }
    found
}

/// Figures that stand further from the year before than their indicator tolerates: without a word of it, more than twice, or less
/// than half. Small figures (below 10) are left alone.
#[must_use]
pub fn jumps(form: &FormFile, lines: &[Line], before: &[Line], year_before: i32) -> Vec<Finding> {
    let mut found = Vec::new();
    for line in lines
        .iter()
        .filter(|line| matches!(line.kind, LineKind::Unit | LineKind::Commune))
    {
        let Some(old) = before.iter().find(|old| old.key == line.key) else {
            continue;
        };
        for column in form
            .columns
            .iter()
            .filter(|column| column.source != ColumnSource::Formula)
        {
            let figure = |cells: &Cells| cells.get(&column.number).and_then(super::Cell::total);
            let (Some(now), Some(then)) = (figure(&line.cells), figure(&old.cells)) else {
                continue;
            };
            let percent = column.tolerance.unwrap_or(TOLERANCE);
            let beyond =
                |a: i64, b: i64| i128::from(a) * 100 > i128::from(b) * i128::from(100 + u32::from(percent));
            let far = beyond(now, then) || beyond(then, now);
            if far && now.max(then) >= 10 {
                let message = format!(
                    "Cột {} ({}) là {}, năm {year_before} là {}: chênh hơn {}. Kiểm tra lại hoặc ghi lời giải thích ở ô này.",
                    column.number,
                    column.label,
                    grouped(now),
                    grouped(then),
                    if percent == TOLERANCE {
                        "2 lần".to_owned()
                    } else {
                        format!("{percent} %")
                    }
                );
                found.push(finding(Severity::Explain, line, column.number, message));
            }
        }
    }
    found
}

fn finding(severity: Severity, line: &Line, column: u8, message: String) -> Finding {
    let note = line
        .cells
        .get(&column)
        .map(|cell| cell.note.trim())
        .unwrap_or_default();
    Finding {
        severity,
        row: line.key.clone(),
        label: line.label.clone(),
        column,
        message,
        explained: (!note.is_empty()).then(|| note.to_owned()),
    }
}

/// The sentence of a demand that does not hold. What is empty on the left demands nothing; what is empty on the right
/// bounds nothing, so a figure on the left fails.
fn broken(demand: &Check, cells: &Cells) -> Option<String> {
    let figure = |column: u8| cells.get(&column).and_then(super::Cell::total);
    let left = figure(demand.left);
    let right = demand
        .right
        .iter()
        .fold(None, |sum, column| add(sum, figure(*column)));
    let holds = match demand.kind {
        CheckKind::Le => left.is_none_or(|left| right.is_some_and(|right| left <= right)),
        CheckKind::ZeroIfZero => left.unwrap_or(0) == 0 || right.unwrap_or(0) != 0,
        CheckKind::Sum => left == right,
    };
    let show = |figure: Option<i64>| figure.map_or_else(|| "ô trống".to_owned(), grouped);
    (!holds).then(|| {
        demand
            .message
            .replace("{left}", &show(left))
            .replace("{right}", &show(right))
    })
}
