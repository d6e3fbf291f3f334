//! One TOML file with its spans, so that a fault found later still knows its line.

use serde::de::DeserializeOwned;
use toml::de::{DeTable, DeValue};

use super::problem::Problem;

/// A file and the value it holds.
pub(super) struct Parsed<'a, V> {
    /// The file.
    pub document: Document<'a>,
    /// What it says.
    pub value: V,
}

impl<V> Parsed<'_, V> {
    /// A fault at a place in this file.
    pub fn problem(&self, place: &str, message: impl Into<String>) -> Problem {
        Problem::new(self.document.file, self.document.line(place), message)
    }

    /// The file's name without folder and extension.
    pub fn stem(&self) -> &str {
        let name = self.document.file.rsplit('/').next().unwrap_or_default();
        stem(name).unwrap_or(name)
    }
}

/// A file and its tree.
pub(super) struct Document<'a> {
    file: &'a str,
    text: &'a str,
    tree: DeTable<'a>,
}

impl Document<'_> {
    /// The line of a place such as `name.1.valid_from` (the second `[[name]]`); of the nearest thing that exists
    /// above it, if it does not.
    fn line(&self, place: &str) -> usize {
        let mut steps = place.split('.');
        let mut offset = 0;
        let Some((key, mut value)) = steps.next().and_then(|step| self.tree.get_key_value(step)) else {
            return 1;
        };
        if !matches!(value.get_ref(), DeValue::Array(_)) {
            offset = key.span().start;
        }
        for step in steps {
            let next = match value.get_ref() {
                DeValue::Array(items) => step.parse().ok().and_then(|i: usize| items.get(i)),
                DeValue::Table(table) => table.get(step),
                _ => None,
            };
            let Some(next) = next else { break };
            value = next;
            offset = value.span().start;
        }
        line_at(self.text, offset)
    }
}

/// Parses a file into the value it should hold.
pub(super) fn parse<'a, V: DeserializeOwned>(file: &'a str, text: &'a str) -> Result<Parsed<'a, V>, Problem> {
    let fault = |error: toml::de::Error| {
        let offset = error.span().map_or(0, |span| span.start);
        Problem::of_toml(file, line_at(text, offset), &error)
    };
    let tree = DeTable::parse(text).map_err(fault)?.into_inner();
    let value = toml::from_str(text).map_err(fault)?;
    Ok(Parsed {
        document: Document { file, text, tree },
        value,
    })
}

/// `so-y-te` of `so-y-te.toml`; nothing for other extensions and for folders further down.
pub(super) fn stem(name: &str) -> Option<&str> {
    name.strip_suffix(".toml")
        .filter(|stem| !stem.is_empty() && !stem.contains('/'))
}

fn line_at(text: &str, offset: usize) -> usize {
    let before = text.as_bytes().get(..offset).unwrap_or(text.as_bytes());
    before.iter().filter(|byte| **byte == b'\n').count() + 1
}
