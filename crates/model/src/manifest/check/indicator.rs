//! Indicators: one version a day, sources that are whole, formulas over indicators that there are; and the columns of forms
//! that name them.

use super::super::document::Parsed;
use super::super::form::{Column, FormFile};
use super::super::indicator::IndicatorFile;
use super::super::problem::Problem;
use super::super::wording::first_gap;
use super::super::words::{ColumnSource, ColumnType};
use super::is_slug;
use crate::register;

type File<'a> = Parsed<'a, IndicatorFile>;

/// More than ten times the year before is explained, whatever the file says.
const WIDEST_TOLERANCE: u16 = 1000;

pub(super) fn check(files: &[File<'_>], forms: &[Parsed<'_, FormFile>]) -> Vec<Problem> {
    let mut problems = Vec::new();
    for file in files {
        header_of(file, files, &mut problems);
        source_of(file, &mut problems);
        parts_of(file, files, &mut problems);
    }
    for form in forms {
        for (i, column) in form.value.columns.iter().enumerate() {
            named(form, (i, column), files, &mut problems);
        }
    }
    problems
}

fn header_of(file: &File<'_>, files: &[File<'_>], problems: &mut Vec<Problem>) {
    let indicator = &file.value;
    let mut wrong = |key: &str, message: String| problems.push(file.problem(key, message));
    let wanted = indicator.entry(files.iter().map(|other| &other.value));
    if !is_slug(&indicator.id) {
        let message = format!(
            "mã `{}` chỉ gồm chữ thường không dấu, số và gạch nối",
            indicator.id
        );
        wrong("id", message);
    } else if file.stem() != wanted {
        let message = if wanted == indicator.id {
            format!(
                "mã chỉ tiêu `{}` phải trùng tên tệp `{}`",
                indicator.id,
                file.stem()
            )
        } else {
            format!(
                "bản sau của chỉ tiêu `{}` phải nằm ở tệp `{wanted}.toml`",
                indicator.id
            )
        };
        wrong("id", message);
    }
    let twin = files.iter().find(|other| {
        other.value.id == indicator.id
            && other.stem() < file.stem()
            && other.value.holds_within(indicator.valid_from, indicator.valid_to)
    });
    if let Some(twin) = twin {
        let message = format!(
            "chỉ tiêu `{}` đã có bản khác cùng hiệu lực ở tệp `{}`",
            indicator.id,
            twin.stem()
        );
        wrong("valid_from", message);
    }
    if indicator.valid_to.is_some_and(|to| to < indicator.valid_from) {
        wrong("valid_to", "ngày hết hiệu lực đứng trước ngày bắt đầu".into());
    }
    for (key, text) in [
        ("name", &indicator.name),
        ("definition", &indicator.definition),
        ("unit", &indicator.unit),
        ("basis", &indicator.basis),
    ] {
        if text.trim().is_empty() {
            wrong(key, "còn trống".into());
        }
    }
    if indicator
        .tolerance
        .is_some_and(|percent| !(1..=WIDEST_TOLERANCE).contains(&percent))
    {
        wrong(
            "tolerance",
            format!("ngưỡng giải trình là số phần trăm từ 1 đến {WIDEST_TOLERANCE}"),
        );
    }
}

fn source_of(file: &File<'_>, problems: &mut Vec<Problem>) {
    let indicator = &file.value;
    let has = (
        !indicator.measures.is_empty(),
        indicator.register.is_some(),
        indicator.mediation.is_some(),
        !indicator.parts.is_empty(),
    );
    let message = match (indicator.source, has) {
        (ColumnSource::Ledger, (true, false, false, false))
        | (ColumnSource::Register, (false, true, false, false))
        | (ColumnSource::Mediation, (false, false, true, false))
        | (ColumnSource::Formula, (false, false, false, true))
        | (ColumnSource::Declared, (false, false, false, false)) => None,
        (ColumnSource::Ledger, _) => {
            Some("chỉ tiêu từ sổ cần measures, không có register, không có mediation, không có parts")
        }
        (ColumnSource::Register, _) => {
            Some("chỉ tiêu từ danh sách cần register, không có measures, không có mediation, không có parts")
        }
        (ColumnSource::Mediation, _) => Some(
            "chỉ tiêu từ sổ tổ hòa giải cần mediation, không có measures, không có register, không có parts",
        ),
        (ColumnSource::Formula, _) => {
            Some("chỉ tiêu công thức cần parts, không có measures, không có register, không có mediation")
        }
        (ColumnSource::Declared, _) => {
            Some("chỉ tiêu kê khai không có measures, không có register, không có mediation, không có parts")
        }
        (ColumnSource::Indicator, _) => {
            Some("chỉ tiêu phải nói rõ nguồn: ledger, register, mediation, declared hoặc formula")
        }
    };
    if let Some(message) = message {
        problems.push(file.problem("source", message));
    }
    if indicator.source == ColumnSource::Register && indicator.kind != ColumnType::Stock {
        problems.push(file.problem("type", "chỉ tiêu từ danh sách là số hiện có: type = \"stock\""));
    }
    if indicator.source == ColumnSource::Mediation && indicator.kind != ColumnType::Stock {
        let message = "chỉ tiêu từ sổ tổ hòa giải là số hiện có: type = \"stock\"";
        problems.push(file.problem("type", message));
    }
}

fn parts_of(file: &File<'_>, files: &[File<'_>], problems: &mut Vec<Problem>) {
    let indicator = &file.value;
    for (i, id) in indicator.parts.iter().enumerate() {
        let mut wrong = |message: String| {
            problems.push(file.problem(&format!("parts.{i}"), message));
        };
        let versions = || {
            let all = files.iter().map(|other| &other.value);
            all.filter(|other| other.id == *id)
        };
        let days = (indicator.valid_from, indicator.valid_to);
        if versions().next().is_none() {
            wrong(format!("không có chỉ tiêu `{id}` để cộng"));
            continue;
        }
        if let Some(day) = first_gap(days, versions().map(|other| (other.valid_from, other.valid_to))) {
            wrong(format!("chỉ tiêu `{id}` không có bản nào hiệu lực ngày {day}"));
        }
        for part in versions().filter(|part| part.holds_within(days.0, days.1)) {
            // One level only, so that no formula can lead back to itself.
            if part.source == ColumnSource::Formula {
                wrong(format!("chỉ tiêu `{id}` cũng là công thức"));
            } else if part.kind != indicator.kind || part.unit != indicator.unit {
                wrong(format!("chỉ tiêu `{id}` khác loại hoặc khác đơn vị tính"));
            }
        }
    }
}

/// A column that names an indicator: it is there on every day of the form, and means what the form prints.
fn named(
    form: &Parsed<'_, FormFile>,
    (i, column): (usize, &Column),
    files: &[File<'_>],
    problems: &mut Vec<Problem>,
) {
    let mut wrong = |key: &str, message: String| {
        problems.push(form.problem(&format!("column.{i}.{key}"), message));
    };
    let Some(id) = &column.indicator else { return };
    let file = &form.value;
    let versions = || {
        let all = files.iter().map(|other| &other.value);
        all.filter(|other| other.id == *id)
    };
    if versions().next().is_none() {
        wrong("indicator", format!("không có chỉ tiêu `{id}` trong indicators/"));
        return;
    }
    let days = (file.valid_from, file.valid_to);
    if let Some(day) = first_gap(days, versions().map(|other| (other.valid_from, other.valid_to))) {
        wrong(
            "indicator",
            format!("chỉ tiêu `{id}` không có bản nào hiệu lực ngày {day}, biểu thì có"),
        );
    }
    for version in versions().filter(|version| version.holds_within(days.0, days.1)) {
        if version.unit != column.unit {
            wrong(
                "unit",
                format!("đơn vị tính của chỉ tiêu `{id}` là “{}”", version.unit),
            );
        }
        if version.kind != column.kind {
            wrong(
                "type",
                format!("chỉ tiêu `{id}` có type = \"{}\"", version.kind.word()),
            );
        }
        if version.source == ColumnSource::Register && register::Level::counted_at(file.level).is_none() {
            wrong(
                "indicator",
                "cấp của biểu này không có danh sách báo cáo viên trong tỉnh".into(),
            );
        }
        for part in &version.parts {
            if !file
                .columns
                .iter()
                .any(|other| other.indicator.as_deref() == Some(part.as_str()))
            {
                wrong(
                    "indicator",
                    format!("chỉ tiêu `{id}` cộng `{part}`, biểu không có cột nào của chỉ tiêu ấy"),
                );
            }
        }
    }
}
