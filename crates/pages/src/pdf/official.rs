//! An official document as it stands on paper, in the layout of NĐ 30/2020/NĐ-CP, Phụ lục I: the same value as the Word file.

use pbgdpl_model::clock::Moment;

use super::{Align, Block, Cell, Document, Head, Layout, Numbers, Sides, Table, Text};
use crate::paper::{self, Annex, Grid, Paper};
use crate::xml::legal;

/// Sizes, in tenths of a point.
const BODY: u32 = 140;
const CAPITALS: u32 = 125;
const SMALL: u32 = 120;
const NOTE: u32 = 110;
/// Six points.
const GAP: u32 = 60;
/// First line of a paragraph: 1,27 cm.
const INDENT: u32 = 360;
/// 20 mm above, right and below, 30 mm left.
const MARGINS: [u32; 4] = [567, 567, 567, 850];
/// Room for a signature and a seal.
const SEAL: u32 = 800;

/// The document. `frozen_at`: when its content was frozen; nothing while it is open.
#[must_use]
pub fn official(paper: &Paper, frozen_at: Option<Moment>) -> Document {
    let page = Layout {
        landscape: false,
        margins: MARGINS,
        numbers: Numbers::Head,
        foot: format!("Mã kiểm tra SHA-256 của nội dung: {}", paper.hash),
    };
    let title = format!("{} {}", paper.kind, paper.summary);
    let mut document = Document::new(&title, &paper.issuer.join(" "), paper.hash.clone(), page);
    if let Some(moment) = frozen_at {
        document = document.made_at(moment);
    }
    document.blocks = vec![
        masthead(paper),
        Text::centred(&paper.kind, BODY).bold().room(180, 40).into(),
        Text::centred(&paper.summary, BODY).bold().room(0, 60).into(),
    ];
    let warnings = paper.warnings.iter();
    document
        .blocks
        .extend(warnings.map(|warning| Text::centred(warning, SMALL).italic().into()));
    let receiver = format!("Kính gửi: {}", paper.receiver);
    document
        .blocks
        .push(Text::centred(&receiver, BODY).room(2 * GAP, 2 * GAP).into());
    document.blocks.extend(paper.body.iter().map(block));
    document.blocks.push(foot(paper));
    document.blocks.extend(paper.annexes.iter().flat_map(annex));
    document
}

/// Cơ quan ban hành, số, ký hiệu on the left; Quốc hiệu, Tiêu ngữ, địa danh và thời gian on the right.
fn masthead(paper: &Paper) -> Block {
    let mut left: Vec<Text> = paper
        .issuer
        .iter()
        .map(|line| Text::centred(line, CAPITALS).bold())
        .collect();
    if let Some(last) = left.last_mut() {
        last.rule = true;
    }
    left.push(Text::centred(&format!("Số:        /{}", paper.symbol), 130).room(GAP, 0));
    let motto = Text {
        underline: true,
        ..Text::centred("Độc lập - Tự do - Hạnh phúc", 135).bold()
    };
    let right = vec![
        Text::centred("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", CAPITALS).bold(),
        motto,
        Text::centred(&paper.place_and_day, 135).italic().room(2 * GAP, 0),
    ];
    Block::Sides(Sides {
        widths: vec![40, 60],
        sides: vec![left, right],
        above: 0,
        below: GAP,
    })
}

fn block(block: &paper::Block) -> Block {
    match block {
        paper::Block::Chapter(text) => heading(text, 1),
        paper::Block::Heading(text) => heading(text, 2),
        paper::Block::Text(text) => paragraph(text).into(),
        paper::Block::Quoted(text) | paper::Block::Lacking(text) => paragraph(text).italic().into(),
        paper::Block::Grid(grid) => Block::Table(table(grid)),
    }
}

fn heading(text: &str, level: u8) -> Block {
    let text = Text {
        level,
        ..paragraph(text).bold().room(GAP + 20, GAP)
    };
    Block::Text(text)
}

/// First line indented, both edges straight.
fn paragraph(text: &str) -> Text {
    Text {
        align: Align::Justify,
        indent: INDENT,
        ..Text::new(text, BODY).room(GAP, GAP)
    }
}

fn table(grid: &Grid) -> Table {
    let heads = grid.heads.iter().enumerate().map(|(left, text)| Head {
        text: legal(text),
        top: 0,
        left,
        high: 1,
        wide: 1,
        italic: false,
    });
    let cell = |(column, text): (usize, &String)| Cell {
        text: legal(text),
        align: if grid.is_figure(&column) {
            Align::Right
        } else {
            Align::Left
        },
        bold: false,
        italic: false,
        inset: false,
    };
    Table {
        widths: grid
            .widths
            .iter()
            .map(|part| u32::try_from(*part).unwrap_or(1))
            .collect(),
        size: SMALL,
        heads: heads.collect(),
        rows: grid
            .rows
            .iter()
            .map(|row| row.iter().enumerate().map(cell).collect())
            .collect(),
    }
}

/// Nơi nhận on the left, chức vụ of who signs on the right.
fn foot(paper: &Paper) -> Block {
    let mut to = vec![Text::new("Nơi nhận:", SMALL).bold().italic()];
    let recipients = paper::recipient_lines(&paper.recipients);
    to.extend(recipients.iter().map(|line| Text::new(line, NOTE)));
    let mut signs: Vec<Text> = paper
        .signer
        .iter()
        .map(|line| Text::centred(line, BODY).bold())
        .collect();
    signs.push(Text::centred("(Ký, đóng dấu)", SMALL).italic().room(20, SEAL));
    Block::Sides(Sides {
        widths: vec![1, 1],
        sides: vec![to, signs],
        above: 3 * GAP,
        below: 0,
    })
}

fn annex(annex: &Annex) -> Vec<Block> {
    let title = Text {
        level: 1,
        ..Text::centred(&annex.title.to_uppercase(), BODY).bold()
    };
    let head = [
        Block::PageBreak,
        Text::centred(&annex.number, BODY).bold().into(),
        title.into(),
        Text::centred(&annex.belongs_to, BODY)
            .italic()
            .room(20, 2 * GAP)
            .into(),
    ];
    head.into_iter().chain(annex.blocks.iter().map(block)).collect()
}
