//! What differs between two versions: line by line first, then word by word inside the lines that changed. Pure.

use std::collections::BTreeSet;

use pbgdpl_vietnamese::date;

use super::{Base, Content, Document};

/// A run of text in a comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// In both versions.
    Same(String),
    /// Only in the older one.
    Removed(String),
    /// Only in the newer one.
    Added(String),
}

/// One field that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldDifference {
    /// The field, as the form calls it.
    pub label: &'static str,
    /// Its text, older and newer woven together.
    pub pieces: Vec<Piece>,
}

/// Largest table of a comparison; longer texts are shown as wholly replaced.
const CELLS_MAX: usize = 4_000_000;

/// The fields in which two contents differ. `name_of` says a field of law, an audience or an item in words.
#[must_use]
pub fn between(old: &Content, new: &Content, name_of: impl Fn(&str) -> String) -> Vec<FieldDifference> {
    let words = |ids: &[String]| ids.iter().map(|id| name_of(id)).collect::<Vec<_>>().join(", ");
    let alt = |content: &Content| content.picture.as_ref().map_or(String::new(), |p| p.alt.clone());
    let (old_original, new_original) = originals(old, new, &name_of);
    let pairs = [
        ("Tên bài", old.title.clone(), new.title.clone()),
        ("Một câu nói hết ý", old.summary.clone(), new.summary.clone()),
        (
            "Văn bản được giới thiệu",
            document(old.document.as_ref()),
            document(new.document.as_ref()),
        ),
        ("Nội dung", old.body.clone(), new.body.clone()),
        ("Căn cứ pháp lý", bases(&old.bases), bases(&new.bases)),
        ("Lĩnh vực", words(&old.fields), words(&new.fields)),
        ("Đối tượng", words(&old.audiences), words(&new.audiences)),
        ("Ảnh", alt(old), alt(new)),
        ("Nguồn", old.source.clone(), new.source.clone()),
        (
            "Ngôn ngữ",
            old.language.label().to_owned(),
            new.language.label().to_owned(),
        ),
        ("Dịch từ bài", old_original, new_original),
        ("Bản gốc ở", copied(old), copied(new)),
    ];
    pairs
        .into_iter()
        .filter(|(_, old, new)| old != new)
        .map(|(label, old, new)| FieldDifference {
            label,
            pieces: of_text(&old, &new),
        })
        .collect()
}

/// The items that were translated, by title; with their ids where two have one title, for they differ.
fn originals(old: &Content, new: &Content, name_of: impl Fn(&str) -> String) -> (String, String) {
    let id = |content: &Content| content.translates.map_or(String::new(), |id| id.to_string());
    let named = |id: &str| if id.is_empty() { String::new() } else { name_of(id) };
    let (old, new) = (id(old), id(new));
    let (old_name, new_name) = (named(&old), named(&new));
    if old_name == new_name && old != new {
        return (format!("{old_name} ({old})"), format!("{new_name} ({new})"));
    }
    (old_name, new_name)
}

fn copied(content: &Content) -> String {
    content.copied.as_ref().map_or(String::new(), |copied| {
        let how = if copied.verbatim {
            " (sao nguyên văn)"
        } else {
            ""
        };
        format!("{}{how}", copied.from.as_str())
    })
}

/// Weaves two texts together.
#[must_use]
pub fn of_text(old: &str, new: &str) -> Vec<Piece> {
    let old_lines: Vec<&str> = old.split_inclusive('\n').collect();
    let new_lines: Vec<&str> = new.split_inclusive('\n').collect();
    let mut woven = Weave::default();
    for run in runs(&old_lines, &new_lines) {
        match run {
            Run::Same(text) => woven.same(text),
            Run::Changed(old, new) => {
                let (old, new) = (old.concat(), new.concat());
                for run in runs(&tokens(&old), &tokens(&new)) {
                    match run {
                        Run::Same(text) => woven.same(text),
                        Run::Changed(old, new) => woven.changed(&old.concat(), &new.concat()),
                    }
                }
            }
        }
    }
    woven.finish()
}

impl FieldDifference {
    /// With long equal runs cut to `around` characters beside each change.
    #[must_use]
    pub fn shortened(self, around: usize) -> Self {
        let last = self.pieces.len().saturating_sub(1);
        let cut = |at: usize, text: &str| {
            let length = text.chars().count();
            if length <= around * 3 {
                return text.to_owned();
            }
            let head: String = text.chars().take(around).collect();
            let tail: String = text.chars().skip(length - around).collect();
            match (at == 0, at == last) {
                (true, _) => format!("… {tail}"),
                (false, true) => format!("{head} …"),
                (false, false) => format!("{head} … {tail}"),
            }
        };
        let pieces = self.pieces.iter().enumerate().map(|(at, piece)| match piece {
            Piece::Same(text) => Piece::Same(cut(at, text)),
            changed => changed.clone(),
        });
        Self {
            label: self.label,
            pieces: pieces.collect(),
        }
    }
}

/// Tokens in a row that are equal, or that stand in place of each other.
enum Run<'a> {
    Same(&'a str),
    Changed(Vec<&'a str>, Vec<&'a str>),
}

/// The longest common subsequence as runs: equal heads and tails aside, then the classic table.
fn runs<'a>(old: &[&'a str], new: &[&'a str]) -> Vec<Run<'a>> {
    let head = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let old_rest = old.get(head..).unwrap_or_default();
    let new_rest = new.get(head..).unwrap_or_default();
    let tail = old_rest
        .iter()
        .rev()
        .zip(new_rest.iter().rev())
        .take_while(|(a, b)| a == b)
        .count();
    let old_middle = old_rest.get(..old_rest.len() - tail).unwrap_or_default();
    let new_middle = new_rest.get(..new_rest.len() - tail).unwrap_or_default();
    let equal = |tokens: Option<&[&'a str]>| {
        let tokens = tokens.unwrap_or_default().iter();
        tokens.map(|token| Run::Same(token)).collect::<Vec<_>>()
    };
    let mut all = equal(old.get(..head));
    all.extend(middle(old_middle, new_middle));
    all.extend(equal(old.get(old.len() - tail..)));
    all
}

fn middle<'a>(old: &[&'a str], new: &[&'a str]) -> Vec<Run<'a>> {
    if old.is_empty() && new.is_empty() {
        return Vec::new();
    }
    let common = if old.len().saturating_mul(new.len()) > CELLS_MAX {
        Vec::new()
    } else {
        common(old, new)
    };
    let mut all = Vec::new();
    let (mut i, mut j) = (0, 0);
    for (next_i, next_j) in common.into_iter().chain([(old.len(), new.len())]) {
        let gone = old.get(i..next_i).unwrap_or_default().to_vec();
        let come = new.get(j..next_j).unwrap_or_default().to_vec();
        if !gone.is_empty() || !come.is_empty() {
            all.push(Run::Changed(gone, come));
        }
        all.extend(old.get(next_i).map(|token| Run::Same(token)));
        (i, j) = (next_i + 1, next_j + 1);
    }
    all
}

/// Positions of the longest common subsequence.
fn common(old: &[&str], new: &[&str]) -> Vec<(usize, usize)> {
    let width = new.len() + 1;
    let mut table = vec![0_u32; (old.len() + 1) * width];
    let read = |table: &[u32], i: usize, j: usize| table.get(i * width + j).copied().unwrap_or(0);
    for (i, a) in old.iter().enumerate().rev() {
        for (j, b) in new.iter().enumerate().rev() {
            let longest = if a == b {
                read(&table, i + 1, j + 1) + 1
            } else {
                read(&table, i + 1, j).max(read(&table, i, j + 1))
            };
            if let Some(cell) = table.get_mut(i * width + j) {
                *cell = longest;
            }
        }
    }
    let mut found = Vec::new();
    let (mut i, mut j) = (0, 0);
    while let (Some(a), Some(b)) = (old.get(i), new.get(j)) {
        if a == b {
            found.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if read(&table, i + 1, j) >= read(&table, i, j + 1) {
            i += 1;
        } else {
            j += 1;
        }
    }
    found
}

/// Words, white space, and single marks.
fn tokens(text: &str) -> Vec<&str> {
    let kind = |c: char| -> u8 {
        match c {
            c if c.is_alphanumeric() => 0,
            // Marks of letters that have no composed form belong to their word.
            '\u{300}'..='\u{36f}' => 0,
            c if c.is_whitespace() => 1,
            _ => 2,
        }
    };
    let mut all = Vec::new();
    let mut start = 0;
    let mut before = None;
    for (at, c) in text.char_indices() {
        let now = kind(c);
        if before.is_some_and(|before| before != now || now == 2) {
            all.extend(text.get(start..at));
            start = at;
        }
        before = Some(now);
    }
    all.extend(text.get(start..).filter(|rest| !rest.is_empty()));
    all
}

/// Joins neighbours of a kind; a mere space between two changes belongs to both, so that sentences change, not letters.
#[derive(Default)]
struct Weave {
    pieces: Vec<Piece>,
    removed: String,
    added: String,
    space: String,
}

impl Weave {
    fn same(&mut self, text: &str) {
        let changing = !self.removed.is_empty() || !self.added.is_empty();
        if changing && text.trim().is_empty() && !text.contains('\n') {
            self.space.push_str(text);
            return;
        }
        self.settle();
        match self.pieces.last_mut() {
            Some(Piece::Same(last)) => last.push_str(text),
            _ => self.pieces.push(Piece::Same(text.to_owned())),
        }
    }

    fn changed(&mut self, old: &str, new: &str) {
        let space = std::mem::take(&mut self.space);
        self.removed.push_str(&space);
        self.removed.push_str(old);
        self.added.push_str(&space);
        self.added.push_str(new);
    }

    fn settle(&mut self) {
        let (removed, added) = (std::mem::take(&mut self.removed), std::mem::take(&mut self.added));
        if !removed.is_empty() {
            self.pieces.push(Piece::Removed(removed));
        }
        if !added.is_empty() {
            self.pieces.push(Piece::Added(added));
        }
        let space = std::mem::take(&mut self.space);
        if !space.is_empty() {
            self.pieces.push(Piece::Same(space));
        }
    }

    fn finish(mut self) -> Vec<Piece> {
        self.settle();
        self.pieces
    }
}

/// One basis a line, without empty ones.
fn bases(bases: &[Base]) -> String {
    let line = |base: &Base| {
        let parts = [&base.title, &base.number, &base.articles];
        let parts = parts.into_iter().filter(|part| !part.is_empty());
        parts.map(String::as_str).collect::<Vec<_>>().join(", ")
    };
    let lines: BTreeSet<String> = bases.iter().map(line).collect();
    lines.into_iter().collect::<Vec<_>>().join("\n")
}

fn document(document: Option<&Document>) -> String {
    let Some(document) = document else {
        return String::new();
    };
    let day = |day: Option<chrono::NaiveDate>| day.map(date::dmy).unwrap_or_default();
    let lines = [
        ("Loại", document.kind.clone()),
        ("Số, ký hiệu", document.number.clone()),
        ("Cơ quan ban hành", document.issuer.clone()),
        ("Ngày ban hành", day(document.issued)),
        ("Có hiệu lực từ", day(document.effective)),
        ("Hết hiệu lực sau ngày", day(document.expires)),
        ("Liên quan đến", document.affected.clone()),
        ("Bản chính thức", document.source_url.clone()),
    ];
    let lines = lines.into_iter().filter(|(_, value)| !value.is_empty());
    lines
        .map(|(label, value)| format!("{label}: {value}"))
        .collect::<Vec<_>>()
        .join("\n")
}

#[cfg(test)]
#[path = "difference/tests.rs"]
mod tests;
