//! One form for text that people type in many: without marks for search and addresses, tidy for names.

use unicode_normalization::UnicodeNormalization;

/// Returns the text in lower case without Vietnamese marks: `Đất đai` becomes `dat dai`. Everything else stays.
pub fn fold(text: &str) -> String {
    text.chars()
        .flat_map(char::to_lowercase)
        .nfd()
        .filter(|mark| !('\u{0300}'..='\u{036F}').contains(mark))
        .map(|letter| if is_stroked_d(letter) { 'd' } else { letter })
        .collect()
}

/// Returns the text as it is stored and shown: NFC, straight apostrophes (names as `Ya H'Nêng`), single spaces, no
/// space at the ends, none of the invisible characters that come along from word processors.
pub fn normalise(text: &str) -> String {
    let straight: String = text
        .nfc()
        .filter(|letter| !is_invisible(*letter))
        .map(|letter| if is_apostrophe(letter) { '\'' } else { letter })
        .collect();
    straight.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Lower-case đ, and the letters of other alphabets that old documents carry in its place: eth (ð), African d (ɖ).
pub(crate) fn is_stroked_d(letter: char) -> bool {
    matches!(letter, 'đ' | 'ð' | 'ɖ')
}

/// Soft hyphen, zero-width space and joiner, word joiner, byte-order mark.
pub(crate) fn is_invisible(letter: char) -> bool {
    matches!(
        letter,
        '\u{00AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}'
    )
}

fn is_apostrophe(letter: char) -> bool {
    matches!(letter, '\u{2018}' | '\u{2019}' | '\u{02BC}' | '\u{00B4}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_case_disappear_the_rest_stays() {
        assert_eq!(fold("ĐẤT ĐAI"), "dat dai");
        assert_eq!(
            fold("Nghị định 15/2020/NĐ-CP, “hỏi – đáp”"),
            "nghi dinh 15/2020/nd-cp, “hoi – dap”"
        );
        assert_eq!(fold("ẶẦẪỄỖỞỰỲỴỶỸ"), "aaaeoouyyyy");
        assert_eq!(fold("Ðăk Glei, Ɖăk Tô"), "dak glei, dak to");
        assert_eq!(
            fold("Brâu, Rơ Măm, Jrai: ƀ ĕ ĭ ŏ ŭ"),
            "brau, ro mam, jrai: ƀ e i o u"
        );
    }

    #[test]
    fn composed_and_decomposed_text_fold_alike_and_only_once() {
        let text = "Phổ biến, giáo dục pháp luật ở huyện Đăk Glei: Ngọc Linh, Sa Thầy, Ia H'Drai";
        let decomposed: String = text.nfd().collect();
        assert_eq!(fold(text), fold(&decomposed));
        for text in [text, "İSTANBUL ΣΟΦΟΣ ẞ Ⅷ Ǆ", "한국"] {
            assert_eq!(fold(&fold(text)), fold(text));
        }
    }

    #[test]
    fn names_are_tidied() {
        assert_eq!(normalise("  Xã  Ia H’Drai\u{00A0}\n "), "Xã Ia H'Drai");
        assert_eq!(normalise("Sở Tư pha\u{0301}p"), "Sở Tư pháp");
        assert_eq!(normalise("\u{FEFF}Kon\u{200B} Tum"), "Kon Tum");
        assert_eq!(normalise(" \t"), "");
    }
}
