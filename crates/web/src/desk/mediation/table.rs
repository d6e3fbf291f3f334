//! A pasted table, read row by row: cells parted by tabs, as a spreadsheet copies them.

use pbgdpl_app::mediation::NewGroup;
use pbgdpl_app::mediation::import::MOST;
use pbgdpl_model::mediation::Problem;
use pbgdpl_pages::desk::activity::Input;
use pbgdpl_vietnamese::fold;

use super::input;
use crate::desk::register::input::Reading;

/// A column: the field it stands for, its heading, and what stands in it.
pub(super) struct Column {
    pub(super) field: &'static str,
    pub(super) label: &'static str,
    pub(super) example: &'static str,
}

const fn column(field: &'static str, label: &'static str, example: &'static str) -> Column {
    Column {
        field,
        label,
        example,
    }
}

/// The columns, in their order.
pub(super) const COLUMNS: [Column; 13] = [
    column("name", "Tên tổ hòa giải", "Tổ hòa giải thôn Tê Rông"),
    column("village", "Thôn, làng, tổ dân phố", "Thôn Tê Rông"),
    column(
        "commune",
        "Xã, phường, thị trấn",
        "Tên như trong danh sách xã của cơ quan, hoặc mã đơn vị hành chính",
    ),
    column("decision_number", "Quyết định thành lập: số", "12/QĐ-UBND"),
    column("decision_day", "Quyết định thành lập: ngày", "02/03/2015"),
    column(
        "decision_issuer",
        "Quyết định thành lập: người ban hành",
        "Chủ tịch Ủy ban nhân dân xã",
    ),
    column("founded", "Thành lập từ ngày", "Ngày/tháng/năm"),
    column("men", "Nam", "Số hòa giải viên nam; không có thì ghi 0"),
    column("women", "Nữ", "Số hòa giải viên nữ"),
    column(
        "law",
        "Chuyên môn Luật",
        "Trong tổng số, số người có chuyên môn Luật",
    ),
    column(
        "minority",
        "Dân tộc thiểu số",
        "Trong tổng số, số người dân tộc thiểu số",
    ),
    column(
        "trained",
        "Được bồi dưỡng trong năm",
        "Trong năm của ngày có số liệu; để trống là chưa có số",
    ),
    column("from", "Số liệu từ ngày", "Ngày/tháng/năm"),
];

/// A row that was read, or what is wrong with it.
pub(super) struct Read {
    /// The line of the table, from 1, headings counted.
    pub(super) line: usize,
    /// Its first cell.
    pub(super) name: String,
    pub(super) group: NewGroup,
    pub(super) problems: Vec<Problem>,
}

/// The lines of a table by their cells, each with its number; blank lines and the line of headings are left out.
fn filled(table: &str) -> impl Iterator<Item = (Vec<&str>, usize)> {
    let head = fold(COLUMNS[0].label);
    table
        .lines()
        .zip(1..)
        .map(|(line, number)| (line.split('\t').map(str::trim).collect::<Vec<_>>(), number))
        .filter(|(cells, _)| cells.iter().any(|cell| !cell.is_empty()))
        .filter(move |(cells, _)| cells.first().is_none_or(|first| fold(first) != head))
}

/// How many rows a table has; past the most that are taken they are not counted on.
pub(super) fn length(table: &str) -> usize {
    filled(table).take(MOST.saturating_add(1)).count()
}

/// The rows of a table, read. `communes`: code and name.
pub(super) fn rows(table: &str, communes: &[(String, String)]) -> Vec<Read> {
    filled(table)
        .map(|(cells, line)| row(&cells, line, communes))
        .collect()
}

fn row(cells: &[&str], line: usize, communes: &[(String, String)]) -> Read {
    let pairs = COLUMNS.iter().zip(cells).map(|(column, cell)| {
        let cell = match column.field {
            "commune" => code(cell, communes),
            _ => (*cell).to_owned(),
        };
        (column.field.to_owned(), cell)
    });
    let typed = Input::sent(pairs.collect());
    let mut reading = Reading::of(&typed);
    let group = NewGroup {
        details: input::details(&mut reading),
        founded: reading.day("founded"),
        figures: input::figures(&mut reading),
        from: reading.day("from"),
    };
    let mut problems = reading.problems;
    if cells.len() > COLUMNS.len() {
        let reason = format!(
            "có {} ô, nhiều hơn {} cột của bảng. Bỏ ô thừa.",
            cells.len(),
            COLUMNS.len()
        );
        problems.push(Problem::new("table", reason));
    }
    let commune = typed.one("commune");
    let known = communes.iter().any(|(known, _)| known == commune);
    let needless = communes.is_empty() && commune.is_empty();
    if !known && !needless {
        let reason = "không có trong các xã của cơ quan. Ghi đúng tên hoặc mã.";
        problems.push(Problem::new("commune", reason));
    }
    Read {
        line,
        name: group.details.name.clone(),
        group,
        problems,
    }
}

/// The code of a commune that is named by its code, or by its name with or without its kind.
fn code(cell: &str, communes: &[(String, String)]) -> String {
    let asked = fold(cell);
    let bare = |name: &str| {
        let name = fold(name);
        let kinds = ["xa ", "phuong ", "thi tran "];
        let kind = kinds.iter().find_map(|kind| name.strip_prefix(kind));
        kind.map_or_else(|| name.clone(), str::to_owned)
    };
    let whole = communes
        .iter()
        .find(|(code, name)| *code == cell || fold(name) == asked);
    let mut alike = communes.iter().filter(|(_, name)| bare(name) == bare(cell));
    let only = match (alike.next(), alike.next()) {
        (Some(one), None) => Some(one),
        _ => None,
    };
    whole
        .or(only)
        .map_or_else(|| cell.to_owned(), |(code, _)| code.clone())
}

/// The heading of a field's column.
pub(super) fn heading(field: &str) -> &'static str {
    let column = COLUMNS.iter().find(|column| column.field == field);
    column.map_or("Cả dòng", |column| column.label)
}
