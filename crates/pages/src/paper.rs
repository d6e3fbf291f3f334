//! An official document as a value, in the parts of NĐ 30/2020/NĐ-CP, Phụ lục I: what is printed and what is written as a Word
//! file are drawn from the same one.

mod plan;

pub use plan::{Sealed, plan_report};

/// An official document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Paper {
    /// Tên cơ quan ban hành, line by line, in capitals.
    pub issuer: Vec<String>,
    /// Symbol of its number: "BC-UBND".
    pub symbol: String,
    /// Địa danh và thời gian ban hành.
    pub place_and_day: String,
    /// Tên loại: "BÁO CÁO".
    pub kind: String,
    /// Trích yếu.
    pub summary: String,
    /// Kính gửi.
    pub receiver: String,
    /// What must be known of it before reading: not frozen, illustrative.
    pub warnings: Vec<String>,
    /// Nội dung; "./." stands at its end.
    pub body: Vec<Block>,
    /// Chức vụ of who signs, line by line, in capitals.
    pub signer: Vec<String>,
    /// Nơi nhận.
    pub recipients: Vec<String>,
    /// Phụ lục.
    pub annexes: Vec<Annex>,
    /// SHA-256 of the frozen content.
    pub hash: String,
}

/// A piece of the content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// Heading of a chapter: "I. CÔNG TÁC CHỈ ĐẠO".
    Chapter(String),
    /// Heading inside a chapter.
    Heading(String),
    /// Words of the plan.
    Quoted(String),
    /// A paragraph.
    Text(String),
    /// What is missing, said in words.
    Lacking(String),
    /// A table.
    Grid(Grid),
}

/// A table; its last columns may be figures.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Grid {
    /// Heads of the columns.
    pub heads: Vec<String>,
    /// Width of each column, in hundredths of the whole.
    pub widths: Vec<usize>,
    /// Columns from this one on hold figures.
    pub figures_from: usize,
    /// Rows.
    pub rows: Vec<Vec<String>>,
}

impl Grid {
    /// What a screen reader calls it: its first head.
    #[must_use]
    pub fn label(&self) -> &str {
        self.heads.first().map_or("Bảng", String::as_str)
    }

    /// Whether the column holds figures.
    #[must_use]
    pub fn is_figure(&self, column: &usize) -> bool {
        *column >= self.figures_from
    }
}

/// A phụ lục.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Annex {
    /// "Phụ lục I".
    pub number: String,
    /// Its title; printed in capitals.
    pub title: String,
    /// Thông tin chỉ dẫn: which document it belongs to.
    pub belongs_to: String,
    /// Its content.
    pub blocks: Vec<Block>,
}

/// Nơi nhận, line by line, as they are printed.
#[must_use]
pub fn recipient_lines(recipients: &[String]) -> Vec<String> {
    let last = recipients.len();
    let line = |(recipient, number): (&String, usize)| {
        let end = if number == last { "." } else { ";" };
        format!("- {recipient}{end}")
    };
    recipients.iter().zip(1..).map(line).collect()
}

/// The paragraphs of a text: its lines that are not empty.
#[must_use]
pub fn paragraphs(text: &str) -> Vec<String> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.map(str::to_owned).collect()
}
