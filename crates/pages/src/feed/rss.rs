//! RSS 2.0 (rssboard.org), with the text in `content:encoded` and the agency in `dc:creator`.

use chrono::DateTime;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, Event};

use super::{Feed, FeedEntry, said};
use crate::xml::{content, text};

type Out = Writer<Vec<u8>>;

const ROOT: [(&str, &str); 4] = [
    ("version", "2.0"),
    ("xmlns:atom", "http://www.w3.org/2005/Atom"),
    ("xmlns:content", "http://purl.org/rss/1.0/modules/content/"),
    ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
];

/// The feed as an RSS document, `application/rss+xml`.
///
/// # Errors
/// Never in practice: it writes into memory.
pub fn rss(feed: &Feed) -> std::io::Result<Vec<u8>> {
    let mut out = Writer::new(Vec::with_capacity(16 * 1024));
    out.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    out.create_element("rss")
        .with_attributes(ROOT)
        .write_inner_content(|out| {
            out.create_element("channel")
                .write_inner_content(|out| channel(out, feed))?;
            Ok(())
        })?;
    Ok(out.into_inner())
}

fn channel(out: &mut Out, feed: &Feed) -> std::io::Result<()> {
    text(out, "title", &feed.title)?;
    text(out, "link", &feed.home)?;
    text(out, "description", &feed.subtitle)?;
    text(out, "language", said(feed.language))?;
    date(out, "lastBuildDate", &feed.updated)?;
    out.create_element("atom:link")
        .with_attributes([
            ("rel", "self"),
            ("type", "application/rss+xml"),
            ("href", &feed.address),
        ])
        .write_empty()?;
    feed.entries.iter().try_for_each(|one| item(out, one))
}

fn item(out: &mut Out, entry: &FeedEntry) -> std::io::Result<()> {
    out.create_element("item").write_inner_content(|out| {
        text(out, "title", &entry.title)?;
        text(out, "link", &entry.address)?;
        out.create_element("guid")
            .with_attribute(("isPermaLink", "false"))
            .write_text_content(content(&entry.id))?;
        date(out, "pubDate", &entry.published)?;
        text(out, "dc:creator", &entry.author)?;
        text(out, "dc:language", said(entry.language))?;
        for word in &entry.categories {
            text(out, "category", word)?;
        }
        text(out, "description", &entry.summary)?;
        if let Some(html) = &entry.html {
            text(out, "content:encoded", html)?;
        }
        Ok(())
    })?;
    Ok(())
}

/// The dates of RSS are those of letters (RFC 822, with four digits of the year).
fn date(out: &mut Out, name: &str, rfc3339: &str) -> std::io::Result<()> {
    let at = DateTime::parse_from_rfc3339(rfc3339).map_err(std::io::Error::other)?;
    text(out, name, &at.to_rfc2822())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_texts_are_those_of_the_format() {
        let entry = FeedEntry {
            id: "urn:uuid:1".into(),
            title: "Đất & nước \u{8}".into(),
            html: Some("<p>Một</p>".into()),
            published: "2020-06-15T08:00:00+07:00".into(),
            ..FeedEntry::default()
        };
        let feed = Feed {
            updated: "2020-06-15T01:00:00Z".into(),
            entries: vec![entry],
            ..Feed::default()
        };
        let xml = String::from_utf8(rss(&feed).unwrap()).unwrap();
        for part in [
            "<title>Đất &amp; nước </title>",
            "<pubDate>Mon, 15 Jun 2020 08:00:00 +0700</pubDate>",
            "<guid isPermaLink=\"false\">urn:uuid:1</guid>",
            "<content:encoded>&lt;p&gt;Một&lt;/p&gt;</content:encoded>",
        ] {
            assert!(xml.contains(part), "{part}: {xml}");
        }
    }
}
