//! Texts as a spreadsheet holds them: no forbidden signs, not too long, never a formula.

use crate::xml::legal;

/// The longest text of a cell, in UTF-16 units (Excel's limit).
const CELL_MAX: usize = 32_767;

/// A text that a cell holds and XML 1.0 allows.
pub(super) fn clean(text: &str) -> String {
    let mut text = cut(&legal(&text.replace("\r\n", "\n")), CELL_MAX);
    // rust_xlsxwriter takes such a text for rich text that it wrote itself, and puts it into the file unescaped.
    if text.starts_with("<r>") && text.ends_with("</r>") {
        text = cut(&text, CELL_MAX - 1);
        text.push(' ');
    }
    text
}

/// The first part of a text, at most so many UTF-16 units long.
pub(super) fn cut(text: &str, units: usize) -> String {
    let mut long = 0;
    text.chars()
        .take_while(|sign| {
            long += sign.len_utf16();
            long <= units
        })
        .collect()
}

/// Whether a spreadsheet would take the text for a formula if a person typed it (OWASP, CSV injection), full-width forms
/// included. Such a cell is marked as text, so that it stays text when it is edited.
pub(super) fn starts_like_formula(text: &str) -> bool {
    const STARTS: [char; 10] = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];
    text.trim_start_matches(' ').starts_with(STARTS)
}

/// How many lines a text fills in a column so many signs wide. Capitals are wider than other letters.
pub(super) fn lines(text: &str, wide: u32) -> u32 {
    let room = wide.saturating_mul(10).max(10);
    text.split('\n')
        .map(|paragraph| lines_of(paragraph, room))
        .fold(0, u32::saturating_add)
}

fn lines_of(paragraph: &str, room: u32) -> u32 {
    let mut full: u32 = 1;
    let mut used: u32 = 0;
    for word in paragraph.split(' ') {
        let wide = width(word);
        let with_space = if used == 0 {
            wide
        } else {
            used.saturating_add(5).saturating_add(wide)
        };
        if with_space <= room {
            used = with_space;
        } else {
            let more = wide.div_ceil(room).max(1);
            full = full.saturating_add(if used == 0 { more - 1 } else { more });
            used = wide - room.saturating_mul(more - 1).min(wide);
        }
    }
    full
}

/// In tenths of a digit, as Times New Roman draws it.
fn width(word: &str) -> u32 {
    word.chars()
        .map(|sign| if sign.is_uppercase() { 14 } else { 9 })
        .fold(0, u32::saturating_add)
}

/// A name that a sheet may have.
pub(super) fn sheet_name(name: &str) -> String {
    let letters: String = clean(name)
        .chars()
        .filter(|sign| !matches!(sign, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\'') && !sign.is_control())
        .collect();
    cut(&letters, 31)
}
