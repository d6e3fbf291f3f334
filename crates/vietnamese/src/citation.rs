//! Numbers of legal documents (`15/2020/NĐ-CP`), whatever spaces, dashes and marks they were typed with (SRC-04).

use std::fmt;
use std::ops::Range;
use std::str::FromStr;

use thiserror::Error;

use crate::fold::fold;

mod abbreviation;
mod reader;

/// The number and symbol of a document (NĐ 30/2020/NĐ-CP, Phụ lục I; Nghị quyết 351/2017/UBTVQH14 for laws).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct DocumentNumber {
    /// The running number in the year or the term.
    pub number: u32,
    /// The year, which only legal normative documents bear: `471/QĐ-TTg` has none.
    pub year: Option<i32>,
    /// Kind and issuer as officially spelt: `NĐ-CP`, `QH13`, `NQ-UBTVQH15`; of the Party `CT/TW`.
    pub symbol: String,
}

impl DocumentNumber {
    /// Returns what two spellings of one number share: `15/2020/nd-cp`.
    pub fn key(&self) -> String {
        let Self { number, year, symbol } = self;
        let symbol = fold(symbol).replace('/', "-");
        match year {
            Some(year) => format!("{number:02}/{year}/{symbol}"),
            None => format!("{number:02}/{symbol}"),
        }
    }
}

impl fmt::Display for DocumentNumber {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { number, year, symbol } = self;
        match year {
            Some(year) => write!(out, "{number:02}/{year}/{symbol}"),
            None if symbol.contains('/') => write!(out, "{number:02}-{symbol}"),
            None => write!(out, "{number:02}/{symbol}"),
        }
    }
}

/// Why a typed document number cannot be read. `Display` is the sentence for the person who typed it.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CitationError {
    /// Nothing was typed.
    #[error("chưa nhập số, ký hiệu văn bản")]
    Empty,
    /// It does not begin with a number.
    #[error("số, ký hiệu văn bản phải bắt đầu bằng chữ số, ví dụ 15/2020/NĐ-CP")]
    NoNumber,
    /// No symbol follows the number and year.
    #[error("thiếu ký hiệu văn bản sau số, ví dụ NĐ-CP trong 15/2020/NĐ-CP")]
    NoSymbol,
    /// Something follows that belongs to no number.
    #[error("phần “{0}” không thuộc số, ký hiệu văn bản")]
    Trailing(String),
}

impl FromStr for DocumentNumber {
    type Err = CitationError;

    /// Reads a field that holds one number, `số` in front allowed. Unknown symbols are taken as typed, in capitals.
    fn from_str(text: &str) -> Result<Self, CitationError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(CitationError::Empty);
        }
        let digits = text
            .find(|sign: char| sign.is_ascii_digit())
            .ok_or(CitationError::NoNumber)?;
        let (lead, rest) = text.split_at(digits);
        if !matches!(
            fold(lead).trim_end_matches([' ', ':', '.']),
            "" | "so" | "van ban so"
        ) {
            return Err(CitationError::NoNumber);
        }
        let (number, end) = reader::read(rest, reader::Trust::Field).ok_or(CitationError::NoSymbol)?;
        match rest
            .get(end..)
            .map(|left| left.trim_matches([' ', '.', ',', ';']))
        {
            Some("") | None => Ok(number),
            Some(left) => Err(CitationError::Trailing(left.to_owned())),
        }
    }
}

/// A number met in running text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Where it stands, in bytes of the text.
    pub range: Range<usize>,
    /// What it is.
    pub number: DocumentNumber,
}

/// Returns the document numbers of a text in their order. In prose, and in what people type to search, only whole
/// numbers count: `15/2020/NĐ` and `09/11/2024` are none.
pub fn find_in(text: &str) -> Vec<Found> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some((start, rest)) = next_number(text, from) {
        from = match reader::read(rest, reader::Trust::Prose) {
            Some((number, length)) => {
                found.push(Found {
                    range: start..start + length,
                    number,
                });
                start + length
            }
            None => start + rest.bytes().take_while(u8::is_ascii_digit).count(),
        };
    }
    found
}

/// The next digits from that byte on which nothing hangs: no letter, digit, slash, dash, comma or point.
fn next_number(text: &str, from: usize) -> Option<(usize, &str)> {
    let mut before = text.get(..from)?.chars().next_back();
    for (offset, sign) in text.get(from..)?.char_indices() {
        let is_free = before.is_none_or(|sign| !sign.is_alphanumeric() && !"/-.,_".contains(sign));
        if sign.is_ascii_digit() && is_free {
            let start = from + offset;
            return text.get(start..).map(|rest| (start, rest));
        }
        before = Some(sign);
    }
    None
}

#[cfg(test)]
mod tests;
