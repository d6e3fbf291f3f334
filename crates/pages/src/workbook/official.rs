//! The sheet in the layout of the official form: who reports to whom, title, heads, lines; the foot is beside it.

use pbgdpl_model::manifest::{Column, ColumnType, FormFile};
use pbgdpl_model::report::{Cells, LineKind, Span};
use pbgdpl_vietnamese::date::dmy;
use pbgdpl_vietnamese::number::grouped;
use rust_xlsxwriter::{Worksheet, XlsxError};

use super::figures::{Entry, Grid, Shown, across, cells_across};
use super::heads::{Head, depth, heads};
use super::live::Live;
use super::paper::{Paper, column_at, row_at};
use super::style::{self, LineStyle};
use super::{Workbook, foot, text};

/// Width of the column of labels, in signs.
const LABEL_WIDTH: u32 = 36;
/// Width of a column of figures, unless a figure needs more.
const FIGURE_WIDTH: u32 = 10;
/// What is written beside and below the table needs as many columns, even if the form has fewer.
const LEAST_COLUMNS: usize = 6;

/// Draws the form; with `live`, as it follows what is typed on another sheet.
pub(super) fn draw(sheet: &mut Worksheet, book: &Workbook<'_>, live: Option<&Live>) -> Result<(), XlsxError> {
    let form = book.form;
    let about = format!("Biểu {}, {}", form.code, book.span.title());
    let paper = &mut Paper::new(sheet, &format!("Biểu {}", form.id), &about, widths(book))?;
    masthead(paper, book)?;
    let first = paper.row;
    draw_heads(paper, form)?;
    let top = paper.row;
    paper.sheet.set_repeat_rows(first, top.saturating_sub(1))?;
    paper.sheet.set_freeze_panes(top, 1)?;
    draw_lines(paper, book, live)?;
    foot::draw(paper, book)?;
    let (_, last) = paper.all();
    paper
        .sheet
        .set_print_area(0, 0, paper.row.saturating_sub(1), last)?;
    Ok(())
}

/// How wide each column is, in signs; the first one holds the labels.
pub(super) fn widths(book: &Workbook<'_>) -> Vec<u32> {
    let of = |column: &Column| {
        let figures = book
            .rows
            .iter()
            .filter_map(|line| line.cells.get(&column.number)?.total());
        let longest = figures.map(|figure| grouped(figure).len() + 3).max();
        let longest = longest.and_then(|signs| u32::try_from(signs).ok());
        longest.unwrap_or(0).max(FIGURE_WIDTH)
    };
    let spare = LEAST_COLUMNS.saturating_sub(book.form.columns.len());
    std::iter::once(LABEL_WIDTH)
        .chain(book.form.columns.iter().map(of))
        .chain(std::iter::repeat_n(FIGURE_WIDTH, spare))
        .collect()
}

/// Left which form, in the middle what and when, right from whom to whom.
fn masthead(paper: &mut Paper<'_>, book: &Workbook<'_>) -> Result<(), XlsxError> {
    let (plain, centred, title) = (style::words(), style::centred(), style::title());
    let (bold, bold_centred) = (plain.clone().set_bold(), centred.clone().set_bold());
    let italic = centred.clone().set_italic();
    let blocks = paper.blocks(3);
    let formats = [
        [&bold, &title, &plain],
        [&plain, &bold_centred, &bold],
        [&plain, &italic, &plain],
        [&plain, &italic, &bold],
    ];
    for (line, formats) in masthead_texts(book).iter().zip(formats) {
        let texts = blocks.iter().zip(line).zip(formats);
        let texts: Vec<_> = texts
            .map(|((at, words), format)| (*at, words.as_str(), format))
            .collect();
        paper.line(&texts)?;
    }
    paper.line(&[])
}

/// What stands over the table, line by line, each at the left, in the middle and at the right.
pub(super) fn masthead_texts(book: &Workbook<'_>) -> [[String; 3]; 4] {
    let (form, span) = (book.form, book.span);
    let received = book
        .received
        .map_or_else(String::new, |day| format!("Ngày nhận báo cáo: {}", dmy(day)));
    [
        [
            format!("Biểu số: {}", form.code),
            form.title.to_uppercase(),
            "Đơn vị báo cáo:".to_owned(),
        ],
        [
            format!("Ban hành theo {}", form.basis),
            format!("Kỳ báo cáo: {}", span.title()),
            issuer(book),
        ],
        [
            received,
            format!("(Từ ngày {} đến ngày {})", dmy(span.from), dmy(span.to)),
            "Đơn vị nhận báo cáo:".to_owned(),
        ],
        [String::new(), basis_of_days(span), form.receiver.clone()],
    ]
}

fn issuer(book: &Workbook<'_>) -> String {
    if book.superior.is_empty() {
        book.issuer.to_owned()
    } else {
        format!("{}\n{}", book.superior, book.issuer)
    }
}

/// Up to which day figures are actual.
pub(super) fn basis_of_days(span: &Span) -> String {
    if span.has_estimate() {
        format!("Thực tế đến {}, sau đó là số ước tính", dmy(span.actual_to))
    } else {
        "Toàn bộ là số thực tế".to_owned()
    }
}

/// Heads, units, column numbers.
fn draw_heads(paper: &mut Paper<'_>, form: &FormFile) -> Result<(), XlsxError> {
    let (head, below) = (style::head(), style::below_head());
    let (top, depth) = (paper.row, depth(form));
    let bottom = row_at(top, depth.saturating_sub(1));
    paper.place((top, bottom), (0, 0), "Đơn vị", &head)?;
    let heads = heads(form);
    for one in &heads {
        let first = row_at(top, one.top);
        let rows = (first, row_at(first, one.high.saturating_sub(1)));
        paper.place(rows, columns(one), one.label, &head)?;
    }
    for (at, lines) in heights(paper, &heads, depth).into_iter().enumerate() {
        paper.height(row_at(top, at), lines)?;
    }
    paper.row = row_at(bottom, 1);
    let units: Vec<String> = form.columns.iter().map(|column| column.unit.clone()).collect();
    let numbers: Vec<String> = form
        .columns
        .iter()
        .map(|column| format!("({})", column.number))
        .collect();
    for (label, texts) in [("Đơn vị tính", units), ("A", numbers)] {
        let texts = texts
            .iter()
            .enumerate()
            .map(|(at, words)| (column_at(1, at), words.as_str()));
        let row: Vec<_> = std::iter::once((0, label))
            .chain(texts)
            .map(|(column, words)| ((column, column), words, &below))
            .collect();
        paper.line(&row)?;
    }
    Ok(())
}

fn columns(head: &Head<'_>) -> (u16, u16) {
    let left = column_at(1, head.left);
    (left, column_at(left, head.wide.saturating_sub(1)))
}

/// Lines of text in each row of heads: what its own heads need; what a higher head still lacks, its last row gives.
fn heights(paper: &Paper<'_>, heads: &[Head<'_>], depth: usize) -> Vec<u32> {
    let mut rows = vec![1u32; depth];
    let mut sorted: Vec<&Head<'_>> = heads.iter().collect();
    sorted.sort_by_key(|head| head.high);
    for head in sorted {
        let needs = text::lines(head.label, paper.wide(columns(head)));
        let has: u32 = rows.iter().skip(head.top).take(head.high).sum();
        if let Some(last) = rows.get_mut((head.top + head.high).saturating_sub(1)) {
            *last += needs.saturating_sub(has);
        }
    }
    rows
}

fn draw_lines(paper: &mut Paper<'_>, book: &Workbook<'_>, live: Option<&Live>) -> Result<(), XlsxError> {
    let grid = Grid::of(book.form, &book.rows, paper.row, live);
    for (at, line) in book.rows.iter().enumerate() {
        draw_line(paper, line.label, &grid.entries(at), &LineStyle::of(line.kind))?;
    }
    match whole(book) {
        Some((cells, label)) => {
            let entries = estimate(book.form, cells, paper.row, live);
            draw_line(paper, label, &entries, &LineStyle::estimate())
        }
        _ => Ok(()),
    }
}

/// The cells whose estimate stands at the foot of the table, and what it is called; nothing where the period has none.
pub(super) fn whole<'b>(book: &'b Workbook<'_>) -> Option<(&'b Cells, &'b str)> {
    let total = book.rows.iter().find(|line| line.kind == LineKind::Total);
    let line = total.or(book.rows.first())?;
    Some((line.cells, book.span.estimate_label.as_deref()?))
}

fn draw_line(
    paper: &mut Paper<'_>,
    label: &str,
    entries: &[Entry],
    style: &LineStyle,
) -> Result<(), XlsxError> {
    for (at, entry) in entries.iter().enumerate() {
        paper.entry(column_at(1, at), entry, style)?;
    }
    if label.is_empty() {
        paper.sheet.write_blank(paper.row, 0, &style.label)?;
    }
    paper.line(&[((0, 0), label, &style.label)])
}

/// The estimate at the foot of the table. A state has none.
fn estimate(form: &FormFile, cells: &Cells, row: u32, live: Option<&Live>) -> Vec<Entry> {
    let line: Vec<Shown> = form
        .columns
        .iter()
        .map(|column| estimate_of(column, cells))
        .collect();
    let entry = |(at, shown): (usize, &Shown)| {
        let figure = match *shown {
            Shown::Figure(figure) => Some(figure),
            Shown::Blank => None,
            Shown::Dash => return Entry::Plain(Shown::Dash),
        };
        if let Some(live) = live {
            let across = cells_across(form, &line, at, row).map(|cells| Live::sum(&cells.join(",")));
            return match across.or_else(|| live.estimates(at)) {
                Some(formula) => Entry::Live(formula, figure),
                None => Entry::Plain(*shown),
            };
        }
        match (across(form, &line, at, row), figure) {
            (Some(formula), Some(figure)) => Entry::Formula(formula, figure),
            _ => Entry::Plain(*shown),
        }
    };
    line.iter().enumerate().map(entry).collect()
}

/// What was estimated for a column.
pub(super) fn estimate_of(column: &Column, cells: &Cells) -> Shown {
    match cells.get(&column.number) {
        Some(cell) if cell.estimate.is_some() || column.kind == ColumnType::Flow => {
            Shown::said(cell.estimate)
        }
        _ => Shown::Dash,
    }
}
