//! What stands below the table: notes, day, signatures, who gets it, hash.

use rust_xlsxwriter::XlsxError;

use super::paper::{Columns, Paper, row_at};
use super::{Signature, Workbook, style};
use crate::paper::recipient_lines;

/// Signatures side by side.
pub(super) const SIDE_BY_SIDE: usize = 4;
/// Lines left for a signature and a seal.
const ROOM: u32 = 5;

/// Draws the foot.
pub(super) fn draw(paper: &mut Paper<'_>, book: &Workbook<'_>) -> Result<(), XlsxError> {
    let (plain, all) = (style::words(), paper.all());
    paper.line(&[])?;
    if !book.notes.is_empty() {
        paper.line(&[(all, "Ghi chú:", &plain.clone().set_bold())])?;
    }
    for note in book.notes {
        paper.line(&[(all, note, &plain)])?;
    }
    paper.line(&[])?;
    signatures(paper, book)?;
    recipients(paper, book)?;
    if !book.hash.is_empty() {
        paper.line(&[])?;
        paper.line(&[(all, &hash_line(book.hash), &style::small())])?;
    }
    Ok(())
}

fn signatures(paper: &mut Paper<'_>, book: &Workbook<'_>) -> Result<(), XlsxError> {
    let italic = style::centred().set_italic();
    let bold = style::centred().set_bold();
    let count = book.signatures.len();
    let place = if count < 2 { 2 } else { count.min(SIDE_BY_SIDE) };
    let blocks = paper.blocks(u32::try_from(place).unwrap_or(1));
    if let Some(last) = blocks.last() {
        paper.line(&[(*last, book.place_and_day, &italic)])?;
    }
    for (at, row) in book.signatures.chunks(SIDE_BY_SIDE).enumerate() {
        // The head signs at the right, whoever else does.
        let blocks: Vec<Columns> = blocks
            .iter()
            .copied()
            .skip(blocks.len().saturating_sub(row.len()))
            .collect();
        let is_last = (at + 1) * SIDE_BY_SIDE >= count;
        let of = |words: fn(&Signature<'_>, bool) -> String| -> Vec<String> {
            let head = |index: usize| is_last && index + 1 == row.len();
            row.iter()
                .enumerate()
                .map(|(index, one)| words(one, head(index)))
                .collect()
        };
        write_row(paper, &blocks, &of(|one, _| one.role.to_uppercase()), &bold)?;
        write_row(paper, &blocks, &of(hint), &italic)?;
        paper.height(paper.row, ROOM)?;
        paper.row = row_at(paper.row, 1);
        write_row(paper, &blocks, &of(|one, _| one.name.to_owned()), &bold)?;
    }
    Ok(())
}

/// How a hash is named on paper.
pub(super) fn hash_line(hash: &str) -> String {
    format!("Mã băm (SHA-256) của số liệu: {hash}")
}

/// What stands below the role of who signs.
pub(super) fn hint(_: &Signature<'_>, is_head: bool) -> String {
    let words = if is_head {
        "(Ký tên, đóng dấu, ghi rõ họ, tên)"
    } else {
        "(Ký, ghi rõ họ, tên)"
    };
    words.to_owned()
}

fn write_row(
    paper: &mut Paper<'_>,
    blocks: &[Columns],
    words: &[String],
    format: &rust_xlsxwriter::Format,
) -> Result<(), XlsxError> {
    let texts: Vec<_> = blocks
        .iter()
        .zip(words)
        .map(|(block, words)| (*block, words.as_str(), format))
        .collect();
    paper.line(&texts)
}

fn recipients(paper: &mut Paper<'_>, book: &Workbook<'_>) -> Result<(), XlsxError> {
    if book.recipients.is_empty() {
        return Ok(());
    }
    let words = style::words();
    let Some(left) = paper.blocks(2).first().copied() else {
        return Ok(());
    };
    paper.line(&[(left, "Nơi nhận:", &words.clone().set_bold().set_italic())])?;
    for line in recipient_lines(book.recipients) {
        paper.line(&[(left, &line, &words)])?;
    }
    Ok(())
}
