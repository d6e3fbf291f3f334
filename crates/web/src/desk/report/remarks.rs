//! What the province says of single cells of a report that it returned (REP-08).

use pbgdpl_app::report::View;
use pbgdpl_model::report::CellRemark;
use pbgdpl_pages::part::{Cell, Column, Row, Table};

use super::draw;

/// What the province says of single cells, each leading to its line.
pub(super) fn table(seen: &View, here: &str) -> Option<Table> {
    let version = seen.report.version;
    let row = |remark: &CellRemark| {
        let line = seen.lines.iter().find(|line| line.key == remark.row);
        let label = line.map_or(remark.row.as_str(), |line| line.label.as_str());
        let column = seen.form.column(remark.column);
        Row {
            cells: vec![
                Cell::link(
                    label,
                    format!("{here}?ban={version}&dong={}#dong-ten", remark.row),
                ),
                column
                    .map_or_else(|| remark.column.to_string(), draw::column_words)
                    .into(),
                remark.text.clone().into(),
            ],
        }
    };
    (!seen.remarks.is_empty()).then(|| Table {
        caption: "Ý kiến của Sở Tư pháp về từng ô".into(),
        caption_hidden: true,
        columns: ["Dòng", "Cột", "Ý kiến"].map(Column::words).into(),
        rows: seen.remarks.iter().map(row).collect(),
        total: None,
    })
}
