//! An answer of oEmbed 1.0, as JSON and as XML.

use std::io::Result;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, Event};
use serde_json::json;

use crate::xml::text;

/// The frame of a page that may be embedded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OembedFrame {
    /// What to put into the page.
    pub html: String,
    /// CSS pixels.
    pub width: u32,
    /// CSS pixels.
    pub height: u32,
}

/// What a page is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Oembed {
    /// Its title.
    pub title: String,
    /// The agency.
    pub author: String,
    /// Its section (absolute).
    pub author_url: String,
    /// The service.
    pub provider: String,
    /// Its front page (absolute).
    pub provider_url: String,
    /// Its frame; without one it is a link.
    pub frame: Option<OembedFrame>,
}

/// Seconds for which it may be kept.
const KEPT: u32 = 3600;

impl Oembed {
    fn said(&self) -> Vec<(&'static str, String)> {
        let mut said = vec![
            ("version", "1.0".to_owned()),
            (
                "type",
                if self.frame.is_some() { "rich" } else { "link" }.to_owned(),
            ),
            ("title", self.title.clone()),
            ("author_name", self.author.clone()),
            ("author_url", self.author_url.clone()),
            ("provider_name", self.provider.clone()),
            ("provider_url", self.provider_url.clone()),
        ];
        if let Some(frame) = &self.frame {
            said.push(("html", frame.html.clone()));
        }
        said
    }

    fn numbers(&self) -> Vec<(&'static str, u32)> {
        let mut numbers = vec![("cache_age", KEPT)];
        if let Some(frame) = &self.frame {
            numbers.extend([("width", frame.width), ("height", frame.height)]);
        }
        numbers
    }
}

/// As JSON.
#[must_use]
pub fn json(answer: &Oembed) -> Vec<u8> {
    let mut object = serde_json::Map::new();
    for (name, value) in answer.said() {
        object.insert(name.to_owned(), json!(value));
    }
    for (name, value) in answer.numbers() {
        object.insert(name.to_owned(), json!(value));
    }
    serde_json::Value::Object(object).to_string().into_bytes()
}

/// As XML.
///
/// # Errors
/// Where the writer fails, which writing into memory does not.
pub fn xml(answer: &Oembed) -> Result<Vec<u8>> {
    let mut writer = Writer::new(Vec::new());
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), Some("yes"))))?;
    writer.create_element("oembed").write_inner_content(|writer| {
        for (name, value) in answer.said() {
            text(writer, name, &value)?;
        }
        for (name, value) in answer.numbers() {
            text(writer, name, &value.to_string())?;
        }
        Ok(())
    })?;
    Ok(writer.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_say_the_same() {
        let answer = Oembed {
            title: "Đăng ký <khai sinh> & nhận con".into(),
            author: "Sở Tư pháp".into(),
            author_url: "https://a.example/so-tu-phap/".into(),
            provider: "PBGDPL".into(),
            provider_url: "https://a.example/".into(),
            frame: Some(OembedFrame {
                html: "<iframe src=\"https://b.example/k/1/\"></iframe>".into(),
                width: 600,
                height: 900,
            }),
        };
        let read: serde_json::Value = serde_json::from_slice(&json(&answer)).unwrap();
        assert_eq!((&read["type"], &read["height"]), (&json!("rich"), &json!(900)));
        assert_eq!(read["title"], json!("Đăng ký <khai sinh> & nhận con"));
        let xml = String::from_utf8(xml(&answer).unwrap()).unwrap();
        assert!(
            xml.contains("<title>Đăng ký &lt;khai sinh&gt; &amp; nhận con</title>"),
            "{xml}"
        );
        assert!(
            xml.contains("<width>600</width>") && xml.contains("&lt;iframe src="),
            "{xml}"
        );
        let link = Oembed {
            frame: None,
            ..answer
        };
        let read: serde_json::Value = serde_json::from_slice(&super::json(&link)).unwrap();
        assert_eq!(
            (&read["type"], &read["html"]),
            (&json!("link"), &serde_json::Value::Null)
        );
    }
}
