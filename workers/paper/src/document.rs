//! The document that is read, version 1, and its bounds. What it does not know it refuses.

use serde::{Deserialize, Serialize};

/// The version that is understood.
const VERSION: u32 = 1;
/// Bounds of one document.
const BLOCKS_MAX: usize = 20_000;
const CELLS_MAX: usize = 60_000;
const COLUMNS_MAX: usize = 60;
const TYPE_SIZES: std::ops::RangeInclusive<u32> = 50..=300;

/// The document cannot be drawn.
#[derive(Debug, thiserror::Error)]
pub enum DocumentError {
    /// It is no document of this version.
    #[error("not a document: {0}")]
    Unreadable(#[from] serde_json::Error),
    /// It is of another version.
    #[error("version {0} is not known, {VERSION} is")]
    Version(u32),
    /// It says something that cannot be drawn.
    #[error("{0}")]
    Unsound(&'static str),
}

/// A document. Lengths are in tenths of a point.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// 1.
    pub version: u32,
    /// Its title, for the reader's window.
    pub title: String,
    /// Who issues it.
    pub author: String,
    /// What the identifier of the file is made of: the same for the same content.
    pub identity: String,
    /// When the content was frozen or made: year, month, day, hour, minute, second (UTC); the only time in the file. Nothing for
    /// what is still open.
    pub made_at: Option<[u16; 6]>,
    /// The page.
    pub page: Page,
    /// Its content, from top to bottom.
    pub blocks: Vec<Block>,
}

/// Every page.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Page {
    /// A4 across.
    pub landscape: bool,
    /// Above, right, below, left.
    pub margins: [u32; 4],
    /// Where its number stands.
    pub numbers: Numbers,
    /// What stands in the foot of each page.
    pub foot: String,
}

/// Where the page number stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Numbers {
    /// Above, in the middle, not on the first page (NĐ 30/2020/NĐ-CP).
    Head,
    /// Below, at the right, with how many there are.
    Foot,
}

/// A piece of the content.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Block {
    /// A paragraph.
    Text(Text),
    /// Paragraphs side by side, torn apart by a page break only where they may be higher than a third of a page.
    Sides(Sides),
    /// A table.
    Table(Table),
    /// The rest stands on a new page.
    PageBreak,
}

/// A paragraph.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
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

/// A table with lines. Its heads stand on each page again; a row is torn apart only where it may be higher than a third of a page.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
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
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
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
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
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
    /// Reads and judges a document.
    ///
    /// # Errors
    /// Where it is none, or cannot be drawn.
    pub fn read(bytes: &[u8]) -> Result<Self, DocumentError> {
        let document: Self = serde_json::from_slice(bytes)?;
        if document.version != VERSION {
            return Err(DocumentError::Version(document.version));
        }
        document.judge().map_err(DocumentError::Unsound)?;
        Ok(document)
    }

    fn judge(&self) -> Result<(), &'static str> {
        if self.blocks.len() > BLOCKS_MAX {
            return Err("too many blocks");
        }
        let mut cells = 0;
        for block in &self.blocks {
            match block {
                Block::Text(text) => judge_text(text)?,
                Block::Sides(sides) => {
                    if sides.widths.len() != sides.sides.len() || sides.widths.contains(&0) {
                        return Err("sides and their widths do not match");
                    }
                    sides.sides.iter().flatten().try_for_each(judge_text)?;
                }
                Block::Table(table) => {
                    judge_table(table)?;
                    cells += table.heads.len() + table.rows.len() * table.widths.len();
                }
                Block::PageBreak => {}
            }
        }
        if cells > CELLS_MAX {
            return Err("too many cells");
        }
        Ok(())
    }
}

fn judge_text(text: &Text) -> Result<(), &'static str> {
    if text.level > 2 {
        return Err("a heading of an unknown order");
    }
    if TYPE_SIZES.contains(&text.size) {
        Ok(())
    } else {
        Err("type too small or too large")
    }
}

fn judge_table(table: &Table) -> Result<(), &'static str> {
    let wide = table.widths.len();
    if wide == 0 || wide > COLUMNS_MAX || table.widths.contains(&0) {
        return Err("a table without columns, or with too many");
    }
    if !TYPE_SIZES.contains(&table.size) {
        return Err("type too small or too large");
    }
    if table.rows.iter().any(|row| row.len() != wide) {
        return Err("a row with more or fewer cells than columns");
    }
    let fits = |head: &Head| {
        let right = head.left.checked_add(head.wide);
        let bottom = head.top.checked_add(head.high);
        head.wide > 0
            && head.high > 0
            && right.is_some_and(|right| right <= wide)
            && bottom.is_some_and(|bottom| bottom <= 20)
    };
    if !table.heads.iter().all(fits) {
        return Err("a head outside its table");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> serde_json::Value {
        serde_json::from_str(include_str!("../samples/form.json")).unwrap()
    }

    fn read(value: &serde_json::Value) -> Result<Document, DocumentError> {
        Document::read(value.to_string().as_bytes())
    }

    #[test]
    fn what_the_house_writes_is_read() {
        for sample in [
            include_str!("../samples/form.json"),
            include_str!("../samples/paper.json"),
        ] {
            Document::read(sample.as_bytes()).unwrap();
        }
    }

    #[test]
    fn what_is_not_known_is_refused() {
        let mut other = sample();
        other["version"] = 2.into();
        assert!(matches!(read(&other), Err(DocumentError::Version(2))));
        let mut more = sample();
        more["page"]["image"] = "/etc/passwd".into();
        assert!(matches!(read(&more), Err(DocumentError::Unreadable(_))));
        let at = sample()["blocks"]
            .as_array()
            .unwrap()
            .iter()
            .position(|block| block["kind"] == "table")
            .unwrap();
        let mut narrow = sample();
        narrow["blocks"][at]["rows"][0].as_array_mut().unwrap().pop();
        assert!(matches!(read(&narrow), Err(DocumentError::Unsound(_))));
        let mut far = sample();
        far["blocks"][at]["heads"][0]["left"] = u64::MAX.into();
        assert!(matches!(read(&far), Err(DocumentError::Unsound(_))));
        assert!(Document::read(b"%PDF").is_err());
    }
}
