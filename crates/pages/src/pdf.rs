//! A document for the PDF worker (`workers/paper`), version 1: what stands on paper, in which order and how. Values in, JSON out;
//! the worker reads exactly this (its `src/document.rs`), and `workers/paper/samples/` holds what both sides are tested with.
//!
//! A form comes from [`crate::workbook::document`], an official document from [`official`]: the same values that spreadsheets, Word
//! files and print pages are drawn from.

mod official;

#[cfg(test)]
pub(crate) mod tests;

pub use official::official;

use pbgdpl_model::clock::Moment;
use serde::Serialize;

use crate::xml::legal;

/// What `Content-Type` says of the file.
pub const MEDIA_TYPE: &str = "application/pdf";

/// The version that the worker must understand.
const VERSION: u32 = 1;

/// A document. Lengths are in tenths of a point.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Document {
    version: u32,
    /// Its title, for the reader's window.
    pub title: String,
    /// Who issues it.
    pub author: String,
    /// What the identifier of the file is made of: the same for the same content.
    pub identity: String,
    /// When the content was frozen or made, in UTC: year, month, day, hour, minute, second. Nothing for what is still open.
    pub made_at: Option<[u32; 6]>,
    /// Every page.
    pub page: Layout,
    /// The content, from top to bottom.
    pub blocks: Vec<Block>,
}

/// Every page; A4.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Layout {
    /// Across.
    pub landscape: bool,
    /// Above, right, below, left.
    pub margins: [u32; 4],
    /// Where its number stands.
    pub numbers: Numbers,
    /// What stands in the foot of each page.
    pub foot: String,
}

/// Where the page number stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Numbers {
    /// Above, in the middle, not on the first page (NĐ 30/2020/NĐ-CP).
    Head,
    /// Below, at the right, with how many there are.
    Foot,
}

/// A piece of the content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Block {
    /// A paragraph.
    Text(Text),
    /// Paragraphs side by side: who issues and the Quốc hiệu, recipients and signature.
    Sides(Sides),
    /// A table.
    Table(Table),
    /// The rest stands on a new page.
    PageBreak,
}

/// A paragraph.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Text {
    /// Its words; a line feed is a line break.
    pub text: String,
    /// Size of the type.
    pub size: u32,
    /// How it stands.
    pub align: Align,
    /// Heading of the first or the second order; 0: none.
    pub level: u8,
    /// Thick.
    pub bold: bool,
    /// Slanted.
    pub italic: bool,
    /// With a line under the words.
    pub underline: bool,
    /// With a short line below it.
    pub rule: bool,
    /// Length by which the first line is indented.
    pub indent: u32,
    /// Room above it.
    pub above: u32,
    /// Room below it.
    pub below: u32,
}

/// How words stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Align {
    /// At the left.
    Left,
    /// In the middle.
    Center,
    /// At the right.
    Right,
    /// Both edges straight.
    Justify,
}

/// Columns without lines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sides {
    /// How wide each is, as parts of the whole.
    pub widths: Vec<u32>,
    /// The paragraphs of each.
    pub sides: Vec<Vec<Text>>,
    /// Room above it.
    pub above: u32,
    /// Room below it.
    pub below: u32,
}

/// A table with lines. Its heads stand on each page again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Table {
    /// How wide each column is, as parts of the whole.
    pub widths: Vec<u32>,
    /// Size of the type.
    pub size: u32,
    /// Heads, each with its place.
    pub heads: Vec<Head>,
    /// Rows, each with a cell for every column.
    pub rows: Vec<Vec<Cell>>,
}

/// A head, over as many rows and columns as it says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Head {
    /// Its words.
    pub text: String,
    /// Its first row, from 0.
    pub top: usize,
    /// Its first column, from 0.
    pub left: usize,
    /// Rows it fills.
    pub high: usize,
    /// Columns it fills.
    pub wide: usize,
    /// Slanted instead of thick: units and numbers of columns.
    pub italic: bool,
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cell {
    /// Its words.
    pub text: String,
    /// How it stands.
    pub align: Align,
    /// Thick.
    pub bold: bool,
    /// Slanted.
    pub italic: bool,
    /// A step further in.
    pub inset: bool,
}

impl Document {
    /// A document of this version without content.
    pub(crate) fn new(title: &str, author: &str, identity: String, page: Layout) -> Self {
        Self {
            version: VERSION,
            title: legal(title),
            author: legal(author),
            identity,
            made_at: None,
            page,
            blocks: Vec::new(),
        }
    }

    /// With the moment its content was frozen or made.
    pub(crate) fn made_at(mut self, moment: Moment) -> Self {
        use chrono::{Datelike, Timelike};
        let utc = moment.utc();
        let year = u32::try_from(utc.year()).unwrap_or_default();
        self.made_at = Some([
            year,
            utc.month(),
            utc.day(),
            utc.hour(),
            utc.minute(),
            utc.second(),
        ]);
        self
    }

    /// What the worker reads.
    ///
    /// # Errors
    /// Where it cannot be written, which no value of these types brings about.
    pub fn json(&self) -> Result<Vec<u8>, serde_json::Error> {
        serde_json::to_vec(self)
    }
}

impl Text {
    /// A plain paragraph at the left.
    pub(crate) fn new(text: &str, size: u32) -> Self {
        Self {
            text: legal(text),
            size,
            align: Align::Left,
            level: 0,
            bold: false,
            italic: false,
            underline: false,
            rule: false,
            indent: 0,
            above: 20,
            below: 20,
        }
    }

    /// In the middle.
    pub(crate) fn centred(text: &str, size: u32) -> Self {
        Self {
            align: Align::Center,
            ..Self::new(text, size)
        }
    }

    /// Thick.
    pub(crate) fn bold(mut self) -> Self {
        self.bold = true;
        self
    }

    /// Slanted.
    pub(crate) fn italic(mut self) -> Self {
        self.italic = true;
        self
    }

    /// With room above and below.
    pub(crate) fn room(mut self, above: u32, below: u32) -> Self {
        (self.above, self.below) = (above, below);
        self
    }
}

impl From<Text> for Block {
    fn from(text: Text) -> Self {
        Self::Text(text)
    }
}
