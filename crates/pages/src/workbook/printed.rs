//! The form as it stands on paper, for the PDF worker: the cells of the sheet, without formulas.

use pbgdpl_model::report::LineKind;
use pbgdpl_vietnamese::number::grouped;

use super::figures::{Grid, Shown};
use super::foot::{SIDE_BY_SIDE, hash_line, hint};
use super::heads::{depth, heads};
use super::official::{estimate_of, masthead_texts, whole, widths};
use super::{Signature, Workbook};
use crate::paper::recipient_lines;
use crate::pdf::{Align, Block, Cell, Document, Head, Layout, Numbers, Sides, Table, Text};
use crate::xml::legal;

/// Type of everything but the table, in tenths of a point.
const SIZE: u32 = 105;
const TITLE: u32 = 120;
const SMALL: u32 = 95;
/// Type of the table: as large as its width allows, between these.
const TABLE_SIZES: (u32, u32) = (72, 100);
/// So many signs fill the width of the page in type of one tenth of a point.
const SIGNS_ACROSS: u32 = 14_500;
/// Above, right, below, left: half an inch at the sides, as the sheet.
const MARGINS: [u32; 4] = [400, 360, 440, 360];
/// Room for a signature and a seal.
const SEAL: u32 = 400;

/// The form as a document. The same value gives the same document; its table shows what the sheet shows.
#[must_use]
pub fn document(book: &Workbook<'_>) -> Document {
    let (form, span) = (book.form, book.span);
    let about = format!("Biểu {}, {}", form.code, span.title());
    let page = Layout {
        landscape: true,
        margins: MARGINS,
        numbers: Numbers::Foot,
        foot: if book.hash.is_empty() {
            format!("{about}. Bản chưa chốt số liệu.")
        } else {
            format!("{about}. {}", hash_line(book.hash))
        },
    };
    let title = format!("Biểu {}: {}", form.code, form.title);
    let identity = format!("{about} {} {} {}", book.issuer, book.hash, book.made_at.millis());
    let mut document = Document::new(&title, book.issuer, identity, page).made_at(book.made_at);
    document.blocks.push(masthead(book));
    document.blocks.push(Block::Table(table(book)));
    document.blocks.extend(notes(book));
    document.blocks.extend(signatures(book));
    document
}

/// Left which form, in the middle what and when, right from whom to whom.
fn masthead(book: &Workbook<'_>) -> Block {
    let mut sides = vec![Vec::new(), Vec::new(), Vec::new()];
    for (line, texts) in masthead_texts(book).iter().enumerate() {
        let [left, middle, right] = texts;
        let drawn = [
            Text {
                bold: line == 0,
                ..Text::new(left, SIZE)
            },
            Text {
                bold: line < 2,
                italic: line > 1,
                ..Text::centred(middle, if line == 0 { TITLE } else { SIZE })
            },
            Text {
                bold: line % 2 == 1,
                ..Text::new(right, SIZE)
            },
        ];
        for (side, text) in sides.iter_mut().zip(drawn) {
            if !text.text.is_empty() {
                side.push(text);
            }
        }
    }
    Block::Sides(Sides {
        widths: vec![27, 46, 27],
        sides,
        above: 0,
        below: 70,
    })
}

fn table(book: &Workbook<'_>) -> Table {
    let columns = &book.form.columns;
    let widths: Vec<u32> = widths(book).into_iter().take(columns.len() + 1).collect();
    let signs = widths.iter().fold(1, |sum: u32, wide| sum.saturating_add(*wide));
    let grid = Grid::of(book.form, &book.rows, 0, None);
    let lines = book.rows.iter().enumerate();
    let mut rows: Vec<Vec<Cell>> = lines
        .map(|(at, line)| {
            let strong = matches!(line.kind, LineKind::Total | LineKind::Group);
            let inset = matches!(line.kind, LineKind::Commune | LineKind::Agency);
            row(line.label, grid.shown(at), (strong, false, inset))
        })
        .collect();
    if let Some((cells, label)) = whole(book) {
        let shown: Vec<Shown> = columns.iter().map(|column| estimate_of(column, cells)).collect();
        rows.push(row(label, &shown, (false, true, false)));
    }
    Table {
        widths,
        size: (SIGNS_ACROSS / signs).clamp(TABLE_SIZES.0, TABLE_SIZES.1),
        heads: table_heads(book),
        rows,
    }
}

fn row(label: &str, shown: &[Shown], (bold, italic, inset): (bool, bool, bool)) -> Vec<Cell> {
    let cell = |text: String, align, inset| Cell {
        text,
        align,
        bold,
        italic,
        inset,
    };
    let figures = shown.iter().map(|shown| match shown {
        Shown::Dash => cell("–".to_owned(), Align::Center, false),
        Shown::Blank => cell(String::new(), Align::Right, false),
        Shown::Figure(figure) => cell(grouped(*figure), Align::Right, false),
    });
    std::iter::once(cell(legal(label), Align::Left, inset))
        .chain(figures)
        .collect()
}

/// Heads merged as printed, then units and numbers of columns.
fn table_heads(book: &Workbook<'_>) -> Vec<Head> {
    let (form, depth) = (book.form, depth(book.form));
    let single = |text: String, top, left| Head {
        text: legal(&text),
        top,
        left,
        high: 1,
        wide: 1,
        italic: true,
    };
    let mut drawn = vec![Head {
        high: depth,
        italic: false,
        ..single("Đơn vị".to_owned(), 0, 0)
    }];
    drawn.extend(heads(form).into_iter().map(|head| Head {
        text: legal(head.label),
        top: head.top,
        left: head.left + 1,
        high: head.high,
        wide: head.wide,
        italic: false,
    }));
    let units = form.columns.iter().map(|column| column.unit.clone());
    let units = std::iter::once("Đơn vị tính".to_owned()).chain(units);
    let numbers = form.columns.iter().map(|column| format!("({})", column.number));
    let numbers = std::iter::once("A".to_owned()).chain(numbers);
    drawn.extend((0..).zip(units).map(|(left, text)| single(text, depth, left)));
    drawn.extend(
        (0..)
            .zip(numbers)
            .map(|(left, text)| single(text, depth + 1, left)),
    );
    drawn
}

fn notes(book: &Workbook<'_>) -> Vec<Block> {
    let head = (!book.notes.is_empty()).then(|| Text::new("Ghi chú:", SIZE).bold().room(60, 10).into());
    let notes = book.notes.iter().map(|note| Text::new(note, SIZE).into());
    head.into_iter().chain(notes).collect()
}

/// Side by side, the head at the right; over the last one place and day. Recipients stand at the left of the last row where there
/// is room, else below.
fn signatures(book: &Workbook<'_>) -> Vec<Block> {
    let count = book.signatures.len();
    let wide = count.clamp(2, SIDE_BY_SIDE);
    let mut recipients = recipients(book);
    let rows = book.signatures.chunks(SIDE_BY_SIDE).enumerate();
    let mut blocks: Vec<Block> = rows
        .map(|(at, row)| {
            let mut sides = vec![Vec::new(); wide.saturating_sub(row.len())];
            for (index, one) in row.iter().enumerate() {
                let is_head = (at * SIDE_BY_SIDE) + index + 1 == count;
                sides.push(signature(
                    one,
                    is_head,
                    if is_head { book.place_and_day } else { "" },
                ));
            }
            let is_last = at * SIDE_BY_SIDE + row.len() == count;
            if is_last && row.len() < SIDE_BY_SIDE {
                sides.insert(0, std::mem::take(&mut recipients));
            }
            together(sides)
        })
        .collect();
    if !recipients.is_empty() {
        blocks.push(together(vec![recipients]));
    }
    blocks
}

fn together(sides: Vec<Vec<Text>>) -> Block {
    Block::Sides(Sides {
        widths: vec![1; sides.len()],
        sides,
        above: 60,
        below: 20,
    })
}

fn signature(one: &Signature<'_>, is_head: bool, day: &str) -> Vec<Text> {
    vec![
        // A line of its own where no day stands, so that roles stand side by side.
        Text::centred(if day.is_empty() { "\u{a0}" } else { day }, SIZE).italic(),
        Text::centred(&one.role.to_uppercase(), SIZE).bold(),
        Text::centred(&hint(one, is_head), SIZE).italic().room(0, SEAL),
        Text::centred(one.name, SIZE).bold(),
    ]
}

fn recipients(book: &Workbook<'_>) -> Vec<Text> {
    if book.recipients.is_empty() {
        return Vec::new();
    }
    let head = Text::new("Nơi nhận:", SIZE).bold().italic();
    let lines = recipient_lines(book.recipients);
    std::iter::once(head)
        .chain(lines.iter().map(|line| Text::new(line, SMALL)))
        .collect()
}
