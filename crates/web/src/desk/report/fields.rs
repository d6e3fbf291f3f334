//! The fields that fill a line, and what was typed into them.

use pbgdpl_app::report::View;
use pbgdpl_app::report::declare::Figure;
use pbgdpl_model::report::{Line, may_declare};
use pbgdpl_pages::form::Field;
use pbgdpl_vietnamese::number::{grouped, parse_grouped};

/// The fields of a line: for each cell what may be typed, an explanation where one is asked for, and the reason of all.
pub(super) fn of_line(seen: &View, line: &Line) -> Vec<Field> {
    let mut fields = Vec::new();
    for column in &seen.form.columns {
        let (actual, estimate) = may_declare(&seen.form, line, column, &seen.span);
        let Some(cell) = line.cells.get(&column.number) else {
            continue;
        };
        let shown = |figure: Option<i64>| figure.map_or_else(String::new, grouped);
        let number = column.number;
        if actual {
            let words = if estimate { ": thực tế" } else { "" };
            let label = format!("Cột {number}, {}{words}", column.label);
            fields.push(
                Field::figure(&format!("c{number}"), &label)
                    .unmarked()
                    .with_value(shown(cell.actual)),
            );
        }
        if estimate {
            let label = format!("Cột {number}, {}: ước tính", column.label);
            fields.push(
                Field::figure(&format!("u{number}"), &label)
                    .unmarked()
                    .with_value(shown(cell.estimate)),
            );
        }
        let asked = seen
            .findings
            .iter()
            .any(|finding| finding.row == line.key && finding.column == number);
        if asked {
            let label = format!("Lời giải thích, cột {number}");
            fields.push(
                Field::text(&format!("g{number}"), &label)
                    .unmarked()
                    .with_value(cell.note.clone()),
            );
        }
    }
    if !fields.is_empty() {
        let reason = Field::area("ly-do", "Căn cứ của số tự khai", 3).with_hint(
            "Bắt buộc khi một ô ở trên được sửa: số, ngày của văn bản, biên bản; hoặc lý do. Được ghi cùng tên bạn vào ô đó.",
        );
        fields.push(reason.unmarked());
    }
    fields
}

/// What was typed, cell by cell; the name of the field and what is wrong where it is no number.
pub(super) fn read(
    seen: &View,
    row: &str,
    typed: &[(String, String)],
) -> Result<Vec<Figure>, Vec<(String, String)>> {
    let (mut figures, mut wrong) = (Vec::new(), Vec::new());
    for column in &seen.form.columns {
        let number = column.number;
        let said = |kind: &str| {
            let name = format!("{kind}{number}");
            typed
                .iter()
                .find(|(key, _)| *key == name)
                .map(|(key, value)| (key.clone(), value.trim().to_owned()))
        };
        let fields = [said("c"), said("u"), said("g")];
        if fields.iter().all(Option::is_none) {
            continue;
        }
        let old = seen
            .declared
            .iter()
            .find(|cell| cell.row == row && cell.column == number);
        let mut number_of = |field: &Option<(String, String)>, old: Option<i64>| match field {
            None => old,
            Some((_, text)) if text.is_empty() => None,
            Some((name, text)) => parse_grouped(text)
                .map_err(|error| wrong.push((name.clone(), error.to_string())))
                .ok(),
        };
        let [actual, estimate, note] = &fields;
        figures.push(Figure {
            column: number,
            actual: number_of(actual, old.and_then(|old| old.actual)),
            estimate: number_of(estimate, old.and_then(|old| old.estimate)),
            note: note.as_ref().map(|(_, text)| text.clone()).unwrap_or_default(),
        });
    }
    if wrong.is_empty() { Ok(figures) } else { Err(wrong) }
}

/// Puts back what was typed, and what is wrong.
pub(super) fn keep(fields: &mut [Field], typed: &[(String, String)], wrong: &[(String, String)]) {
    for field in fields {
        if let Some((_, value)) = typed.iter().find(|(name, _)| *name == field.name) {
            field.value.clone_from(value);
        }
        if let Some((_, reason)) = wrong.iter().find(|(name, _)| *name == field.name) {
            field.error = Some(reason.clone());
        }
    }
}
