//! Reads a workbook back: cells, formulas, parts of the file.

use std::io::{Cursor, Read};

use calamine::{Data, Range, Reader, Xlsx, open_workbook_from_rs};

pub(in crate::workbook) fn open(bytes: &[u8]) -> Xlsx<Cursor<Vec<u8>>> {
    open_workbook_from_rs(Cursor::new(bytes.to_vec())).unwrap()
}

pub(in crate::workbook) fn sheet(bytes: &[u8], name: &str) -> Range<Data> {
    open(bytes).worksheet_range(name).unwrap()
}

/// The row below the one whose first cell is this.
pub(in crate::workbook) fn below(range: &Range<Data>, words: &str) -> u32 {
    let found = range
        .used_cells()
        .find(|(_, column, cell)| *column == 0 && **cell == Data::String(words.into()));
    u32::try_from(found.unwrap().0).unwrap() + range.start().unwrap().0 + 1
}

pub(in crate::workbook) fn expected(figure: Option<Option<i64>>) -> Data {
    match figure {
        None => Data::String("–".into()),
        Some(None) => Data::Empty,
        Some(Some(figure)) => Data::Float(figure.to_string().parse().unwrap()),
    }
}

pub(in crate::workbook) fn at(range: &Range<Data>, row: u32, column: usize) -> Data {
    range
        .get_value((row, u32::try_from(column).unwrap()))
        .cloned()
        .unwrap_or_default()
}

/// One part of the file, unpacked.
pub(in crate::workbook) fn part(bytes: &[u8], name: &str) -> String {
    let head =
        |at: usize| bytes[at..].starts_with(b"PK\x03\x04") && bytes[at + 30..].starts_with(name.as_bytes());
    let start = (0..bytes.len()).find(|at| head(*at)).unwrap() + 30 + name.len();
    let mut text = String::new();
    flate2::read::DeflateDecoder::new(&bytes[start..])
        .read_to_string(&mut text)
        .unwrap();
    text
}

pub(in crate::workbook) fn cell_of(name: &str) -> (u32, usize) {
    let digits = name.find(|sign: char| sign.is_ascii_digit()).unwrap();
    let column = name[..digits]
        .bytes()
        .fold(0, |sum, letter| sum * 26 + usize::from(letter - b'A') + 1);
    (name[digits..].parse::<u32>().unwrap() - 1, column - 1)
}

/// What a spreadsheet makes of our two kinds of formulas.
pub(in crate::workbook) fn calculate(range: &Range<Data>, formula: &str) -> f64 {
    let number = |cell: Data| match cell {
        Data::Float(number) => Some(number),
        _ => None,
    };
    let Some(sum) = formula.strip_prefix("SUM(") else {
        let parts = formula
            .split('+')
            .map(cell_of)
            .map(|(row, column)| at(range, row, column));
        assert!(
            parts.clone().all(|part| !matches!(part, Data::String(_))),
            "{formula} adds a text"
        );
        return parts.filter_map(number).sum();
    };
    let ranges = sum.trim_end_matches(')').split(',').flat_map(|part| {
        let ((top, left), (bottom, right)) = match part.split_once(':') {
            Some((from, to)) => (cell_of(from), cell_of(to)),
            None => (cell_of(part), cell_of(part)),
        };
        (top..=bottom).flat_map(move |row| (left..=right).map(move |column| (row, column)))
    });
    ranges
        .filter_map(|(row, column)| number(at(range, row, column)))
        .sum()
}
