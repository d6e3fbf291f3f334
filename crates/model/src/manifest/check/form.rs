//! Forms: numbering, sources of columns, references of checks, rows, and who fills what.

use std::collections::BTreeSet;

use super::super::document::Parsed;
use super::super::form::{Check, Column, FormFile};
use super::super::problem::Problem;
use super::super::words::{CheckKind, ColumnSource, ColumnType, RowKind};
use super::repeated;
use crate::agency::ReportRow;
use crate::register;

type File<'a> = Parsed<'a, FormFile>;

pub(super) fn check(files: &[File<'_>]) -> Vec<Problem> {
    let mut problems = Vec::new();
    for file in files {
        header_of(file, files, &mut problems);
        for (i, column) in file.value.columns.iter().enumerate() {
            column_of(file, i, column, &mut problems);
        }
        for (i, check) in file.value.checks.iter().enumerate() {
            check_of(file, i, check, &mut problems);
        }
        rows_of(file, &mut problems);
    }
    added_up_once(files, &mut problems);
    fillers(files, &mut problems);
    problems
}

fn header_of(file: &File<'_>, files: &[File<'_>], problems: &mut Vec<Problem>) {
    let form = &file.value;
    let wanted = form.entry(files.iter().map(|other| &other.value));
    if file.stem() != wanted {
        let message = if wanted == form.id {
            format!("mã biểu `{}` phải trùng tên tệp `{}`", form.id, file.stem())
        } else {
            format!("bản sau của biểu `{}` phải nằm ở tệp `{wanted}.toml`", form.id)
        };
        problems.push(file.problem("id", message));
    }
    let twin = files
        .iter()
        .find(|other| other.value.id == form.id && other.stem() < file.stem() && other.value.overlaps(form));
    if let Some(twin) = twin {
        let message = format!(
            "biểu `{}` đã có bản khác cùng hiệu lực ở tệp `{}`",
            form.id,
            twin.stem()
        );
        problems.push(file.problem("valid_from", message));
    }
    if form.valid_to.is_some_and(|to| to < form.valid_from) {
        problems.push(file.problem("valid_to", "ngày hết hiệu lực đứng trước ngày bắt đầu"));
    }
    if form.periods.is_empty() {
        problems.push(file.problem("periods", "cần ít nhất một kỳ báo cáo"));
    }
    for (i, id) in form.consolidates.iter().enumerate() {
        let place = format!("consolidates.{i}");
        let parts = || files.iter().filter(|other| other.value.id == *id);
        let unlike = parts().find(|part| {
            part.value.id == form.id
                || part.value.overlaps(form) && part.value.columns.len() != form.columns.len()
        });
        match unlike.or_else(|| parts().find(|part| part.value.overlaps(form))) {
            None => problems.push(file.problem(&place, format!("không có biểu `{id}` để tổng hợp"))),
            Some(_) if unlike.is_some() => {
                let message = format!(
                    "biểu `{id}` không cùng số cột với biểu `{}`, hoặc là chính nó",
                    form.id
                );
                problems.push(file.problem(&place, message));
            }
            Some(_) => {}
        }
    }
}

fn column_of(file: &File<'_>, i: usize, column: &Column, problems: &mut Vec<Problem>) {
    let mut wrong = |key: &str, message: String| {
        problems.push(file.problem(&format!("column.{i}.{key}"), message));
    };
    if usize::from(column.number) != i + 1 {
        wrong("number", format!("cột thứ {} phải mang số {}", i + 1, i + 1));
    }
    let (measures, sum) = (!column.measures.is_empty(), !column.sum.is_empty());
    match (column.source, measures, sum) {
        (
            ColumnSource::Declared
            | ColumnSource::Register
            | ColumnSource::Mediation
            | ColumnSource::Indicator,
            false,
            false,
        )
        | (ColumnSource::Ledger, true, false)
        | (ColumnSource::Formula, false, true) => {}
        (ColumnSource::Register, ..) => {
            wrong(
                "source",
                "cột từ danh sách báo cáo viên không có measures, không có sum".into(),
            );
        }
        (ColumnSource::Mediation, ..) => {
            wrong(
                "source",
                "cột từ sổ tổ hòa giải không có measures, không có sum".into(),
            );
        }
        (ColumnSource::Indicator, ..) => {
            wrong(
                "source",
                "cột theo chỉ tiêu không có measures, không có sum".into(),
            );
        }
        (ColumnSource::Declared, ..) => wrong("source", "cột kê khai không có measures, không có sum".into()),
        (ColumnSource::Ledger, ..) => wrong("source", "cột từ sổ cần measures và không có sum".into()),
        (ColumnSource::Formula, ..) => wrong("source", "cột công thức cần sum và không có measures".into()),
    }
    if (column.source == ColumnSource::Indicator) != column.indicator.is_some() {
        wrong(
            "source",
            "indicator đi với source = \"indicator\", và chỉ với nguồn ấy".into(),
        );
    }
    let counts_groups = column.source == ColumnSource::Mediation;
    if counts_groups != column.mediation.is_some() {
        wrong(
            "source",
            "mediation = \"groups\", \"mediators\" … đi với source = \"mediation\", và chỉ với nguồn ấy"
                .into(),
        );
    }
    if counts_groups && column.kind != ColumnType::Stock {
        wrong(
            "type",
            "cột từ sổ tổ hòa giải là số hiện có: type = \"stock\"".into(),
        );
    }
    let counts_people = column.source == ColumnSource::Register;
    if counts_people != column.register.is_some() {
        wrong(
            "source",
            "register = \"recognised\" hoặc \"active\" đi với source = \"register\", và chỉ với nguồn ấy"
                .into(),
        );
    }
    if counts_people && column.kind != ColumnType::Stock {
        wrong(
            "type",
            "cột từ danh sách báo cáo viên là số hiện có: type = \"stock\"".into(),
        );
    }
    if counts_people && register::Level::counted_at(file.value.level).is_none() {
        wrong(
            "source",
            "cấp của biểu này không có danh sách báo cáo viên trong tỉnh".into(),
        );
    }
    for number in &column.sum {
        match file.value.column(*number) {
            None => wrong("sum", format!("công thức dùng cột {number} không có trong biểu")),
            // One level only, so that no formula can lead back to itself.
            Some(part) if part.source == ColumnSource::Formula => {
                wrong("sum", format!("công thức dùng cột {number} cũng là công thức"));
            }
            Some(part) if part.kind != column.kind => {
                wrong(
                    "sum",
                    format!("cột {number} khác loại (stock, flow) với cột công thức"),
                );
            }
            Some(_) => {}
        }
    }
}

fn check_of(file: &File<'_>, i: usize, check: &Check, problems: &mut Vec<Problem>) {
    let mut wrong = |key: &str, message: String| {
        problems.push(file.problem(&format!("check.{i}.{key}"), message));
    };
    if file.value.column(check.left).is_none() {
        wrong("left", format!("cột {} không có trong biểu", check.left));
    }
    for number in &check.right {
        if file.value.column(*number).is_none() {
            wrong("right", format!("cột {number} không có trong biểu"));
        }
        if *number == check.left {
            wrong("right", format!("cột {number} được so với chính nó"));
        }
    }
    if check.right.is_empty() || (check.kind != CheckKind::Sum && check.right.len() != 1) {
        let message = format!("phép kiểm tra `{}` cần đúng một cột bên phải", check.kind.word());
        wrong(
            "right",
            if check.right.is_empty() {
                "thiếu cột bên phải".into()
            } else {
                message
            },
        );
    }
    if !check.message.contains("{left}") || !check.message.contains("{right}") {
        wrong(
            "message",
            "thông báo phải nêu cả hai số bằng {left} và {right}".into(),
        );
    }
}

fn rows_of(file: &File<'_>, problems: &mut Vec<Problem>) {
    let rows = &file.value.rows;
    if rows.is_empty() {
        problems.push(file.problem("row", "cần ít nhất một dòng"));
    }
    for (i, row) in rows.iter().enumerate() {
        if (row.kind == RowKind::Agencies) != row.report_row.is_some() {
            let message = "report_row đi với dòng kind = \"agencies\", và chỉ với dòng ấy";
            problems.push(file.problem(&format!("row.{i}.kind"), message));
        }
    }
    for (i, _, id) in repeated(rows.iter().map(|row| row.id.as_str()).enumerate()) {
        problems.push(file.problem(&format!("row.{i}.id"), format!("dòng `{id}` bị lặp")));
    }
    let totals = rows
        .iter()
        .enumerate()
        .filter(|(_, row)| row.kind == RowKind::Total);
    for (i, _) in totals.skip(1) {
        problems.push(file.problem(&format!("row.{i}.kind"), "chỉ một dòng tổng số"));
    }
}

/// Every form is added up once, and every agency fills one form of a collection at a time.
fn fillers(files: &[File<'_>], problems: &mut Vec<Problem>) {
    let mut claimed: BTreeSet<(ReportRow, usize)> = BTreeSet::new();
    for (n, file) in files.iter().enumerate() {
        let form = &file.value;
        for (i, row) in form.filled_by.iter().enumerate() {
            let place = format!("filled_by.{i}");
            if *row == ReportRow::None {
                problems.push(file.problem(&place, "cơ quan có report_row = \"none\" không lập biểu"));
            }
            let rival = claimed
                .iter()
                .filter(|(other, _)| other == row)
                .filter_map(|(_, n)| files.get(*n))
                .find(|rival| form.overlaps(&rival.value) && collected_together(files, form, &rival.value));
            if let Some(rival) = rival {
                let message = format!(
                    "cơ quan ở dòng `{}` đã lập biểu `{}` cùng thời gian",
                    row.word(),
                    rival.value.id
                );
                problems.push(file.problem(&place, message));
            }
            claimed.insert((*row, n));
        }
    }
}

/// Whether two forms answer the same question: one id, or one form that adds both up, or one adds up the other.
fn collected_together(files: &[File<'_>], a: &FormFile, b: &FormFile) -> bool {
    let head = |head: &FormFile, part: &FormFile| head.id == part.id || head.consolidates.contains(&part.id);
    head(a, b)
        || head(b, a)
        || files.iter().any(|file| {
            let sum = &file.value;
            head(sum, a) && head(sum, b) && sum.overlaps(a) && sum.overlaps(b)
        })
}

/// A form that two others add up at the same time would be counted twice.
fn added_up_once(files: &[File<'_>], problems: &mut Vec<Problem>) {
    for (n, file) in files.iter().enumerate() {
        for (i, id) in file.value.consolidates.iter().enumerate() {
            let before = files
                .iter()
                .take(n)
                .find(|other| other.value.consolidates.contains(id) && other.value.overlaps(&file.value));
            if let Some(before) = before {
                let message = format!("biểu `{id}` đã được biểu `{}` tổng hợp", before.value.id);
                problems.push(file.problem(&format!("consolidates.{i}"), message));
            }
        }
    }
}
