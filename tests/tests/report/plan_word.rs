//! Word files opened again: parts of the archive, texts of their paragraphs.

use std::io::{Cursor, Read};

use quick_xml::events::Event;

/// The texts of a part of a Word file, paragraph by paragraph.
pub(super) fn paragraphs(file: &[u8], part: &str) -> Vec<String> {
    let xml = self::part(file, part);
    let mut reader = quick_xml::Reader::from_str(&xml);
    let (mut all, mut open) = (Vec::new(), false);
    let mut text = String::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) if tag.name().as_ref() == b"w:t" => open = true,
            Event::End(tag) if tag.name().as_ref() == b"w:t" => open = false,
            Event::Text(words) if open => text.push_str(&words.decode().unwrap()),
            Event::GeneralRef(name) if open => {
                let name = name.decode().unwrap();
                let entity = quick_xml::escape::resolve_predefined_entity(&name);
                text.push_str(entity.expect("a known entity"));
            }
            Event::End(tag) if tag.name().as_ref() == b"w:p" => all.push(std::mem::take(&mut text)),
            Event::Eof => return all,
            _ => {}
        }
    }
}

/// One part of it, as it stands.
pub(super) fn part(file: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(file)).unwrap();
    let mut xml = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut xml).unwrap();
    xml
}
