//! Reads the second-level headings of an item's cleaned text: contents beside a long text, panels of a leaflet.

use std::fmt::Write;

const OPEN: &str = "<h2>";
const CLOSE: &str = "</h2>";

/// A heading and its anchor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// Anchor: "muc-1".
    pub anchor: String,
    /// The words, as HTML text (escaped already).
    pub html: String,
}

/// One panel of a leaflet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Panel {
    /// Its heading, as HTML text (escaped already); empty for words before the first heading.
    pub title: String,
    /// What stands under it, clean HTML.
    pub html: String,
}

/// Gives each second-level heading an anchor and lists them. Expects HTML that has been cleaned (`model::markdown`).
#[must_use]
pub fn with_anchors(html: &str) -> (String, Vec<Heading>) {
    let mut headings = Vec::new();
    let mut out = String::with_capacity(html.len() + 64);
    let (before, sections) = sections(html);
    out.push_str(before);
    for (number, (title, rest)) in (1..).zip(sections) {
        let anchor = format!("muc-{number}");
        // Writing into a String cannot fail.
        let _ = write!(out, "<h2 id=\"{anchor}\">{title}{CLOSE}{rest}");
        headings.push(Heading {
            anchor,
            html: without_tags(title),
        });
    }
    (out, headings)
}

/// The panels of a leaflet, in reading order.
#[must_use]
pub fn panels(html: &str) -> Vec<Panel> {
    let (before, sections) = sections(html);
    let first = (!before.trim().is_empty()).then(|| Panel {
        title: String::new(),
        html: before.to_owned(),
    });
    let rest = sections.into_iter().map(|(title, html)| Panel {
        title: without_tags(title),
        html: html.to_owned(),
    });
    first.into_iter().chain(rest).collect()
}

/// Words before the first heading; then each heading with what follows it.
fn sections(html: &str) -> (&str, Vec<(&str, &str)>) {
    let mut parts = html.split(OPEN);
    let before = parts.next().unwrap_or_default();
    (
        before,
        parts
            .map(|part| part.split_once(CLOSE).unwrap_or((part, "")))
            .collect(),
    )
}

fn without_tags(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' if inside => inside = false,
            _ if !inside => out.push(c),
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "<p>Mở.</p><h2>Một &amp; <em>hai</em></h2><p>A</p><h2>Ba</h2><p>B</p>";

    #[test]
    fn headings_get_anchors() {
        let (html, headings) = with_anchors(TEXT);
        assert!(
            html.contains("<h2 id=\"muc-1\">Một &amp; <em>hai</em></h2><p>A</p><h2 id=\"muc-2\">Ba</h2>")
        );
        assert_eq!(
            headings.iter().map(|h| h.html.as_str()).collect::<Vec<_>>(),
            ["Một &amp; hai", "Ba"]
        );
        assert_eq!(with_anchors("<p>x</p>"), ("<p>x</p>".into(), vec![]));
    }

    #[test]
    fn panels_keep_all_words() {
        let panels = panels(TEXT);
        assert_eq!(
            panels.iter().map(|p| p.html.as_str()).collect::<Vec<_>>(),
            ["<p>Mở.</p>", "<p>A</p>", "<p>B</p>"]
        );
    }
}
