//! Atom (RFC 4287).

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, Event};

use super::{Feed, FeedEntry, said};
use crate::xml::{content, legal, text};

type Out = Writer<Vec<u8>>;

/// The feed as an Atom document, `application/atom+xml`.
///
/// # Errors
/// Never in practice: it writes into memory.
pub fn atom(feed: &Feed) -> std::io::Result<Vec<u8>> {
    let mut out = Writer::new(Vec::with_capacity(16 * 1024));
    out.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    let root = [
        ("xmlns", "http://www.w3.org/2005/Atom"),
        ("xml:lang", said(feed.language)),
    ];
    out.create_element("feed")
        .with_attributes(root)
        .write_inner_content(|out| {
            text(out, "id", &feed.id)?;
            text(out, "title", &feed.title)?;
            text(out, "subtitle", &feed.subtitle)?;
            text(out, "updated", &feed.updated)?;
            link(out, "alternate", "text/html", &feed.home)?;
            link(out, "self", "application/atom+xml", &feed.address)?;
            feed.entries
                .iter()
                .try_for_each(|one| entry(out, one, said(feed.language)))
        })?;
    Ok(out.into_inner())
}

fn entry(out: &mut Out, entry: &FeedEntry, around: &str) -> std::io::Result<()> {
    let element = out.create_element("entry");
    let language = said(entry.language);
    let element = if language == around {
        element
    } else {
        element.with_attribute(("xml:lang", language))
    };
    element.write_inner_content(|out| {
        text(out, "id", &entry.id)?;
        text(out, "title", &entry.title)?;
        text(out, "published", &entry.published)?;
        text(out, "updated", &entry.updated)?;
        out.create_element("author")
            .write_inner_content(|out| text(out, "name", &entry.author))?;
        link(out, "alternate", "text/html", &entry.address)?;
        for word in &entry.categories {
            out.create_element("category")
                .with_attribute(("term", legal(word).as_str()))
                .write_empty()?;
        }
        text(out, "summary", &entry.summary)?;
        if let Some(html) = &entry.html {
            out.create_element("content")
                .with_attribute(("type", "html"))
                .write_text_content(content(html))?;
        }
        Ok(())
    })?;
    Ok(())
}

fn link(out: &mut Out, rel: &str, kind: &str, href: &str) -> std::io::Result<()> {
    out.create_element("link")
        .with_attributes([("rel", rel), ("type", kind), ("href", legal(href).as_str())])
        .write_empty()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use quick_xml::Reader;
    use quick_xml::events::Event;

    use super::*;

    #[test]
    fn is_well_formed_and_escaped() {
        let entry = FeedEntry {
            id: "urn:pbgdpl:7h3q".into(),
            title: "Đất & nước \u{8}<b>".into(),
            html: Some("<p>Một & hai</p>".into()),
            categories: vec!["Tin, bài".into()],
            language: "bdq",
            ..FeedEntry::default()
        };
        let feed = Feed {
            id: "urn:uuid:1".into(),
            entries: vec![entry],
            ..Feed::default()
        };
        let xml = String::from_utf8(atom(&feed).unwrap()).unwrap();
        assert!(xml.contains("<title>Đất &amp; nước &lt;b&gt;</title>"), "{xml}");
        assert!(xml.contains("xml:lang=\"vi\"") && xml.contains("<entry xml:lang=\"bdq\">"));
        assert!(xml.contains("<content type=\"html\">&lt;p&gt;Một &amp; hai&lt;/p&gt;</content>"));
        let mut reader = Reader::from_str(&xml);
        while !matches!(reader.read_event().unwrap(), Event::Eof) {}
    }
}
