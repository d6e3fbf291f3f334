//! Many groups at once: a table pasted from a spreadsheet, refused row by row.

use askama::Template;

use super::list::grouped_count;
use crate::desk::DeskFrame;
use crate::form::{Button, Buttons, Field};
use crate::part::{Column, Notice, Row, Table};

/// The most refusals that are shown at once.
const SHOWN: usize = 200;

/// What is wrong in a row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Refusal {
    /// "Dòng 3", or the whole table.
    pub row: String,
    /// Its first cell.
    pub name: String,
    /// The column.
    pub column: String,
    /// What is wrong and what to do.
    pub reason: String,
}

/// The page.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/mediation_paste.html")]
pub struct PastePage {
    /// Surroundings.
    pub frame: DeskFrame,
    /// The list.
    pub back: String,
    /// Where the table goes.
    pub action: String,
    /// An empty table to fill.
    pub template: String,
    /// The columns, in their order: heading, and what stands in it.
    pub columns: Vec<(String, String)>,
    /// The most rows that are taken at once.
    pub most: usize,
    /// What was pasted.
    pub typed: String,
    /// What is wrong, row by row; nothing was written then.
    pub refusals: Vec<Refusal>,
}

impl PastePage {
    fn field(&self) -> Field {
        Field::area("table", "Bảng dán từ Excel", 12)
            .with_hint(format!(
                "Mỗi tổ một dòng, nhiều nhất {} dòng, các cột đúng thứ tự dưới đây. Có hay không dòng tiêu đề đều được.",
                self.most
            ))
            .with_value(&self.typed)
    }

    fn refused(&self) -> Option<Notice> {
        (!self.refusals.is_empty()).then(|| {
            Notice::refused(
                format!(
                    "Chưa ghi tổ nào: còn {} chỗ cần sửa.",
                    grouped_count(self.refusals.len())
                ),
                "Bảng đã dán vẫn còn trong mẫu dưới đây. Sửa rồi ghi lại; khi mọi dòng đúng thì cả bảng được ghi.",
            )
        })
    }

    /// How many refusals are not shown.
    fn more(&self) -> Option<String> {
        let hidden = self.refusals.len().saturating_sub(SHOWN);
        (hidden > 0).then(|| format!("… và {} chỗ nữa.", grouped_count(hidden)))
    }

    fn table(&self) -> Table {
        Table {
            caption: "Chỗ cần sửa, từng dòng".into(),
            caption_hidden: true,
            columns: ["Dòng", "Tổ hòa giải", "Cột", "Cần sửa"]
                .map(Column::words)
                .into(),
            rows: self
                .refusals
                .iter()
                .take(SHOWN)
                .map(|refusal| Row {
                    cells: [&refusal.row, &refusal.name, &refusal.column, &refusal.reason]
                        .map(|text| text.clone().into())
                        .into(),
                })
                .collect(),
            total: None,
        }
    }

    fn legend(&self) -> Table {
        Table {
            caption: "Các cột của bảng".into(),
            caption_hidden: true,
            columns: ["Cột", "Ghi gì"].map(Column::words).into(),
            rows: self
                .columns
                .iter()
                .map(|(name, what)| Row {
                    cells: vec![name.clone().into(), what.clone().into()],
                })
                .collect(),
            total: None,
        }
    }

    fn buttons(&self) -> Buttons {
        Buttons {
            note: "Ghi cả bảng hoặc không ghi gì.".into(),
            buttons: vec![Button::primary("Ghi các tổ vào sổ")],
        }
    }
}
