//! Pages of agencies' own sites, read for what they show of a section (EMB-07, N-30): the frame and its marks, the page's own policy,
//! links that somebody else put there. Pure: who fetches is `exchange::PageReader`.

mod frame;
mod policy;
mod strange;
#[cfg(test)]
mod tests;

use pbgdpl_model::estate::{Finding, Shows, Weight};
use scraper::{Html, Selector};
use url::Url;

/// A page as it came.
#[derive(Debug, Clone)]
pub struct Page<'a> {
    /// Its address.
    pub address: &'a Url,
    /// Its status.
    pub status: u16,
    /// Its headers, names in lower case.
    pub headers: Vec<(&'a str, &'a str)>,
    /// What was read of it.
    pub text: &'a str,
    /// There was more.
    pub cut: bool,
}

/// A key of before, and whether it still shows the section.
#[derive(Debug, Clone)]
pub struct Former {
    /// The key.
    pub key: String,
    /// Until when, dd/mm/yyyy; nothing: for ever.
    pub until: Option<String>,
    /// It still holds.
    pub holds: bool,
}

/// What the page should show.
#[derive(Debug, Clone, Default)]
pub struct Expected {
    /// Origin of EMBED.
    pub embed: String,
    /// Where the section is on PUBLIC, with the slash at its end.
    pub section: String,
    /// The site's key.
    pub key: String,
    /// Its keys of before.
    pub former: Vec<Former>,
    /// Origins that it lists.
    pub origins: Vec<String>,
    /// It is in use.
    pub open: bool,
}

/// What is found on a page.
#[must_use]
pub fn read(page: &Page<'_>, expected: &Expected) -> (Shows, Vec<Finding>) {
    if let Some(finding) = no_page(page) {
        return (Shows::Nothing, vec![finding]);
    }
    let html = Html::parse_document(page.text);
    let mut findings = Vec::new();
    if page.cut {
        findings.push(Finding::Cut);
    }
    let local = matches!(page.address.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
    if page.address.scheme() == "http" && !local {
        findings.push(Finding::NotHttps);
    }
    let hosts = strange::hosts(&html, page.address, &[&expected.embed, &expected.section]);
    if !hosts.is_empty() {
        findings.push(Finding::StrangeLinks { hosts });
    }
    let (framed, more) = frame::read(&html, page, expected);
    findings.extend(more);
    let shows = framed.unwrap_or_else(|| otherwise(&html, page, expected));
    if shows == Shows::Nothing && findings.iter().all(|finding| finding.weight() < Weight::Broken) {
        findings.push(Finding::NoSnippet);
    }
    (shows, findings)
}

fn header<'a>(page: &Page<'a>, name: &str) -> Option<&'a str> {
    let found = page.headers.iter().find(|(known, _)| *known == name);
    found.map(|(_, value)| *value)
}

/// Why it is no page to be read, where it is none.
fn no_page(page: &Page<'_>) -> Option<Finding> {
    if (300..400).contains(&page.status) {
        let to = header(page, "location").unwrap_or_default();
        let to = page.address.join(to).map_or_else(|_| to.to_owned(), String::from);
        return Some(Finding::Moved { to });
    }
    if page.status >= 400 {
        return Some(Finding::Status { code: page.status });
    }
    let kind = header(page, "content-type").unwrap_or("text/html");
    let html = kind.starts_with("text/html") || kind.starts_with("application/xhtml+xml");
    (!html).then_some(Finding::NotHtml)
}

/// How a page without a frame shows the section.
fn otherwise(html: &Html, page: &Page<'_>, expected: &Expected) -> Shows {
    let has = |selector: &str| selected(html, selector).next().is_some();
    let leads = |selector: &str| {
        selected(html, selector)
            .filter_map(|element| element.attr("href"))
            .filter_map(|href| page.address.join(href).ok())
            .any(|url| url.as_str().starts_with(&expected.section))
    };
    if has("section.pbgdpl, .pbgdpl-khung") {
        Shows::Fragment
    } else if leads("link[rel=canonical]") {
        Shows::Mount
    } else if leads("a[href]") {
        Shows::Link
    } else {
        Shows::Nothing
    }
}

/// The elements that a selector of ours finds.
fn selected<'a>(html: &'a Html, selector: &str) -> impl Iterator<Item = scraper::ElementRef<'a>> {
    let selector = Selector::parse(selector).ok();
    let found: Vec<_> = selector
        .iter()
        .flat_map(|selector| html.select(selector))
        .collect();
    found.into_iter()
}
