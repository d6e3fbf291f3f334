//! Draws a working form: the sheet that is filled, the official form that follows it, the sheet that says what the file is.

use std::collections::BTreeMap;

use pbgdpl_model::manifest::{Column, FormFile};
use pbgdpl_model::report::{Cell, Line, LineKind, Span, hash_of, may_declare};
use pbgdpl_vietnamese::date::dmy;
use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, DataValidationRule, Format, RowNum, Workbook as Xlsx,
    Worksheet, XlsxError, cell_range,
};

use super::super::figures::{Entry, Shown};
use super::super::live::{ACTUAL, ESTIMATE, Live, SHEET};
use super::super::paper::{Paper, number, row_at};
use super::super::style::{self, LineStyle};
use super::super::{Signature, Workbook, WorkbookError, official, properties, text};
use super::identity::Identity;
use super::read::{Opened, open};
use crate::desk::report::LineOf;

/// The hidden sheet.
pub(super) const IDENTITY: &str = "Nhận dạng";
/// Before a piece of the identity.
pub(super) const PIECE: &str = "Dữ liệu";
/// Before the signature.
pub(super) const SIGNATURE: &str = "Chữ ký";
/// Signs of the identity in one cell; a cell holds 32,767.
const PIECE_SIGNS: usize = 30_000;
/// The column of reasons.
pub(super) const REASON: u16 = 7;
/// The first row of figures, counted from 0.
pub(super) const TOP: RowNum = 5;

/// Heads of the sheet that is filled, with the widths of their columns, in signs.
const HEADS: [(&str, u32); 8] = [
    ("Đơn vị", 30),
    ("Cột", 6),
    ("Chỉ tiêu", 48),
    ("Đơn vị tính", 12),
    ("Thực tế", 14),
    ("Ước tính", 14),
    ("Cộng", 14),
    ("Căn cứ, lời giải thích", 52),
];

/// One figure of the form that may be typed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) line: &'a Line,
    pub(super) column: &'a Column,
    pub(super) cell: &'a Cell,
    /// The row on which it is typed.
    pub(super) row: RowNum,
    /// Whether the actual figure is typed.
    pub(super) actual: bool,
    /// Whether an estimate is typed.
    pub(super) estimate: bool,
    at: (usize, usize),
}

/// All figures that may be typed, in the order of their rows.
pub(super) fn places<'a>(form: &'a FormFile, span: &Span, lines: &'a [Line]) -> Vec<Place<'a>> {
    let typed = |line: &Line| matches!(line.kind, LineKind::Unit | LineKind::Commune);
    let mut places = Vec::new();
    for (line_at, line) in lines.iter().enumerate().filter(|(_, line)| typed(line)) {
        for (column_at, column) in form.columns.iter().enumerate() {
            let (actual, estimate) = may_declare(form, line, column, span);
            let Some(cell) = line.cells.get(&column.number).filter(|_| actual || estimate) else {
                continue;
            };
            places.push(Place {
                line,
                column,
                cell,
                row: row_at(TOP, places.len()),
                actual,
                estimate,
                at: (line_at, column_at),
            });
        }
    }
    places
}

/// The identity with a hash of all cells that nobody may change.
///
/// # Errors
/// Where a form exceeds a sheet.
pub fn sealed(form: &FormFile, span: &Span, identity: Identity) -> Result<Identity, WorkbookError> {
    let open = Identity {
        layout: String::new(),
        ..identity
    };
    let layout = layout(&written(form, span, &open)?);
    Ok(Identity { layout, ..open })
}

/// Writes the working form that an identity speaks of, with the signature of its text. The same value gives the same bytes.
///
/// # Errors
/// Where a form exceeds a sheet.
pub fn write(
    form: &FormFile,
    span: &Span,
    identity: &Identity,
    signature: &str,
) -> Result<Vec<u8>, WorkbookError> {
    file(form, span, identity, Some(signature))
}

/// The sheets as a reader finds them, without the hidden one; nothing where they cannot be drawn.
pub(super) fn written(form: &FormFile, span: &Span, identity: &Identity) -> Result<Opened, WorkbookError> {
    let bytes = file(form, span, identity, None)?;
    Ok(open(&bytes).unwrap_or_default())
}

/// A hash of the cells of all sheets.
pub(super) fn layout(sheets: &Opened) -> String {
    hash_of(&format!("{:?}", sheets.sheets))
}

fn file(
    form: &FormFile,
    span: &Span,
    identity: &Identity,
    signature: Option<&str>,
) -> Result<Vec<u8>, WorkbookError> {
    let places = places(form, span, &identity.lines);
    let live = Live(
        places
            .iter()
            .map(|one| (one.at, (one.row, one.estimate)))
            .collect(),
    );
    let notes = [format!(
        "Bản làm việc ngoại tuyến lập ngày {}, chưa phải báo cáo đã gửi.",
        dmy(identity.drawn_at().day())
    )];
    let book = Workbook {
        form,
        span,
        superior: &identity.superior,
        issuer: &identity.issuer,
        received: None,
        place_and_day: "",
        rows: identity.lines.iter().map(line_of).collect(),
        notes: &notes,
        signatures: form
            .signatures
            .iter()
            .map(|role| Signature { role, name: "" })
            .collect(),
        recipients: &[],
        hash: "",
        made_at: identity.drawn_at(),
    };
    let mut xlsx = Xlsx::new();
    xlsx.set_default_format(&style::base(), style::ROW_PIXELS, style::COLUMN_PIXELS)?;
    xlsx.set_properties(&properties(&book)?);
    fill_in(xlsx.add_worksheet(), &book, &places)?;
    official::draw(xlsx.add_worksheet(), &book, Some(&live))?;
    if let Some(signature) = signature {
        identify(xlsx.add_worksheet(), identity, signature)?;
    }
    Ok(xlsx.save_to_buffer()?)
}

fn line_of(line: &Line) -> LineOf<'_> {
    LineOf {
        key: &line.key,
        label: &line.label,
        kind: line.kind,
        cells: &line.cells,
    }
}

/// The sheet that is filled: one row a figure, its open cells on a ground of their own.
fn fill_in(sheet: &mut Worksheet, book: &Workbook<'_>, places: &[Place<'_>]) -> Result<(), XlsxError> {
    let about = format!("Biểu {}, {}, nhập số liệu", book.form.code, book.span.title());
    let widths = HEADS.map(|(_, wide)| wide).to_vec();
    let paper = &mut Paper::new(sheet, SHEET, &about, widths)?;
    let all = paper.all();
    let title = format!("Nhập số liệu biểu {}: {}", book.form.code, book.form.title);
    let what = format!(
        "{}. {}. {}",
        book.issuer,
        book.span.title(),
        official::basis_of_days(book.span)
    );
    paper.line(&[(all, &title, &style::title())])?;
    paper.line(&[(all, &what, &style::centred().set_italic())])?;
    paper.line(&[(
        all,
        "Chỉ nhập vào ô nền vàng. Ô để trống là chưa có số liệu, không phải số 0. Số nào cũng phải có căn cứ ở cột H: số, ngày của văn bản, biên bản, hoặc lý do. Không thêm, bớt, đổi chỗ dòng. Nhập xong, lưu dạng .xlsx rồi tải lên ở trang của biểu.",
        &style::words(),
    )])?;
    paper.line(&[])?;
    let head = style::head();
    let heads: Vec<_> = (0..)
        .zip(HEADS)
        .map(|(column, (words, _))| ((column, column), words, &head))
        .collect();
    paper.line(&heads)?;
    paper.sheet.set_repeat_rows(paper.row - 1, paper.row - 1)?;
    paper.sheet.set_freeze_panes(paper.row, 3)?;
    for place in places {
        figure(paper, place)?;
    }
    if places.is_empty() {
        let words = "Kỳ này không có ô nào phải tự khai: mọi số được cộng từ sổ hoạt động và danh sách.";
        paper.line(&[(all, words, &style::words())])?;
    }
    if !book.span.has_estimate() {
        paper.sheet.set_column_hidden(ESTIMATE)?;
        paper.sheet.set_column_hidden(ESTIMATE + 1)?;
    }
    if let (Some(first), Some(last)) = (places.first(), places.last()) {
        let rule = whole_number()?;
        paper
            .sheet
            .add_data_validation(first.row, ACTUAL, last.row, ESTIMATE, &rule)?;
        paper.sheet.set_selection(first.row, ACTUAL, first.row, ACTUAL)?;
    }
    paper.sheet.set_active(true);
    Ok(())
}

/// A count, nothing below zero.
fn whole_number() -> Result<DataValidation, XlsxError> {
    DataValidation::new()
        .allow_whole_number(DataValidationRule::GreaterThanOrEqualTo(0))
        .set_error_style(DataValidationErrorStyle::Stop)
        .set_error_title("Chưa đúng")?
        .set_error_message("Nhập số nguyên từ 0 trở lên, hoặc để trống nếu chưa có số liệu.")
}

fn figure(paper: &mut Paper<'_>, place: &Place<'_>) -> Result<(), XlsxError> {
    let style = LineStyle::of(place.line.kind);
    let (cell, row) = (place.cell, paper.row);
    let parts = [
        (ACTUAL, place.actual, cell.actual),
        (ESTIMATE, place.estimate, cell.estimate),
    ];
    for (column, typed, figure) in parts {
        match (typed, figure.map(number)) {
            (true, None) => {
                paper.sheet.write_blank(row, column, &open_to(&style.figure))?;
            }
            (true, Some(Some(figure))) => {
                paper
                    .sheet
                    .write_number_with_format(row, column, figure, &open_to(&style.figure))?;
            }
            (true, Some(None)) => {
                let words = figure.unwrap_or_default().to_string();
                paper.place((row, row), (column, column), &words, &open_to(&style.figure))?;
            }
            (false, _) => {
                let shown = figure.map_or(Shown::Dash, Shown::Figure);
                paper.entry(column, &Entry::Plain(shown), &style)?;
            }
        }
    }
    let sum = Entry::Live(Live::sum(&cell_range(row, ACTUAL, row, ESTIMATE)), cell.total());
    paper.entry(ESTIMATE + 1, &sum, &style)?;
    let reason = open_to(&style.label);
    if cell.note.is_empty() {
        paper.sheet.write_blank(row, REASON, &reason)?;
    }
    let way: Vec<&str> = place
        .column
        .path
        .iter()
        .map(String::as_str)
        .chain([place.column.label.as_str()])
        .collect();
    let (column, way) = (format!("({})", place.column.number), way.join(" › "));
    paper.line(&[
        ((0, 0), &place.line.label, &style.label),
        ((1, 1), &column, &style.dash),
        ((2, 2), &way, &style.label),
        ((3, 3), &place.column.unit, &style.dash),
        ((REASON, REASON), &cell.note, &reason),
    ])
}

/// The same look, open to whoever fills it.
fn open_to(format: &Format) -> Format {
    format
        .clone()
        .set_unlocked()
        .set_background_color(Color::RGB(0x00ff_f8dc))
}

/// The hidden sheet: in words for people, in one text for the program, and the signature of that text.
fn identify(sheet: &mut Worksheet, identity: &Identity, signature: &str) -> Result<(), XlsxError> {
    sheet.set_name(IDENTITY)?.set_hidden(true).protect();
    let words: BTreeMap<&str, String> = BTreeMap::from([
        ("Bản", identity.version.to_string()),
        ("Biểu", identity.code.clone()),
        ("Cơ quan", identity.issuer.clone()),
        ("Kỳ", identity.period.clone()),
        ("Mã số liệu", identity.figures.clone()),
        ("Năm", identity.year.to_string()),
    ]);
    let mut row: RowNum = 0;
    let mut put = |name: &str, value: &str| -> Result<(), XlsxError> {
        sheet.write_string(row, 0, name)?;
        sheet.write_string(row, 1, text::clean(value))?;
        row = row_at(row, 1);
        Ok(())
    };
    put("Không sửa trang này", "Trang này cho biết tệp thuộc biểu nào")?;
    for (name, value) in words {
        put(name, &value)?;
    }
    // In hexadecimal: a spreadsheet changes no sign of it.
    let canonical = identity.canonical().unwrap_or_default();
    let signs: Vec<char> = hex::encode(canonical).chars().collect();
    for piece in signs.chunks(PIECE_SIGNS) {
        put(PIECE, &piece.iter().collect::<String>())?;
    }
    put(SIGNATURE, signature)
}
