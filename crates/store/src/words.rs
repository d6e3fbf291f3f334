//! The words of a text as both search engines index them: one token a word, letters and digits only.

use pbgdpl_vietnamese::token;

/// Folded words, for finding.
pub(crate) fn folded(text: &str) -> Vec<String> {
    token::syllables(text).into_iter().map(plain).collect()
}

/// Words with their marks, for ranking.
pub(crate) fn exact(text: &str) -> Vec<String> {
    token::exact_tokens(text).into_iter().map(plain).collect()
}

/// A document's number is one token ("15/2020/nd-cp"); the two engines would cut it in different places.
fn plain(word: String) -> String {
    if word.chars().all(char::is_alphanumeric) {
        return word;
    }
    word.chars().filter(|c| c.is_alphanumeric()).collect()
}
