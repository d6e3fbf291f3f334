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
pub fn draw(document: Document) -> Result<Vec<u8>, DrawError> {
    let layout = |error: String| DrawError::Layout(error);
    let moment = |parts| made_at(parts).ok_or_else(|| layout("no such moment".to_owned()));
    let made_at = document.made_at.map(moment).transpose()?;
    let identity = document.identity.clone();
    let paged = laid_out(document).map_err(layout)?;
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

fn laid_out(mut document: Document) -> Result<PagedDocument, String> {
    document.blocks.iter_mut().for_each(ease);
    let json = serde_json::to_vec(&document).map_err(|error| error.to_string())?;
    let room = Room::with(json)?;
    typst::compile(&room).output.map_err(|errors| said(&errors))
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
    use std::ops::Range;

    use typst::layout::{Frame, FrameItem};

    use super::*;
    use crate::document::Cell;

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

    /// The words of each page that stand between its margins, without spaces.
    fn seen(document: &Document) -> Vec<String> {
        fn read(frame: &Frame, from: f64, between: &Range<f64>, seen: &mut String) {
            for (at, item) in frame.items() {
                let height = from + at.y.to_pt();
                match item {
                    FrameItem::Group(group) => {
                        let within = height + group.transform.ty.to_pt();
                        read(&group.frame, within, between, seen);
                    }
                    FrameItem::Text(text) if between.contains(&height) => {
                        seen.extend(text.text.chars().filter(|sign| !sign.is_whitespace()));
                    }
                    _ => {}
                }
            }
        }
        let [above, _, below, _] = document.page.margins.map(|tenths| f64::from(tenths) / 10.0);
        let paged = laid_out(document.clone()).unwrap();
        let pages = paged.pages().iter().map(|page| {
            let mut seen = String::new();
            let between = above..page.frame.height().to_pt() - below;
            read(&page.frame, 0.0, &between, &mut seen);
            seen
        });
        pages.collect()
    }

    fn names() -> String {
        let names: Vec<String> = (1..=200)
            .map(|n| format!("Ủy ban nhân dân xã Đăk Rơ Wa {n}"))
            .collect();
        names.join(", ")
    }

    /// A document of one table with lines, its rows of a number and words.
    fn table_of(rows: Vec<String>) -> Document {
        let mut sample = document(include_str!("../samples/paper.json"));
        let table = |block: &Block| match block {
            Block::Table(table) => Some(table.clone()),
            _ => None,
        };
        let mut table = sample.blocks.iter().find_map(table).unwrap();
        let cell = table.rows[0][0].clone();
        let filled = |text: &str| Cell {
            text: text.to_owned(),
            ..cell.clone()
        };
        table.widths = vec![1, 3, 1];
        table.rows = rows
            .iter()
            .enumerate()
            .map(|(n, text)| vec![filled(&n.to_string()), filled(text), filled("x")])
            .collect();
        sample.blocks = vec![Block::Table(table)];
        sample
    }

    #[test]
    fn a_row_higher_than_a_page_goes_on_with_all_its_words() {
        for landscape in [false, true] {
            for words in [names(), names().replace(", ", "\n")] {
                let mut document = table_of(vec!["trước".to_owned(), words, "sau".to_owned()]);
                document.page.landscape = landscape;
                let pages = seen(&document);
                assert!(pages.len() >= 2);
                let all = pages.concat();
                for n in 1..=200 {
                    assert!(all.contains(&format!("Wa{n}")), "{n} of {all}");
                }
                assert!(all.contains("sau"));
            }
        }
    }

    #[test]
    fn short_rows_are_not_torn_apart() {
        // Seven lines each.
        let words = |n: usize| format!("<{}>{n}", "Ủy ban nhân dân xã Đăk Rơ Wa ".repeat(12));
        let pages = seen(&table_of((0..40).map(words).collect()));
        assert!(pages.len() > 3);
        for page in pages {
            assert_eq!(page.matches('<').count(), page.matches('>').count());
        }
    }

    #[test]
    fn sides_higher_than_a_page_go_on_with_all_their_words() {
        let mut sample = document(include_str!("../samples/paper.json"));
        sample.blocks.retain(|block| matches!(block, Block::Sides(_)));
        sample.blocks.truncate(1);
        if let Some(Block::Sides(sides)) = sample.blocks.first_mut() {
            sides.sides[1][0].text = names();
        }
        let pages = seen(&sample);
        assert!(pages.len() >= 2);
        let all = pages.concat();
        for n in 1..=200 {
            assert!(all.contains(&format!("Wa{n}")), "{n} of {all}");
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
