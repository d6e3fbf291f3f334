//! Opens a workbook that anybody may have made: sizes and claims are weighed before the reader sees the file, cells are read one
//! by one within a budget of text, and a file that breaks the reader is refused like any other.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataRef, Reader as _, Xlsx, XlsxFormulaMetadata, expand_shared_formula};
use zip::ZipArchive;

use super::draw::{IDENTITY, PIECE, REASON, SIGNATURE, TOP};
use crate::workbook::live::{ACTUAL, ESTIMATE, SHEET};

/// The largest file, in bytes.
const MOST_BYTES: usize = 2 * 1024 * 1024;
/// Parts of a file (ours has about a dozen).
const MOST_PARTS: usize = 200;
/// All parts unpacked, in bytes.
const MOST_UNPACKED: u64 = 24 * 1024 * 1024;
/// How many times larger a file may be unpacked (SECURITY 4.4).
const MOST_RATIO: u64 = 100;
/// Sheets of a file (ours has four); many names may point at one part, and each is read.
const MOST_SHEETS: usize = 20;
/// Signs of all texts and formulas together: one shared text may stand in every cell.
const MOST_TEXT: usize = 4 * 1024 * 1024;
/// Digits of a count that a part claims of itself: the reader makes room for that many texts before it has seen one.
const MOST_DIGITS: usize = 6;
/// Cells of all sheets.
const MOST_CELLS: usize = 60_000;
/// Rows of a file that is refused, shown as they are.
const MOST_HELD: usize = 400;

/// Why a file cannot be read at all. `Display` is the sentence for who sent it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// Larger than a working form can be.
    #[error("Tệp lớn hơn 2 MB, lớn hơn mọi biểu của hệ thống. Chọn đúng tệp đã tải về từ trang của biểu.")]
    TooLarge,
    /// No workbook, or one with a password.
    #[error(
        "Tệp không phải sổ tính .xlsx, hoặc có mật khẩu mở tệp. Bỏ mật khẩu, lưu dạng .xlsx (Excel Workbook) rồi tải lên lại."
    )]
    NotAWorkbook,
    /// Unpacked it would fill the memory, or it has more parts or cells than any form.
    #[error(
        "Tệp chứa nhiều dữ liệu bất thường nên không được mở. Tải mẫu mới rồi nhập lại số liệu vào mẫu đó."
    )]
    Swollen,
    /// It carries a program.
    #[error(
        "Tệp có macro nên không được nhận. Lưu dạng .xlsx (Excel Workbook, không có macro) rồi tải lên lại."
    )]
    Macro,
}

/// What a cell holds.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) enum Value {
    /// Nothing.
    #[default]
    Empty,
    /// A text.
    Text(String),
    /// A number.
    Number(f64),
    /// A date, a truth value, an error: as it reads.
    Other(String),
}

impl Value {
    /// As a person reads it.
    pub(super) fn words(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) | Self::Other(text) => text.clone(),
            Self::Number(number) => number.to_string(),
        }
    }

    pub(super) fn is_blank(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Text(text) => text.trim().is_empty(),
            Self::Number(_) | Self::Other(_) => false,
        }
    }
}

/// A cell: what it shows, and its formula where it has one.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Found {
    pub(super) value: Value,
    pub(super) formula: Option<String>,
}

/// The cells of a sheet that hold something.
pub(super) type Cells = BTreeMap<(u32, u16), Found>;

/// A workbook that was opened.
#[derive(Debug, Clone, Default)]
pub struct Opened {
    pub(super) sheets: Vec<(String, Cells)>,
}

/// One row of figures in a file, as it stands: nothing is believed, it is only shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Held {
    /// Whose line.
    pub line: String,
    /// Column of the form.
    pub column: String,
    /// Actual figure.
    pub actual: String,
    /// Estimate.
    pub estimate: String,
    /// Reason.
    pub reason: String,
}

/// Opens a file.
///
/// # Errors
/// [`Unreadable`]: it is no workbook, or more than a working form can be.
pub fn open(bytes: &[u8]) -> Result<Opened, Unreadable> {
    if bytes.len() > MOST_BYTES {
        return Err(Unreadable::TooLarge);
    }
    // The readers of archive and XML were not written against enemies alone; none of their faults may reach who serves.
    catch_unwind(AssertUnwindSafe(|| {
        weigh(bytes)?;
        cells(bytes)
    }))
    .unwrap_or(Err(Unreadable::NotAWorkbook))
}

/// Unpacks every part once, one after the other: sizes that the file states of itself are not believed, nor are the counts.
fn weigh(bytes: &[u8]) -> Result<(), Unreadable> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Unreadable::NotAWorkbook)?;
    if archive.len() > MOST_PARTS {
        return Err(Unreadable::Swollen);
    }
    let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    let most = MOST_UNPACKED.min(size.saturating_mul(MOST_RATIO));
    let mut left = most;
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(|_| Unreadable::NotAWorkbook)?;
        let name = part.name().map_err(|_| Unreadable::NotAWorkbook)?.to_lowercase();
        if name.ends_with("vbaproject.bin") {
            return Err(Unreadable::Macro);
        }
        let mut unpacked = Vec::new();
        part.take(left.saturating_add(1))
            .read_to_end(&mut unpacked)
            .map_err(|_| Unreadable::NotAWorkbook)?;
        let size = u64::try_from(unpacked.len()).unwrap_or(u64::MAX);
        left = left.checked_sub(size).ok_or(Unreadable::Swollen)?;
        if name.ends_with(".xml") {
            let text = String::from_utf8(unpacked).map_err(|_| Unreadable::NotAWorkbook)?;
            if claims_too_much(&text) {
                return Err(Unreadable::Swollen);
            }
        }
    }
    Ok(())
}

/// Whether a part says that it holds more texts than any file can.
fn claims_too_much(text: &str) -> bool {
    text.split("uniqueCount").skip(1).any(|rest| {
        let rest = rest.trim_start_matches(|sign: char| sign.is_ascii_whitespace() || "=\"'+".contains(sign));
        rest.chars().take_while(char::is_ascii_digit).count() > MOST_DIGITS
    })
}

fn cells(bytes: &[u8]) -> Result<Opened, Unreadable> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| Unreadable::NotAWorkbook)?;
    let names = book.sheet_names();
    if names.len() > MOST_SHEETS {
        return Err(Unreadable::Swollen);
    }
    let mut count = 0usize;
    let mut room = Room(MOST_TEXT);
    let mut sheets = Vec::new();
    for name in names {
        let mut cells = Cells::new();
        // Not as a range: a cell in the last row would make one of seventeen thousand million.
        let mut reader = book
            .worksheet_cells_reader(&name)
            .map_err(|_| Unreadable::NotAWorkbook)?;
        let mut shared = Shared::new();
        while let Some(cell) = reader
            .next_cell_with_formula_metadata()
            .map_err(|_| Unreadable::NotAWorkbook)?
        {
            count += 1;
            if count > MOST_CELLS {
                return Err(Unreadable::Swollen);
            }
            room.take(length(&cell.value))?;
            let formula = match cell.formula {
                Some(said) => formula(said, cell.pos, &mut shared, &mut room)?,
                None => None,
            };
            let found = Found {
                value: value(&cell.value),
                formula: formula.filter(|formula| !formula.is_empty()),
            };
            let (row, column) = cell.pos;
            let column = u16::try_from(column).map_err(|_| Unreadable::NotAWorkbook)?;
            if found != Found::default() {
                cells.insert((row, column), found);
            }
        }
        sheets.push((name, cells));
    }
    Ok(Opened { sheets })
}

/// Signs that may still be copied out of the file.
struct Room(usize);

impl Room {
    fn take(&mut self, signs: usize) -> Result<(), Unreadable> {
        self.0 = self.0.checked_sub(signs).ok_or(Unreadable::Swollen)?;
        Ok(())
    }
}

/// Formulas that several cells share: where each was written, and its text. By index, for the reader's own list of them grows
/// to the largest index that a file names.
type Shared = BTreeMap<usize, ((u32, u32), String)>;

/// The formula of a cell; the room is taken before anything is copied.
fn formula(
    said: XlsxFormulaMetadata,
    at: (u32, u32),
    shared: &mut Shared,
    room: &mut Room,
) -> Result<Option<String>, Unreadable> {
    match said {
        XlsxFormulaMetadata::Normal { formula } => {
            room.take(formula.len())?;
            Ok(Some(formula))
        }
        XlsxFormulaMetadata::Shared {
            shared_index,
            range,
            formula,
        } => {
            room.take(formula.len().saturating_mul(2))?;
            let start = range.map_or(at, |range| range.start);
            shared.insert(shared_index, (start, formula.clone()));
            Ok(Some(formula))
        }
        XlsxFormulaMetadata::SharedDerived { shared_index } => {
            let Some((start, formula)) = shared.get(&shared_index) else {
                return Ok(None);
            };
            room.take(formula.len())?;
            let moved = expand_shared_formula(formula, *start, at);
            moved.map(Some).map_err(|_| Unreadable::NotAWorkbook)
        }
        _ => Err(Unreadable::NotAWorkbook),
    }
}

/// Signs of a text.
const fn length(data: &DataRef<'_>) -> usize {
    match data {
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.len(),
        DataRef::SharedString(text) => text.len(),
        _ => 0,
    }
}

fn value(data: &DataRef<'_>) -> Value {
    match data {
        DataRef::Empty => Value::Empty,
        DataRef::Float(number) => Value::Number(*number),
        DataRef::Int(number) => number.to_string().parse().map_or(Value::Empty, Value::Number),
        DataRef::String(text) if text.is_empty() => Value::Empty,
        DataRef::SharedString("") => Value::Empty,
        DataRef::String(text) => Value::Text(text.replace("\r\n", "\n")),
        DataRef::SharedString(text) => Value::Text(text.replace("\r\n", "\n")),
        other => Value::Other(calamine::Data::from(other.clone()).to_string()),
    }
}

impl Opened {
    pub(super) fn sheet(&self, name: &str) -> Option<&Cells> {
        let found = self.sheets.iter().find(|(sheet, _)| sheet == name);
        found.map(|(_, cells)| cells)
    }

    /// What the hidden sheet says: the text and its signature. Neither is checked.
    #[must_use]
    pub fn identity(&self) -> Option<(String, String)> {
        let cells = self.sheet(IDENTITY)?;
        let said = |row: u32| cells.get(&(row, 1)).map(|cell| cell.value.words());
        let rows = cells.iter().filter(|((_, column), _)| *column == 0);
        let named: Vec<(String, u32)> = rows.map(|((row, _), cell)| (cell.value.words(), *row)).collect();
        let mut digits = String::new();
        for (_, row) in named.iter().filter(|(name, _)| name == PIECE) {
            digits.push_str(&said(*row)?);
        }
        let (_, row) = named.iter().find(|(name, _)| name == SIGNATURE)?;
        let text = String::from_utf8(hex::decode(digits).ok()?).ok()?;
        Some((text, said(*row)?))
    }

    /// The rows that hold a figure or a reason, as they stand: what a refused file held is shown, not lost.
    #[must_use]
    pub fn held(&self) -> Vec<Held> {
        let Some(cells) = self.sheet(SHEET) else {
            return Vec::new();
        };
        let mut rows: Vec<u32> = cells
            .keys()
            .map(|(row, _)| *row)
            .filter(|row| *row >= TOP)
            .collect();
        rows.dedup();
        let words = |row: u32, column: u16| {
            let cell = cells.get(&(row, column));
            cell.map_or_else(String::new, |cell| match &cell.formula {
                Some(formula) => format!("={}", formula.trim_start_matches('=')),
                None => cell.value.words(),
            })
        };
        let held = rows.into_iter().map(|row| Held {
            line: words(row, 0),
            column: words(row, 1),
            actual: words(row, ACTUAL),
            estimate: words(row, ESTIMATE),
            reason: words(row, REASON),
        });
        let says = |text: &str| !text.is_empty() && text != "–";
        held.filter(|one| {
            [&one.actual, &one.estimate, &one.reason]
                .into_iter()
                .any(|text| says(text))
        })
        .take(MOST_HELD)
        .collect()
    }
}
