//! Sitemaps (sitemaps.org 0.9) and robots.txt (RFC 9309).

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, Event};

use crate::xml::{legal, text};

/// One page of a sitemap.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SitemapEntry {
    /// Its one address (absolute).
    pub address: String,
    /// Last change, a day or RFC 3339.
    pub changed: Option<String>,
    /// The same page in every language that it is in, its own too: (BCP 47, address). Empty where there is but one.
    pub languages: Vec<(&'static str, String)>,
}

/// Most addresses in one sitemap. The format allows 50,000 and 50 MB; a kept page holds 4 MB.
pub const ADDRESSES: u64 = 10_000;

const NAMESPACE: (&str, &str) = ("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9");
/// Links between languages stand in elements of XHTML.
const XHTML: (&str, &str) = ("xmlns:xhtml", "http://www.w3.org/1999/xhtml");

/// A list of sitemaps, `application/xml`: where one cannot hold all addresses.
///
/// # Errors
/// Never in practice: it writes into memory.
pub fn sitemap_index(sitemaps: &[String]) -> std::io::Result<Vec<u8>> {
    let mut out = Writer::new(Vec::with_capacity(sitemaps.len() * 100 + 200));
    out.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    let root = out.create_element("sitemapindex").with_attribute(NAMESPACE);
    root.write_inner_content(|out| {
        for address in sitemaps {
            out.create_element("sitemap")
                .write_inner_content(|out| text(out, "loc", address))?;
        }
        Ok(())
    })?;
    Ok(out.into_inner())
}

/// A sitemap, `application/xml`.
///
/// # Errors
/// Never in practice: it writes into memory.
pub fn sitemap(entries: &[SitemapEntry]) -> std::io::Result<Vec<u8>> {
    let mut out = Writer::new(Vec::with_capacity(entries.len() * 120 + 200));
    out.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    let root = out.create_element("urlset").with_attributes([NAMESPACE, XHTML]);
    root.write_inner_content(|out| {
        for entry in entries {
            out.create_element("url").write_inner_content(|out| {
                text(out, "loc", &entry.address)?;
                if let Some(changed) = &entry.changed {
                    text(out, "lastmod", changed)?;
                }
                for (language, address) in &entry.languages {
                    out.create_element("xhtml:link")
                        .with_attributes([
                            ("rel", "alternate"),
                            ("hreflang", *language),
                            ("href", legal(address).as_str()),
                        ])
                        .write_empty()?;
                }
                Ok(())
            })?;
        }
        Ok(())
    })?;
    Ok(out.into_inner())
}

/// robots.txt of a public origin: everything but searches, and where the sitemap is. Without a sitemap nothing may be read.
#[must_use]
pub fn robots(sitemap: Option<&str>) -> String {
    match sitemap {
        Some(address) => {
            format!("User-agent: *\nDisallow: /tim-kiem\nDisallow: /*/tim-kiem\n\nSitemap: {address}\n")
        }
        None => "User-agent: *\nDisallow: /\n".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_every_page_escaped() {
        let entries = [SitemapEntry {
            address: "https://a.vn/?x=1&y=2".into(),
            changed: Some("2020-11-09".into()),
            languages: vec![("bdq", "https://a.vn/?x=1&y=3".into())],
        }];
        let xml = String::from_utf8(sitemap(&entries).unwrap()).unwrap();
        assert!(
            xml.contains(
                "<url><loc>https://a.vn/?x=1&amp;y=2</loc><lastmod>2020-11-09</lastmod>\
                 <xhtml:link rel=\"alternate\" hreflang=\"bdq\" href=\"https://a.vn/?x=1&amp;y=3\"/></url>"
            ),
            "{xml}"
        );
    }

    #[test]
    fn an_index_names_every_sitemap_escaped() {
        let xml = sitemap_index(&["https://a.vn/sitemap.xml?trang=2&x=1".into()]).unwrap();
        let xml = String::from_utf8(xml).unwrap();
        assert!(
            xml.ends_with(
                "<sitemap><loc>https://a.vn/sitemap.xml?trang=2&amp;x=1</loc></sitemap></sitemapindex>"
            ),
            "{xml}"
        );
    }

    #[test]
    fn robots_name_the_sitemap_or_close_the_door() {
        assert!(robots(Some("https://a.vn/sitemap.xml")).ends_with("Sitemap: https://a.vn/sitemap.xml\n"));
        assert!(robots(None).contains("Disallow: /\n"));
    }
}
