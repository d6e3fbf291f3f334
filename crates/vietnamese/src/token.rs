//! The words of a text as search sees them: every syllable, and every document number also as one word.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::citation;
use crate::fold::{fold, is_invisible, is_stroked_d};
use crate::tone::{one_i, place_tone};

/// Returns the words without marks, for finding: `Đất đai` gives `dat`, `dai`. Same length and order as
/// [`exact_tokens`], so that both may be indexed side by side.
pub fn syllables(text: &str) -> Vec<String> {
    exact_tokens(text).iter().map(|token| fold(token)).collect()
}

/// Returns the words with their marks, for ranking what was typed with marks: lower case, NFC, tone mark and i/y at
/// one spelling (SRC-03).
///
/// A document number gives its parts and, after them, its key as one word: `15/2020/NĐ-CP` gives `15`, `2020`, `nđ`,
/// `cp`, `15/2020/nd-cp`. A word with a slash is therefore an extra: rank by it, do not require it, for who types half
/// a number means to find it too.
pub fn exact_tokens(text: &str) -> Vec<String> {
    let text: String = text
        .chars()
        .filter(|letter| !is_invisible(*letter))
        .nfc()
        .collect();
    let mut citations = citation::find_in(&text).into_iter().peekable();
    let mut tokens = Vec::new();
    for (start, word) in words(&text) {
        tokens.push(exact(word));
        let end = start + word.len();
        if let Some(found) = citations.next_if(|found| found.range.end <= end) {
            tokens.push(found.number.key());
        }
    }
    tokens
}

/// The runs of letters, digits and the marks behind them, with the place where each starts.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let belongs = |sign: char| sign.is_alphanumeric() || is_combining_mark(sign);
    let runs = text.split(move |sign| !belongs(sign)).scan(0, |next, run| {
        let start = *next;
        let separator = text.get(start + run.len()..).and_then(|rest| rest.chars().next());
        *next = start + run.len() + separator.map_or(0, char::len_utf8);
        Some((start, run))
    });
    runs.filter(|(_, run)| run.contains(char::is_alphanumeric))
}

fn exact(word: &str) -> String {
    let lower: String = word
        .chars()
        .flat_map(char::to_lowercase)
        .map(|letter| if is_stroked_d(letter) { 'đ' } else { letter })
        .collect();
    one_i(&place_tone(&lower))
}

#[cfg(test)]
mod tests;
