//! An official document as a DOCX file in the layout of NĐ 30/2020/NĐ-CP, Phụ lục I: A4, Times New Roman, the page number centred
//! in the top margin but not on the first page. Values in, bytes out; the same value gives the same bytes.

use std::cell::Cell;
use std::io::Cursor;

use docx_rs::{
    AlignmentType, Docx, Header, LineSpacing, LineSpacingType, PageMargin, PageNum, Paragraph, Run, RunFonts,
    SpecialIndentType, Style, StyleType, Table, TableAlignmentType, TableCell, TableLayoutType, TableRow,
    VAlignType, WidthType,
};

use crate::paper::{Annex, Block, Grid, Paper, recipient_lines};
use crate::xml::legal;

/// What `Content-Type` says of the bytes.
pub const MEDIA_TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

const FONT: &str = "Times New Roman";
/// Sizes, in half points.
const BODY: usize = 28;
const SMALL: usize = 24;
const NOTE: usize = 22;
/// Lengths, in twentieths of a point: A4, 20 mm above, below and right, 30 mm left.
const PAGE: (u32, u32) = (11_906, 16_838);
const MARGIN: i32 = 1_134;
const MARGIN_LEFT: i32 = 1_701;
/// What is left between the margins.
const WIDTH: usize = 9_071;
/// First line of a paragraph: 1,27 cm.
const INDENT: i32 = 720;
/// Six points.
const GAP: u32 = 120;

/// The file cannot be written.
#[derive(Debug, thiserror::Error)]
#[error("the document cannot be written: {0}")]
pub struct WordError(String);

/// Writes the file.
///
/// # Errors
/// Where the parts cannot be packed.
pub fn write(paper: &Paper) -> Result<Vec<u8>, WordError> {
    let ink = Ink { next: Cell::new(1) };
    let fonts = RunFonts::new().ascii(FONT).hi_ansi(FONT).east_asia(FONT).cs(FONT);
    let margin = PageMargin {
        top: MARGIN,
        left: MARGIN_LEFT,
        bottom: MARGIN,
        right: MARGIN,
        header: MARGIN / 2,
        footer: MARGIN / 2,
        gutter: 0,
    };
    let number = ink.line(AlignmentType::Center).add_page_num(PageNum::new());
    let heading = |id: &str, name: &str| Style::new(id, StyleType::Paragraph).name(name).size(BODY).bold();
    let mut file = Docx::new()
        .page_size(PAGE.0, PAGE.1)
        .page_margin(margin)
        .default_fonts(fonts)
        .default_size(BODY)
        .add_style(heading("Heading1", "heading 1"))
        .add_style(heading("Heading2", "heading 2"))
        .header(Header::new().add_paragraph(number))
        .first_header(Header::new().add_paragraph(ink.line(AlignmentType::Center)));
    file = file.add_table(ink.masthead(paper));
    file = file
        .add_paragraph(
            ink.words(&paper.kind, BODY, AlignmentType::Center, Weight::Bold)
                .line_spacing(LineSpacing::new().before(GAP * 3)),
        )
        .add_paragraph(ink.words(&paper.summary, BODY, AlignmentType::Center, Weight::Bold));
    for warning in &paper.warnings {
        file = file.add_paragraph(ink.words(warning, SMALL, AlignmentType::Center, Weight::Italic));
    }
    file = file.add_paragraph(
        ink.words(
            &format!("Kính gửi: {}", paper.receiver),
            BODY,
            AlignmentType::Center,
            Weight::Plain,
        )
        .line_spacing(LineSpacing::new().before(GAP * 2).after(GAP * 2)),
    );
    file = ink.blocks(file, &paper.body);
    file = file.add_paragraph(ink.line(AlignmentType::Left));
    file = file.add_table(ink.foot(paper));
    for annex in &paper.annexes {
        file = ink.annex(file, annex);
    }
    let hash = format!("Mã kiểm tra SHA-256 của nội dung: {}", paper.hash);
    file = file.add_paragraph(ink.words(&hash, 18, AlignmentType::Left, Weight::Plain));
    let mut bytes = Cursor::new(Vec::new());
    file.build()
        .pack(&mut bytes)
        .map_err(|error| WordError(error.to_string()))?;
    Ok(bytes.into_inner())
}

/// How words stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Weight {
    Plain,
    Bold,
    Italic,
}

/// Numbers paragraphs from one in each file: left alone, the library would go on counting from file to file.
struct Ink {
    next: Cell<u32>,
}

impl Ink {
    fn line(&self, align: AlignmentType) -> Paragraph {
        let number = self.next.get();
        self.next.set(number + 1);
        Paragraph::new().id(format!("{number:08x}")).align(align)
    }

    fn words(&self, text: &str, size: usize, align: AlignmentType, weight: Weight) -> Paragraph {
        self.line(align).add_run(run(text, size, weight))
    }

    /// A paragraph of the content: first line indented, both edges straight.
    fn paragraph(&self, text: &str, weight: Weight) -> Paragraph {
        let spacing = LineSpacing::new()
            .after(GAP)
            .line(264)
            .line_rule(LineSpacingType::Auto);
        self.words(text, BODY, AlignmentType::Both, weight)
            .indent(None, Some(SpecialIndentType::FirstLine(INDENT)), None, None)
            .line_spacing(spacing)
    }

    fn heading(&self, text: &str, style: &str, level: usize) -> Paragraph {
        self.words(text, BODY, AlignmentType::Both, Weight::Bold)
            .style(style)
            .outline_lvl(level)
            .keep_next(true)
            .indent(None, Some(SpecialIndentType::FirstLine(INDENT)), None, None)
            .line_spacing(LineSpacing::new().before(GAP).after(GAP))
    }

    fn blocks(&self, file: Docx, blocks: &[Block]) -> Docx {
        blocks.iter().fold(file, |file, block| match block {
            Block::Chapter(text) => file.add_paragraph(self.heading(text, "Heading1", 0)),
            Block::Heading(text) => file.add_paragraph(self.heading(text, "Heading2", 1)),
            Block::Text(text) => file.add_paragraph(self.paragraph(text, Weight::Plain)),
            Block::Quoted(text) | Block::Lacking(text) => {
                file.add_paragraph(self.paragraph(text, Weight::Italic))
            }
            Block::Grid(grid) => file
                .add_table(self.grid(grid))
                .add_paragraph(self.line(AlignmentType::Left)),
        })
    }

    fn annex(&self, file: Docx, annex: &Annex) -> Docx {
        let file = file
            .add_paragraph(
                self.words(&annex.number, BODY, AlignmentType::Center, Weight::Bold)
                    .page_break_before(true),
            )
            .add_paragraph(self.words(
                &annex.title.to_uppercase(),
                BODY,
                AlignmentType::Center,
                Weight::Bold,
            ))
            .add_paragraph(
                self.words(&annex.belongs_to, BODY, AlignmentType::Center, Weight::Italic)
                    .line_spacing(LineSpacing::new().after(GAP * 2)),
            );
        self.blocks(file, &annex.blocks)
    }

    fn grid(&self, grid: &Grid) -> Table {
        let widths: Vec<usize> = grid.widths.iter().map(|part| part * WIDTH / 100).collect();
        let width_of = |column: usize| widths.get(column).copied().unwrap_or(WIDTH / 4);
        let cell = |column: usize, text: &str, head: bool| {
            let align = match (head, grid.is_figure(&column)) {
                (true, _) => AlignmentType::Center,
                (false, true) => AlignmentType::Right,
                (false, false) => AlignmentType::Left,
            };
            let weight = if head { Weight::Bold } else { Weight::Plain };
            TableCell::new()
                .width(width_of(column), WidthType::Dxa)
                .vertical_align(VAlignType::Center)
                .add_paragraph(self.words(text, SMALL, align, weight))
        };
        let row = |texts: &[String], head: bool| {
            let cells = texts.iter().enumerate();
            TableRow::new(cells.map(|(column, text)| cell(column, text, head)).collect()).cant_split()
        };
        let rows =
            std::iter::once(row(&grid.heads, true)).chain(grid.rows.iter().map(|cells| row(cells, false)));
        Table::new(rows.collect())
            .set_grid(widths.clone())
            .width(WIDTH, WidthType::Dxa)
            .layout(TableLayoutType::Fixed)
            .align(TableAlignmentType::Center)
    }

    /// Cơ quan ban hành, số, ký hiệu on the left; Quốc hiệu, Tiêu ngữ, địa danh và thời gian on the right.
    fn masthead(&self, paper: &Paper) -> Table {
        let centred = |text: &str, size, weight| self.words(text, size, AlignmentType::Center, weight);
        let mut left = TableCell::new().width(3_700, WidthType::Dxa);
        for line in &paper.issuer {
            left = left.add_paragraph(centred(line, 26, Weight::Bold));
        }
        left = left
            .add_paragraph(centred("_______", 16, Weight::Plain))
            .add_paragraph(centred(
                &format!("Số:        /{}", paper.symbol),
                26,
                Weight::Plain,
            ));
        let motto = self
            .line(AlignmentType::Center)
            .add_run(run("Độc lập - Tự do - Hạnh phúc", BODY, Weight::Bold).underline("single"));
        let right = TableCell::new()
            .width(WIDTH - 3_700, WidthType::Dxa)
            .add_paragraph(centred("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 26, Weight::Bold))
            .add_paragraph(motto)
            .add_paragraph(
                centred(&paper.place_and_day, BODY, Weight::Italic)
                    .line_spacing(LineSpacing::new().before(GAP)),
            );
        Table::without_borders(vec![TableRow::new(vec![left, right])])
            .set_grid(vec![3_700, WIDTH - 3_700])
            .width(WIDTH, WidthType::Dxa)
            .layout(TableLayoutType::Fixed)
    }

    /// Nơi nhận on the left, chức vụ of who signs on the right.
    fn foot(&self, paper: &Paper) -> Table {
        let mut to = TableCell::new().width(WIDTH / 2, WidthType::Dxa).add_paragraph(
            self.line(AlignmentType::Left)
                .add_run(run("Nơi nhận:", SMALL, Weight::Bold).italic()),
        );
        for line in recipient_lines(&paper.recipients) {
            to = to.add_paragraph(self.words(&line, NOTE, AlignmentType::Left, Weight::Plain));
        }
        let mut signs = TableCell::new().width(WIDTH - WIDTH / 2, WidthType::Dxa);
        for line in &paper.signer {
            signs = signs.add_paragraph(self.words(line, BODY, AlignmentType::Center, Weight::Bold));
        }
        signs =
            signs.add_paragraph(self.words("(Ký, đóng dấu)", SMALL, AlignmentType::Center, Weight::Italic));
        Table::without_borders(vec![TableRow::new(vec![to, signs]).cant_split()])
            .set_grid(vec![WIDTH / 2, WIDTH - WIDTH / 2])
            .width(WIDTH, WidthType::Dxa)
            .layout(TableLayoutType::Fixed)
    }
}

fn run(text: &str, size: usize, weight: Weight) -> Run {
    let run = Run::new().add_text(legal(text)).size(size);
    match weight {
        Weight::Plain => run,
        Weight::Bold => run.bold(),
        Weight::Italic => run.italic(),
    }
}
