//! Hands written values to the sections, one question per key, and collects what is wrong with them.

use std::collections::BTreeMap;

use crate::problem::Problem;
use crate::secret::Secret;
use crate::source::{Source, Value, Written};

/// The prefix of our environment variables.
pub(crate) const PREFIX: &str = "PBGDPL_";

/// A key that exists, as `(section, name)`.
pub(crate) type Key = (&'static str, &'static str);

/// A file with its line, or a variable.
type Place = (String, Option<usize>);

/// Answers the sections' questions and remembers which keys exist.
pub(crate) struct Reader {
    source: Source,
    asked: BTreeMap<Key, Option<Place>>,
}

impl Reader {
    pub fn new(source: Source) -> Self {
        Self {
            source,
            asked: BTreeMap::new(),
        }
    }

    /// Returns a text, or the default where nothing is written.
    pub fn text(&mut self, section: &'static str, key: &'static str, default: &str) -> String {
        self.parsed(section, key, default.to_owned(), |text| Ok(text.to_owned()))
    }

    /// Returns a value read from its text by `parse`, or the default; a refused value leaves the default too,
    /// which nobody sees because a refusal stops the start.
    pub fn parsed<T>(
        &mut self,
        section: &'static str,
        key: &'static str,
        default: T,
        parse: impl Fn(&str) -> Result<T, &'static str>,
    ) -> T {
        if let Some((text, place)) = self.written_text(section, key) {
            if text.trim().is_empty() {
                self.refuse_at(place, section, key, "không được để trống");
            } else {
                match parse(text.trim()) {
                    Ok(value) => return value,
                    Err(reason) => self.refuse_at(place, section, key, reason),
                }
            }
        }
        default
    }

    /// Returns a secret text where one is written; empty means unset.
    pub fn optional(&mut self, section: &'static str, key: &'static str) -> Option<String> {
        let (text, _) = self.written_text(section, key)?;
        (!text.trim().is_empty()).then(|| text.trim().to_owned())
    }

    /// Returns an optional value with credentials.
    pub fn optional_secret(&mut self, section: &'static str, key: &'static str) -> Option<Secret> {
        self.optional(section, key).map(Secret::new)
    }

    /// Returns a whole number within bounds.
    pub fn number(
        &mut self,
        section: &'static str,
        key: &'static str,
        default: u32,
        bounds: std::ops::RangeInclusive<u32>,
    ) -> u32 {
        let Some(written) = self.take(section, key) else {
            return default;
        };
        let (Value::Number(text) | Value::Text(text)) = &written.value else {
            self.refuse_kind(&written, section, key, "một số nguyên");
            return default;
        };
        match text.trim().replace('_', "").parse() {
            Ok(number) if bounds.contains(&number) => number,
            _ => {
                let reason = format!("phải là số nguyên từ {} đến {}", bounds.start(), bounds.end());
                self.refuse_at((written.place, written.line), section, key, &reason);
                default
            }
        }
    }

    /// Returns a list of values; a variable separates them with commas.
    pub fn list<T>(
        &mut self,
        section: &'static str,
        key: &'static str,
        parse: impl Fn(&str) -> Result<T, &'static str>,
    ) -> Vec<T> {
        let Some(written) = self.take(section, key) else {
            return Vec::new();
        };
        let texts = match &written.value {
            Value::List(texts) => texts.clone(),
            // Only a variable separates with commas; the file has lists of its own.
            Value::Text(text) if written.line.is_none() => {
                text.split(',').map(|item| item.trim().to_owned()).collect()
            }
            _ => {
                self.refuse_kind(&written, section, key, "một danh sách như [\"10.0.0.0/8\"]");
                return Vec::new();
            }
        };
        let mut values = Vec::new();
        for text in texts.iter().filter(|text| !text.is_empty()) {
            match parse(text) {
                Ok(value) => values.push(value),
                Err(reason) => {
                    let reason = format!("\"{text}\" {reason}");
                    self.refuse_at((written.place.clone(), written.line), section, key, &reason);
                }
            }
        }
        values
    }

    /// Adds a refusal of a key, at the place where it is written (or should be).
    pub fn refuse(&mut self, section: &'static str, key: &'static str, reason: &str) {
        let place = self.asked.get(&(section, key)).cloned().flatten();
        let place = place.unwrap_or_else(|| (variable(section, key), None));
        self.refuse_at(place, section, key, reason);
    }

    /// Refuses what no section asked for, with the nearest key that exists, and returns every problem in order.
    pub fn finish(mut self) -> (Vec<Problem>, Vec<Key>) {
        let keys: Vec<_> = self.asked.keys().copied().collect();
        let known = |section: &str| keys.iter().any(|(name, _)| *name == section);
        let mut problems = std::mem::take(&mut self.source.problems);
        for (section, (place, line)) in &self.source.sections {
            if !known(section) && !self.source.values.keys().any(|(name, _)| name == section) {
                let message = format!(
                    "không có mục [{section}]{}",
                    nearest(section, keys.iter().map(|key| key.0))
                );
                problems.push(Problem {
                    place: place.clone(),
                    line: Some(*line),
                    message,
                });
            }
        }
        for ((section, key), written) in &self.source.values {
            let wanted = format!("{section}.{key}");
            let suggestion = if known(section) {
                let siblings = keys.iter().filter(|(name, _)| *name == section.as_str());
                let near = nearest(key, siblings.map(|(_, key)| *key));
                if near.is_empty() {
                    nearest_key(&wanted, &keys)
                } else {
                    near
                }
            } else {
                nearest_key(&wanted, &keys)
            };
            let message = format!("không có khoá {wanted}{suggestion}");
            problems.push(Problem {
                place: written.place.clone(),
                line: written.line,
                message,
            });
        }
        problems.sort();
        problems.dedup();
        (problems, keys)
    }

    fn take(&mut self, section: &'static str, key: &'static str) -> Option<Written> {
        let written = self.source.values.remove(&(section.to_owned(), key.to_owned()));
        let place = written
            .as_ref()
            .map(|written| (written.place.clone(), written.line));
        self.asked.insert((section, key), place);
        written
    }

    fn written_text(&mut self, section: &'static str, key: &'static str) -> Option<(String, Place)> {
        let written = self.take(section, key)?;
        match written.value {
            Value::Text(text) => Some((text, (written.place, written.line))),
            _ => {
                self.refuse_kind(&written, section, key, "một chuỗi trong ngoặc kép");
                None
            }
        }
    }

    fn refuse_kind(&mut self, written: &Written, section: &str, key: &str, wanted: &str) {
        let found = match &written.value {
            Value::Text(_) => "chuỗi",
            Value::Number(_) => "số",
            Value::List(_) => "danh sách",
            Value::Other(kind) => kind,
        };
        let reason = format!("phải là {wanted}, không phải {found}");
        self.refuse_at((written.place.clone(), written.line), section, key, &reason);
    }

    fn refuse_at(&mut self, (place, line): Place, section: &str, key: &str, reason: &str) {
        self.source.problems.push(Problem {
            place,
            line,
            message: format!("{section}.{key}: {reason}"),
        });
    }
}

/// Returns the variable of a key: `PBGDPL_SECTION__KEY`.
pub(crate) fn variable(section: &str, key: &str) -> String {
    format!("{PREFIX}{}__{}", section.to_uppercase(), key.to_uppercase())
}

/// Returns `; ý bạn là …?` with the nearest word, or nothing.
pub(crate) fn nearest<'a>(word: &str, words: impl Iterator<Item = &'a str>) -> String {
    words
        .map(|candidate| (strsim::damerau_levenshtein(word, candidate), candidate))
        .filter(|(distance, candidate)| *distance <= 1 + candidate.len() / 4)
        .min()
        .map_or_else(String::new, |(_, candidate)| {
            format!("; ý bạn là \"{candidate}\"?")
        })
}

fn nearest_key(wanted: &str, keys: &[(&str, &str)]) -> String {
    let full: Vec<String> = keys
        .iter()
        .map(|(section, key)| format!("{section}.{key}"))
        .collect();
    let near = nearest(wanted, full.iter().map(String::as_str));
    if !near.is_empty() {
        return near;
    }
    // The right key in the wrong section.
    let bare = wanted.rsplit('.').next().unwrap_or(wanted);
    let moved = keys
        .iter()
        .find(|(_, key)| *key == bare && bare != "url" && bare != "listen");
    moved.map_or_else(String::new, |(section, key)| {
        format!("; ý bạn là \"{section}.{key}\"?")
    })
}
