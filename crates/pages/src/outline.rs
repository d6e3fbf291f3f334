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

/// What a link says that opens beside the page.
const BESIDE: &str = "<span class=\"hide\"> (thẻ mới)</span>";

/// The same text for a frame: what leads out of it opens beside the agency's page, and says so. Expects HTML that has been cleaned
/// (`model::markdown`): every attribute stands in double quotes.
#[must_use]
pub fn leading_beside(html: &str) -> String {
    let mut out = String::with_capacity(html.len() + 64);
    let mut rest = html;
    let mut leaves = false;
    while let Some((words, tag)) = rest.find('<').and_then(|at| rest.split_at_checked(at)) {
        out.push_str(words);
        let (tag, after) = first_tag(tag);
        rest = after;
        match tag.strip_prefix("<a ") {
            Some(attributes) if leads_out(attributes) => {
                leaves = true;
                out.push_str("<a target=\"_blank\" ");
                out.push_str(attributes);
            }
            _ => {
                if leaves && tag == "</a>" {
                    leaves = false;
                    out.push_str(BESIDE);
                }
                out.push_str(tag);
            }
        }
    }
    out.push_str(rest);
    out
}

fn leads_out(attributes: &str) -> bool {
    attributes.contains("href=\"https://") || attributes.contains("href=\"http://")
}

/// The tag at the beginning, and what follows it. A value may hold what would end a tag.
fn first_tag(html: &str) -> (&str, &str) {
    let mut quoted = false;
    for (at, letter) in html.char_indices() {
        match letter {
            '"' => quoted = !quoted,
            '>' if !quoted => return html.split_at_checked(at + 1).unwrap_or((html, "")),
            _ => {}
        }
    }
    (html, "")
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
    fn in_a_frame_links_open_beside_it() {
        let text = "<p>Xem <a href=\"https://vbpl.vn\" rel=\"noopener nofollow\">văn <em>bản</em></a>, \
                    <a href=\"mailto:a@b.vn\" rel=\"noopener nofollow\">thư</a>, <a href=\"#muc-1\">mục</a>.</p>";
        let beside = leading_beside(text);
        assert!(
            beside.contains(
                "<a target=\"_blank\" href=\"https://vbpl.vn\" rel=\"noopener nofollow\">văn <em>bản</em>\
                 <span class=\"hide\"> (thẻ mới)</span></a>, <a href=\"mailto:"
            ),
            "{beside}"
        );
        assert_eq!(beside.matches("_blank").count(), 1, "{beside}");
        assert_eq!(beside.matches("thẻ mới").count(), 1, "{beside}");
        for same in ["", "x", TEXT, "<a href=\"/so-a/bai/1\">x</a>"] {
            assert_eq!(leading_beside(same), same);
        }
    }

    /// A value that looks like a link is no link: nothing is put into it.
    #[test]
    fn nothing_is_put_into_a_value() {
        let text = "<a title=\"<a onmouseover=x> b\" href=\"https://vbpl.vn\">x</a><a title=\"<a b\" href=\"/c\">y</a>";
        assert_eq!(
            leading_beside(text),
            "<a target=\"_blank\" title=\"<a onmouseover=x> b\" href=\"https://vbpl.vn\">x\
             <span class=\"hide\"> (thẻ mới)</span></a><a title=\"<a b\" href=\"/c\">y</a>"
        );
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
