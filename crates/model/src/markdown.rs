//! Markdown to HTML that cannot do harm: comrak for the text, ammonia after it, always.

use std::collections::HashSet;
use std::sync::LazyLock;

/// Raise when the rendering or the cleaning changes: stored HTML is made anew then.
pub const RENDER_VERSION: i32 = 1;

static CLEANER: LazyLock<ammonia::Builder<'static>> = LazyLock::new(|| {
    let mut builder = ammonia::Builder::default();
    // Never svg, math, style or iframe (RUSTSEC-2025-0071 and its kin need them).
    builder
        .tags(HashSet::from([
            "a",
            "blockquote",
            "br",
            "code",
            "del",
            "em",
            "h2",
            "h3",
            "h4",
            "hr",
            "li",
            "ol",
            "p",
            "pre",
            "strong",
            "sub",
            "sup",
            "table",
            "tbody",
            "td",
            "th",
            "thead",
            "tr",
            "ul",
        ]))
        .tag_attributes(std::collections::HashMap::from([
            ("a", HashSet::from(["href", "title"])),
            ("ol", HashSet::from(["start"])),
            ("th", HashSet::from(["align"])),
            ("td", HashSet::from(["align"])),
        ]))
        .generic_attributes(HashSet::new())
        .url_schemes(HashSet::from(["http", "https", "mailto"]))
        .link_rel(Some("noopener nofollow"))
        .strip_comments(true);
    builder
});

/// Renders Markdown (with tables and footnote-free GFM) to clean HTML. A first-level heading becomes a second-level one:
/// the page has its own.
#[must_use]
pub fn render(markdown: &str) -> String {
    let mut options = comrak::Options::default();
    options.extension.table = true;
    options.extension.strikethrough = true;
    options.extension.autolink = true;
    options.render.r#unsafe = false;
    let html = comrak::markdown_to_html(markdown, &options);
    clean(&html.replace("<h1>", "<h2>").replace("</h1>", "</h2>"))
}

/// Cleans HTML of foreign origin.
#[must_use]
pub fn clean(html: &str) -> String {
    CLEANER.clean(html).to_string()
}

/// The words of an HTML text, for search and previews.
#[must_use]
pub fn plain_text(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => {
                inside = true;
                text.push(' ');
            }
            '>' => inside = false,
            _ if !inside => text.push(c),
            _ => {}
        }
    }
    text.replace("&amp;", "&")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&nbsp;", " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn foreign_script_does_not_come_through() {
        for evil in [
            "<script>alert(1)</script>",
            "[x](javascript:alert(1))",
            "<img src=x onerror=alert(1)>",
            "<svg/onload=alert(1)>",
            "<a href=\"data:text/html,x\">x</a>",
            "<iframe src=//x></iframe>",
        ] {
            let html = render(evil);
            for bad in [
                "<script",
                "javascript:",
                "onerror=",
                "<svg",
                "data:text",
                "<iframe",
                "<img",
            ] {
                assert!(!html.contains(bad) || html.contains("&lt;"), "{evil} -> {html}");
            }
        }
    }

    #[test]
    fn cleaning_twice_changes_nothing() {
        let once = render("# A\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n[luật](https://vbpl.vn)");
        assert_eq!(clean(&once), once);
        assert!(once.contains("<h2>") && once.contains("<table>"));
    }
}
