//! The sheet that says of every figure what is actual and what is estimated: one row a figure.

use pbgdpl_model::manifest::Column;
use rust_xlsxwriter::{Format, Worksheet, XlsxError, cell_range};

use super::Workbook;
use super::figures::{Entry, Shown, fits};
use super::official::{basis_of_days, estimate_of};
use super::paper::{Paper, column_at};
use super::style::{self, LineStyle};
use crate::desk::report::LineOf;

/// Heads with the widths of their columns, in signs.
const HEADS: [(&str, u32); 7] = [
    ("Đơn vị", 40),
    ("Cột", 6),
    ("Chỉ tiêu", 60),
    ("Đơn vị tính", 14),
    ("Thực tế", 16),
    ("Ước tính", 16),
    ("Cộng", 16),
];

/// Draws the sheet.
pub(super) fn draw(sheet: &mut Worksheet, book: &Workbook<'_>) -> Result<(), XlsxError> {
    let form = book.form;
    let about = format!("Biểu {}, {}, chi tiết", form.code, book.span.title());
    let widths = HEADS.map(|(_, wide)| wide).to_vec();
    let paper = &mut Paper::new(sheet, "Chi tiết", &about, widths)?;
    let all = paper.all();
    let period = format!("{}. {}", book.span.title(), basis_of_days(book.span));
    paper.line(&[(all, &format!("Chi tiết biểu {}", form.code), &style::title())])?;
    paper.line(&[(all, &period, &style::centred().set_italic())])?;
    paper.line(&[])?;
    let (head, first) = (style::head(), paper.row);
    let heads: Vec<_> = (0..)
        .zip(HEADS)
        .map(|(column, (words, _))| ((column, column), words, &head))
        .collect();
    paper.line(&heads)?;
    paper.sheet.set_repeat_rows(first, first)?;
    paper.sheet.set_freeze_panes(paper.row, 1)?;
    for line in &book.rows {
        for column in &form.columns {
            draw_figure(paper, line, column)?;
        }
    }
    let last = paper.row.saturating_sub(1);
    paper.sheet.autofilter(first, 0, last, all.1)?;
    paper.sheet.set_print_area(0, 0, last, all.1)?;
    Ok(())
}

fn draw_figure(paper: &mut Paper<'_>, line: &LineOf<'_>, column: &Column) -> Result<(), XlsxError> {
    let style = LineStyle::of(line.kind);
    let cell = line.cells.get(&column.number);
    let actual = cell.map_or(Shown::Dash, |cell| Shown::said(cell.actual));
    let estimate = estimate_of(column, line.cells);
    let total = cell.map_or(Shown::Dash, |cell| Shown::said(cell.total()));
    let entries = [
        Entry::Plain(actual),
        Entry::Plain(estimate),
        sum(paper.row, [actual, estimate], total),
    ];
    for (at, entry) in entries.iter().enumerate() {
        paper.entry(column_at(4, at), entry, &style)?;
    }
    let way: Vec<&str> = column
        .path
        .iter()
        .map(String::as_str)
        .chain([column.label.as_str()])
        .collect();
    let (number, way) = (format!("({})", column.number), way.join(" › "));
    let words: [(&str, &Format); 4] = [
        (line.label, &style.label),
        (&number, &style.dash),
        (&way, &style.label),
        (&column.unit, &style.dash),
    ];
    let texts: Vec<_> = (0..)
        .zip(words)
        .map(|(at, (words, format))| ((at, at), words, format))
        .collect();
    paper.line(&texts)
}

/// Actual and estimate together, as a formula where it gives the stored figure.
fn sum(row: u32, parts: [Shown; 2], total: Shown) -> Entry {
    let figures = parts.map(|part| match part {
        Shown::Figure(figure) => figure,
        Shown::Dash | Shown::Blank => 0,
    });
    let added = figures.into_iter().try_fold(0i64, i64::checked_add);
    match total {
        Shown::Figure(total) if added == Some(total) && fits(total) && figures.into_iter().all(fits) => {
            Entry::Formula(format!("=SUM({})", cell_range(row, 4, row, 5)), total)
        }
        other => Entry::Plain(other),
    }
}
