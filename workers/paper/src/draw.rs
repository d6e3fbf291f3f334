//! A document becomes a PDF file. The same document gives the same bytes.

use typst::foundations::{Datetime, Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use crate::document::{Block, Document};
use crate::world::Room;

/// Pages of one file.
const PAGES_MAX: usize = 500;
/// Signs of a word that may stand in one piece; a longer one may be broken after each as many.
const WORD_MAX: usize = 36;
/// Where a line may break although no space is written.
const MAY_BREAK: char = '\u{200b}';

/// The document cannot be drawn.
#[derive(Debug, thiserror::Error)]
pub enum DrawError {
    /// The layout or the file failed.
    #[error("cannot be drawn: {0}")]
    Layout(String),
    /// It is longer than a file may be.
    #[error("{0} pages, {PAGES_MAX} at most")]
    TooLong(usize),
}

/// Draws the document.
///
/// # Errors
/// Where it is too long, or the layout fails.
pub fn draw(mut document: Document) -> Result<Vec<u8>, DrawError> {
    let layout = |error: String| DrawError::Layout(error);
    document.blocks.iter_mut().for_each(ease);
    let moment = |parts| made_at(parts).ok_or_else(|| layout("no such moment".to_owned()));
    let made_at = document.made_at.map(moment).transpose()?;
    let identity = document.identity.clone();
    let json = serde_json::to_vec(&document).map_err(|error| layout(error.to_string()))?;
    let room = Room::with(json).map_err(layout)?;
    let paged: PagedDocument = typst::compile(&room)
        .output
        .map_err(|errors| layout(said(&errors)))?;
    let pages = paged.pages().len();
    if pages > PAGES_MAX {
        return Err(DrawError::TooLong(pages));
    }
    let standards = PdfStandards::new(&[PdfStandard::V_1_7]).map_err(|error| layout(format!("{error:?}")))?;
    let options = PdfOptions {
        ident: Smart::Custom(identity),
        creator: Smart::Custom(Some("pbgdpl-paper".to_owned())),
        timestamp: made_at.map(Timestamp::new_utc),
        standards,
        ..PdfOptions::default()
    };
    typst_pdf::pdf(&paged, &options).map_err(|errors| layout(said(&errors)))
}

fn said(errors: &[typst::diag::SourceDiagnostic]) -> String {
    let messages: Vec<String> = errors.iter().map(|error| error.message.to_string()).collect();
    messages.join("; ")
}

fn made_at([year, rest @ ..]: [u16; 6]) -> Option<Datetime> {
    let [month, day, hour, minute, second] = rest.map(|part| u8::try_from(part).unwrap_or(u8::MAX));
    Datetime::from_ymd_hms(i32::from(year), month, day, hour, minute, second)
}

/// Lets words break that would run over their edge.
fn ease(block: &mut Block) {
    match block {
        Block::Text(text) => text.text = eased(&text.text),
        Block::Sides(sides) => {
            for text in sides.sides.iter_mut().flatten() {
                text.text = eased(&text.text);
            }
        }
        Block::Table(table) => {
            for head in &mut table.heads {
                head.text = eased(&head.text);
            }
            for cell in table.rows.iter_mut().flatten() {
                cell.text = eased(&cell.text);
            }
        }
        Block::PageBreak => {}
    }
}

fn eased(text: &str) -> String {
    let mut eased = String::with_capacity(text.len());
    let mut run = 0;
    for sign in text.chars() {
        run = if sign.is_whitespace() { 0 } else { run + 1 };
        eased.push(sign);
        if run == WORD_MAX {
            eased.push(MAY_BREAK);
            run = 0;
        }
    }
    eased
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(sample: &str) -> Document {
        Document::read(sample.as_bytes()).unwrap()
    }

    #[test]
    fn the_same_document_gives_the_same_bytes() {
        for sample in [
            include_str!("../samples/form.json"),
            include_str!("../samples/paper.json"),
        ] {
            let (once, twice) = (draw(document(sample)).unwrap(), draw(document(sample)).unwrap());
            assert!(once.starts_with(b"%PDF-1.7") && once == twice);
        }
    }

    #[test]
    fn what_looks_like_markup_is_only_words() {
        let mut sample = document(include_str!("../samples/paper.json"));
        for block in &mut sample.blocks {
            if let Block::Text(text) = block {
                text.text =
                    "#read(\"/etc/passwd\") $x$ *a* #import \"@preview/a:1.0.0\" \\ `b` <c> @d".to_owned();
            }
        }
        draw(sample).unwrap();
    }

    #[test]
    fn only_long_words_are_broken() {
        assert_eq!(eased("ngắn và thường"), "ngắn và thường");
        let long = "a".repeat(40);
        assert_eq!(
            eased(&long),
            format!("{}{MAY_BREAK}{}", "a".repeat(36), "a".repeat(4))
        );
    }

    #[test]
    fn a_document_without_end_is_refused() {
        let mut sample = document(include_str!("../samples/paper.json"));
        let text = sample
            .blocks
            .iter()
            .find(|block| matches!(block, Block::Text(_)))
            .unwrap()
            .clone();
        sample.blocks = (0..PAGES_MAX + 1)
            .flat_map(|_| [text.clone(), Block::PageBreak])
            .collect();
        sample.blocks.push(text);
        assert!(matches!(draw(sample), Err(DrawError::TooLong(_))));
    }
}
