//! Texts as XML holds them, for feeds, maps of a site, documents and workbooks.

use quick_xml::Writer;
use quick_xml::events::BytesText;

/// Writes an element that holds a text and nothing else: the one way in which what people typed comes into XML of ours.
///
/// # Errors
/// Never in practice: it writes into memory.
pub(crate) fn text(out: &mut Writer<Vec<u8>>, name: &str, value: &str) -> std::io::Result<()> {
    out.create_element(name).write_text_content(content(value))?;
    Ok(())
}

/// The same for an element that has attributes too.
pub(crate) fn content(value: &str) -> BytesText<'static> {
    BytesText::new(&legal(value)).into_owned()
}

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
    use super::{legal, text};

    #[test]
    fn a_text_is_escaped_and_legal() {
        let mut out = quick_xml::Writer::new(Vec::new());
        text(&mut out, "a", "Đất & <nước>\u{b}").unwrap();
        let written = String::from_utf8(out.into_inner()).unwrap();
        assert_eq!(written, "<a>Đất &amp; &lt;nước&gt;</a>");
    }

    #[test]
    fn only_what_xml_does_not_allow_goes() {
        assert_eq!(
            legal("Đắk\u{0}\u{1}\u{b}\u{1f} Tô\u{fffe}\u{ffff}\t\n"),
            "Đắk Tô\t\n"
        );
        assert_eq!(legal("Bộ luật\u{85} 😀\u{7f}"), "Bộ luật\u{85} 😀\u{7f}");
    }
}
