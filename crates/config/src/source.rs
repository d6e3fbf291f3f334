//! Where values come from: the file with its lines, then the environment above it.

use std::collections::BTreeMap;

use toml::de::{DeTable, DeValue};

use crate::Problem;

/// A key as `(section, name)`.
pub(crate) type KeyName = (String, String);

/// One written value and where it was written.
pub(crate) struct Written {
    pub value: Value,
    pub place: String,
    pub line: Option<usize>,
}

/// A value in the few shapes settings have. Everything from the environment is `Text`.
pub(crate) enum Value {
    Text(String),
    Number(String),
    List(Vec<String>),
    Other(&'static str),
}

/// Everything that was written, by key; what a section takes is removed.
#[derive(Default)]
pub(crate) struct Source {
    pub values: BTreeMap<KeyName, Written>,
    pub sections: BTreeMap<String, (String, usize)>,
    pub problems: Vec<Problem>,
    pub broken: bool,
}

impl Source {
    /// Takes the values of a TOML text.
    pub fn add_file(&mut self, place: &str, text: &str) {
        let (root, errors) = DeTable::parse_recoverable(text);
        let line = |offset: usize| line_of(text, offset);
        self.broken |= !errors.is_empty();
        for error in &errors {
            self.problems.push(Problem {
                place: place.to_owned(),
                line: error.span().map(|span| line(span.start)),
                message: format!("tệp không đúng cú pháp TOML: {}", error.message()),
            });
        }
        if self.broken {
            return;
        }
        for (section, content) in root.get_ref() {
            let section_line = line(section.span().start);
            let DeValue::Table(table) = content.get_ref() else {
                self.problems.push(Problem {
                    place: place.to_owned(),
                    line: Some(section_line),
                    message: format!("{}: khoá phải nằm trong một mục như [server]", section.get_ref()),
                });
                continue;
            };
            self.sections
                .insert(section.get_ref().to_string(), (place.to_owned(), section_line));
            for (key, value) in table {
                let written = Written {
                    value: shape(value.get_ref()),
                    place: place.to_owned(),
                    line: Some(line(key.span().start)),
                };
                self.values.insert(
                    (section.get_ref().to_string(), key.get_ref().to_string()),
                    written,
                );
            }
        }
    }

    /// Sets a value from the environment above the file's.
    pub fn set(&mut self, key: KeyName, variable: &str, text: String) {
        let written = Written {
            value: Value::Text(text),
            place: variable.to_owned(),
            line: None,
        };
        self.values.insert(key, written);
    }
}

fn shape(value: &DeValue<'_>) -> Value {
    match value {
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Integer(number) => Value::Number(number.to_string()),
        DeValue::Array(items) => {
            let texts = items
                .iter()
                .map(|item| item.get_ref().as_str().map(str::to_owned));
            texts
                .collect::<Option<_>>()
                .map_or(Value::Other("danh sách lẫn kiểu"), Value::List)
        }
        DeValue::Float(_) => Value::Other("số thập phân"),
        DeValue::Boolean(_) => Value::Other("đúng/sai"),
        DeValue::Datetime(_) => Value::Other("ngày giờ"),
        DeValue::Table(_) => Value::Other("mục con"),
    }
}

fn line_of(text: &str, offset: usize) -> usize {
    text.bytes().take(offset).filter(|byte| *byte == b'\n').count() + 1
}
