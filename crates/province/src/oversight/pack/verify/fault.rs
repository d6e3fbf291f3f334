//! What can be wrong with a pack, and where.

use pbgdpl_model::audit::Broken;

/// One fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The file of the pack; empty for the pack itself.
    pub file: String,
    /// What is wrong there.
    pub what: What,
}

impl Fault {
    pub(super) fn new(file: impl Into<String>, what: What) -> Self {
        Self {
            file: file.into(),
            what,
        }
    }

    /// On the screen: "nhat-ky/so-y-te.jsonl: mục 5 đã bị sửa".
    #[must_use]
    pub fn words(&self) -> String {
        if self.file.is_empty() {
            self.what.words()
        } else {
            format!("{}: {}", self.file, self.what.words())
        }
    }
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// It is no pack of ours, or was cut off: why.
    NoPack(String),
    /// The manifest names it and it is not there.
    Missing,
    /// It is there and the manifest does not name it.
    Stranger,
    /// Its bytes are not those of the manifest.
    Bytes,
    /// It cannot be read: why.
    Unreadable(String),
    /// A line of it cannot be read.
    Line(usize),
    /// A chain is broken.
    Chain(Broken),
    /// No anchor speaks of the ends of the chains.
    NoAnchor,
    /// A chain that the anchors name is not there.
    ChainMissing(String),
    /// The log says that this was sent or frozen in the period, and it is not there: its hash.
    NotHere(String),
    /// The figures are not those that were frozen.
    Body,
    /// The log says that other figures were sent.
    NotWhatWasSent,
    /// A cell is not what its rows add up to.
    Cell {
        /// Key of the line.
        row: String,
        /// Number of the column.
        column: u8,
        /// What the report says.
        stated: i64,
        /// What the rows add up to.
        counted: i64,
    },
    /// A sum names another version of this report than the one in the pack.
    NotWhatWasAdded(String),
    /// The file is not the one that was attached as evidence.
    NotTheEvidence,
    /// The house had lost this evidence when the pack was made.
    Lost(String),
}

impl What {
    /// On the screen.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::NoPack(reason) => format!("không phải gói bằng chứng, hoặc bị cắt cụt ({reason})"),
            Self::Missing => "thiếu tệp này".into(),
            Self::Stranger => "tệp lạ, không có trong bản kê".into(),
            Self::Bytes => "nội dung khác dấu vết trong bản kê".into(),
            Self::Unreadable(reason) => format!("không đọc được ({reason})"),
            Self::Line(line) => format!("dòng {line} không đọc được"),
            Self::Chain(broken) => broken.words(),
            Self::NoAnchor => "không có dấu mốc nào: phần cuối các chuỗi có thể đã bị cắt".into(),
            Self::ChainMissing(chain) => format!("thiếu chuỗi {chain} mà dấu mốc có kể"),
            Self::NotHere(hash) => {
                format!("nhật ký ghi đã gửi hoặc chốt số liệu có dấu vết {hash}, gói không có")
            }
            Self::Body => "số liệu không phải số đã chốt: dấu vết khác".into(),
            Self::NotWhatWasSent => "nhật ký của cơ quan ghi dấu vết khác khi gửi".into(),
            Self::Cell {
                row,
                column,
                stated,
                counted,
            } => format!("dòng {row}, cột {column} ghi {stated}, các dòng sổ cộng được {counted}"),
            Self::NotWhatWasAdded(report) => {
                format!("biểu tổng hợp cộng bản có dấu vết khác với {report}")
            }
            Self::NotTheEvidence => "không phải tệp đã đính làm minh chứng: dấu vết khác".into(),
            Self::Lost(label) => format!("kho tệp không còn minh chứng “{label}” khi lập gói"),
        }
    }
}
