//! Names of measures inside a sentence.

/// The same words with a small first letter: "Cuộc thi" in the middle of a sentence.
pub(super) fn lower(words: &str) -> String {
    let mut letters = words.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    #[test]
    fn only_the_first_letter_changes() {
        assert_eq!(super::lower("Tài liệu trên Internet"), "tài liệu trên Internet");
        assert_eq!(super::lower("Ấn phẩm"), "ấn phẩm");
        assert_eq!(super::lower(""), "");
    }
}
