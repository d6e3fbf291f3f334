//! What each cell shows, and whether a formula would give the same.

use pbgdpl_model::manifest::{Column, ColumnSource, FormFile};
use pbgdpl_model::report::LineKind;
use rust_xlsxwriter::{cell_range, row_col_to_cell};

use super::live::Live;
use super::paper::{column_at, row_at};
use crate::desk::report::LineOf;

/// The largest figure that a spreadsheet holds without rounding (15 digits); a larger one is written as text.
const LARGEST: u64 = 999_999_999_999_999;

/// Ranges that one SUM takes in Excel.
const SUM_MAX: usize = 255;

/// What a cell shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// The column does not apply.
    Dash,
    /// Nothing was said yet.
    Blank,
    /// A figure.
    Figure(i64),
}

impl Shown {
    /// A figure of a column that applies.
    pub(super) fn said(figure: Option<i64>) -> Self {
        figure.map_or(Self::Blank, Self::Figure)
    }
}

/// What is written into a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Entry {
    /// What it shows, as it is.
    Plain(Shown),
    /// A formula, and what it gives.
    Formula(String, i64),
    /// A formula that follows what is typed, and what it gives now.
    Live(String, Option<i64>),
}

/// Whether a spreadsheet holds the figure.
pub(super) const fn fits(figure: i64) -> bool {
    figure.unsigned_abs() <= LARGEST
}

/// The figures of a table on a sheet. Labels stand in its first column.
#[derive(Debug)]
pub(super) struct Grid<'a> {
    form: &'a FormFile,
    kinds: Vec<LineKind>,
    lines: Vec<Vec<Shown>>,
    top: u32,
    live: Option<&'a Live>,
}

impl<'a> Grid<'a> {
    /// Totals of the lines, the first of them in row `top`; with `live` they follow what is typed.
    pub(super) fn of(form: &'a FormFile, rows: &[LineOf<'_>], top: u32, live: Option<&'a Live>) -> Self {
        let shown = |line: &LineOf<'_>, column: &Column| {
            let cell = line.cells.get(&column.number);
            cell.map_or(Shown::Dash, |cell| Shown::said(cell.total()))
        };
        Self {
            form,
            kinds: rows.iter().map(|line| line.kind).collect(),
            lines: rows
                .iter()
                .map(|line| form.columns.iter().map(|column| shown(line, column)).collect())
                .collect(),
            top,
            live,
        }
    }

    /// What a line shows.
    pub(super) fn shown(&self, at: usize) -> &[Shown] {
        self.lines.get(at).map_or(&[], Vec::as_slice)
    }

    /// What stands in a line.
    pub(super) fn entries(&self, at: usize) -> Vec<Entry> {
        let Some(line) = self.lines.get(at) else {
            return Vec::new();
        };
        let parts = self.parts(at);
        if let Some(live) = self.live {
            return self.live_entries(live, at, &parts);
        }
        let entry = |(column, shown): (usize, &Shown)| {
            let formula = match shown {
                Shown::Figure(figure) => self.down(&parts, column, *figure),
                _ => None,
            };
            match (
                across(self.form, line, column, row_at(self.top, at)),
                formula,
                *shown,
            ) {
                (Some(formula), _, Shown::Figure(figure)) | (None, Some(formula), Shown::Figure(figure)) => {
                    Entry::Formula(formula, figure)
                }
                _ => Entry::Plain(*shown),
            }
        };
        line.iter().enumerate().map(entry).collect()
    }

    /// What stands in a line of a working form: what is typed, sums that follow it, and what nobody types.
    fn live_entries(&self, live: &Live, at: usize, parts: &[usize]) -> Vec<Entry> {
        let line = self.shown(at);
        let entry = |(column, shown): (usize, &Shown)| {
            let figure = match *shown {
                Shown::Figure(figure) => Some(figure),
                Shown::Blank => None,
                Shown::Dash => return Entry::Plain(Shown::Dash),
            };
            let typed = live.cell(at, column);
            let across = typed.is_none().then(|| self.across_cells(line, column, at));
            let cells = across.flatten().or_else(|| self.down_cells(parts, column));
            match typed.or_else(|| cells.map(|cells| Live::sum(&cells))) {
                Some(formula) => Entry::Live(formula, figure),
                None => Entry::Plain(*shown),
            }
        };
        line.iter().enumerate().map(entry).collect()
    }

    fn across_cells(&self, line: &[Shown], column: usize, at: usize) -> Option<String> {
        cells_across(self.form, line, column, row_at(self.top, at)).map(|cells| cells.join(","))
    }

    fn down_cells(&self, parts: &[usize], column: usize) -> Option<String> {
        (!parts.is_empty()).then(|| self.ranges(parts, column).join(","))
    }

    /// The lines that a sum is made of: a group of the members that follow it, the total of all that no group holds.
    fn parts(&self, at: usize) -> Vec<usize> {
        let member = |kind: &LineKind| matches!(kind, LineKind::Agency | LineKind::Commune);
        match self.kinds.get(at) {
            Some(LineKind::Group) => {
                let below = self.kinds.iter().enumerate().skip(at + 1);
                below
                    .take_while(|(_, kind)| member(kind))
                    .map(|(at, _)| at)
                    .collect()
            }
            Some(LineKind::Total) => {
                let mut in_group = false;
                let mut parts = Vec::new();
                for (at, kind) in self.kinds.iter().enumerate() {
                    in_group = *kind == LineKind::Group || (in_group && member(kind));
                    if *kind == LineKind::Group || (*kind != LineKind::Total && !in_group) {
                        parts.push(at);
                    }
                }
                parts
            }
            _ => Vec::new(),
        }
    }

    /// A SUM over lines, where it gives the figure.
    fn down(&self, parts: &[usize], column: usize, figure: i64) -> Option<String> {
        let shown = parts
            .iter()
            .filter_map(|at| self.lines.get(*at)?.get(column).copied());
        if !gives(shown, figure) {
            return None;
        }
        let written = self.ranges(parts, column);
        (written.len() <= SUM_MAX).then(|| format!("=SUM({})", written.join(",")))
    }

    /// A column of these lines, neighbours together.
    fn ranges(&self, parts: &[usize], column: usize) -> Vec<String> {
        let mut ranges: Vec<(usize, usize)> = Vec::new();
        for at in parts {
            match ranges.last_mut() {
                Some((_, last)) if *last + 1 == *at => *last = *at,
                _ => ranges.push((*at, *at)),
            }
        }
        let column = column_at(1, column);
        ranges
            .iter()
            .map(|(first, last)| {
                cell_range(row_at(self.top, *first), column, row_at(self.top, *last), column)
            })
            .collect()
    }
}

/// The sum of other cells of the same line, where the form says so and it gives the figure.
pub(super) fn across(form: &FormFile, line: &[Shown], at: usize, row: u32) -> Option<String> {
    let Some(Shown::Figure(figure)) = line.get(at).copied() else {
        return None;
    };
    let cells = cells_across(form, line, at, row)?;
    let parts = parts_across(form, line, at)?;
    gives(parts.into_iter().map(|(_, shown)| shown), figure).then(|| format!("={}", cells.join("+")))
}

/// The cells of the same line that the form says a column sums; a dash is left out: a spreadsheet cannot add it.
pub(super) fn cells_across(form: &FormFile, line: &[Shown], at: usize, row: u32) -> Option<Vec<String>> {
    let parts = parts_across(form, line, at)?;
    let cells = parts
        .iter()
        .map(|(at, _)| row_col_to_cell(row, column_at(1, *at)));
    Some(cells.collect())
}

fn parts_across(form: &FormFile, line: &[Shown], at: usize) -> Option<Vec<(usize, Shown)>> {
    let column = form.columns.get(at)?;
    if column.source != ColumnSource::Formula || column.sum.contains(&column.number) {
        return None;
    }
    let parts = form.columns.iter().zip(line.iter().copied()).enumerate();
    let parts: Vec<_> = parts
        .filter(|(_, (part, shown))| column.sum.contains(&part.number) && *shown != Shown::Dash)
        .map(|(at, (_, shown))| (at, shown))
        .collect();
    (!parts.is_empty()).then_some(parts)
}

/// Whether a spreadsheet that adds these cells gets the figure, from at least one figure.
fn gives(parts: impl Iterator<Item = Shown>, figure: i64) -> bool {
    let figures: Vec<i64> = parts
        .filter_map(|shown| match shown {
            Shown::Figure(figure) => Some(figure),
            Shown::Dash | Shown::Blank => None,
        })
        .collect();
    let sum = figures.iter().try_fold(0i64, |sum, part| sum.checked_add(*part));
    !figures.is_empty() && fits(figure) && figures.iter().all(|part| fits(*part)) && sum == Some(figure)
}
