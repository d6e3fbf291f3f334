//! Texts as XML holds them, for feeds, maps of a site, documents and workbooks.

/// The text without the signs that XML 1.0 does not allow (production [2]); what people paste has some, and one of them makes a
/// whole file unreadable.
pub(crate) fn legal(text: &str) -> String {
    text.chars().filter(|sign| is_legal(*sign)).collect()
}

fn is_legal(sign: char) -> bool {
    matches!(sign, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..)
}

#[cfg(test)]
mod tests {
    use super::legal;

    #[test]
    fn only_what_xml_does_not_allow_goes() {
        assert_eq!(
            legal("Đắk\u{0}\u{1}\u{b}\u{1f} Tô\u{fffe}\u{ffff}\t\n"),
            "Đắk Tô\t\n"
        );
        assert_eq!(legal("Bộ luật\u{85} 😀\u{7f}"), "Bộ luật\u{85} 😀\u{7f}");
    }
}
