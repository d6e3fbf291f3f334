//! One cell of a form. Empty is not zero: nothing said adds nothing and shows as a dash.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Where a cell comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    /// Counted from the ledger.
    Auto,
    /// Typed by a person who signed for it.
    Declared,
    /// Added up from other cells.
    Formula,
    /// Counted from the register of báo cáo viên.
    Register,
    /// Counted from the register of tổ hòa giải.
    Mediation,
}

impl Origin {
    /// Whether the platform counted it from its own books, so that its records can be opened.
    #[must_use]
    pub const fn is_counted(self) -> bool {
        matches!(self, Self::Auto | Self::Register | Self::Mediation)
    }

    /// On the screen.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Auto => "tự cộng từ sổ hoạt động",
            Self::Declared => "đơn vị tự khai",
            Self::Formula => "cộng từ các ô khác",
            Self::Register => "tự đếm từ danh sách báo cáo viên",
            Self::Mediation => "tự cộng từ sổ tổ hòa giải",
        }
    }
}

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Written", into = "Written")]
pub struct Cell {
    /// What happened up to the last day of actual figures.
    pub actual: Option<i64>,
    /// What is expected of the rest of the period.
    pub estimate: Option<i64>,
    /// Evidence or reason of a declared figure, explanation of an unusual one.
    pub note: String,
    /// Where the actual figure comes from.
    pub origin: Origin,
}

/// A cell as it stands in JSON: with its total, for readers that do not add.
#[derive(Serialize, Deserialize)]
struct Written {
    actual: Option<i64>,
    estimate: Option<i64>,
    #[serde(default)]
    total: Option<i64>,
    source: Origin,
    #[serde(default)]
    note: String,
}

impl From<Written> for Cell {
    fn from(written: Written) -> Self {
        Self {
            actual: written.actual,
            estimate: written.estimate,
            note: written.note,
            origin: written.source,
        }
    }
}

impl From<Cell> for Written {
    fn from(cell: Cell) -> Self {
        Self {
            total: cell.total(),
            actual: cell.actual,
            estimate: cell.estimate,
            source: cell.origin,
            note: cell.note,
        }
    }
}

impl Cell {
    /// A cell without a figure.
    #[must_use]
    pub const fn empty(origin: Origin) -> Self {
        Self {
            actual: None,
            estimate: None,
            note: String::new(),
            origin,
        }
    }

    /// Actual and estimate together; nothing where neither was said.
    #[must_use]
    pub fn total(&self) -> Option<i64> {
        add(self.actual, self.estimate)
    }
}

/// The cells of a line, by column number. A column that does not apply to the line is absent.
pub type Cells = BTreeMap<u8, Cell>;

/// Adds two figures; empty adds nothing, and two empties stay empty.
#[must_use]
pub fn add(a: Option<i64>, b: Option<i64>) -> Option<i64> {
    match (a, b) {
        (None, None) => None,
        (a, b) => Some(a.unwrap_or(0).saturating_add(b.unwrap_or(0))),
    }
}

/// Adds the cells of some lines, column by column.
#[must_use]
pub fn add_cells<'a>(lines: impl IntoIterator<Item = &'a Cells>) -> Cells {
    let mut sum = Cells::new();
    for cells in lines {
        for (column, cell) in cells {
            let to = sum.entry(*column).or_insert_with(|| Cell::empty(Origin::Formula));
            to.actual = add(to.actual, cell.actual);
            to.estimate = add(to.estimate, cell.estimate);
        }
    }
    sum
}
