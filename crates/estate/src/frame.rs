//! The frame or the element of ours on a page: its key, its marks, whether the page lets it in.

use pbgdpl_model::estate::{Finding, Shows};
use scraper::{ElementRef, Html};
use url::Url;

use crate::policy::Policies;
use crate::{Expected, Page, selected};

/// What the frame's sandbox must let it do.
const NEEDED: [&str; 4] = [
    "allow-scripts",
    "allow-same-origin",
    "allow-forms",
    "allow-popups",
];
/// Marks whose absence is worth a word.
const MARKS: [&str; 2] = ["sandbox", "referrerpolicy"];

/// How the page frames us, and what is to be said of that; nothing where it does not.
pub(crate) fn read(html: &Html, page: &Page<'_>, expected: &Expected) -> (Option<Shows>, Vec<Finding>) {
    let Some(embed) = Url::parse(&expected.embed).ok() else {
        return (None, Vec::new());
    };
    let frames: Vec<(ElementRef<'_>, Url)> = selected(html, "iframe[src]")
        .filter_map(|frame| Some((frame, page.address.join(frame.attr("src")?).ok()?)))
        .filter(|(_, src)| src.host() == embed.host() && src.path().starts_with("/k/"))
        .collect();
    let elements: Vec<ElementRef<'_>> = selected(html, "pbgdpl-section[key]").collect();
    let of_frame_key = |(_, src): &&(ElementRef<'_>, Url)| known(key_of(src), expected);
    let of_element_key =
        |element: &&ElementRef<'_>| element.attr("key").is_some_and(|key| known(key, expected));
    // Those of this site before those of others.
    let (frame, element) = match (
        frames.iter().find(of_frame_key),
        elements.iter().find(of_element_key),
    ) {
        (Some(frame), _) => (Some(frame), None),
        (None, Some(element)) => (None, Some(element)),
        (None, None) => (frames.first(), elements.first()),
    };
    match (frame, element) {
        (Some((frame, src)), _) => (Some(Shows::Frame), of_frame(html, frame, src, page, expected)),
        (None, Some(element)) => (Some(Shows::Element), of_element(html, element, page, expected)),
        (None, None) => (None, Vec::new()),
    }
}

fn key_of(src: &Url) -> &str {
    src.path().split('/').nth(2).unwrap_or_default()
}

fn known(key: &str, expected: &Expected) -> bool {
    key == expected.key || expected.former.iter().any(|former| former.key == key)
}

fn of_frame(
    html: &Html,
    frame: &ElementRef<'_>,
    src: &Url,
    page: &Page<'_>,
    expected: &Expected,
) -> Vec<Finding> {
    let mut findings = of_key(key_of(src), page, expected);
    if src.scheme() == "http" && page.address.scheme() == "https" {
        findings.push(Finding::Mixed);
    }
    if frame.attr("title").is_none_or(|title| title.trim().is_empty()) {
        findings.push(Finding::NoTitle);
    }
    match frame.attr("sandbox") {
        Some(sandbox) => {
            let allowed: Vec<&str> = sandbox.split_whitespace().collect();
            let missing: Vec<String> = NEEDED
                .iter()
                .filter(|needed| !allowed.contains(needed))
                .map(|needed| (*needed).to_owned())
                .collect();
            if !missing.is_empty() {
                findings.push(Finding::Sandbox { missing });
            }
        }
        None => {
            let gone = MARKS.iter().filter(|mark| frame.attr(mark).is_none());
            findings.push(Finding::Stripped {
                attributes: gone.map(|mark| (*mark).to_owned()).collect(),
            });
        }
    }
    findings.extend(of_policies(html, src, page, expected));
    findings
}

fn of_element(html: &Html, element: &ElementRef<'_>, page: &Page<'_>, expected: &Expected) -> Vec<Finding> {
    let key = element.attr("key").unwrap_or_default();
    let mut findings = of_key(key, page, expected);
    if !has_loader(html, page, expected) {
        findings.push(Finding::NoLoader);
    }
    if let Ok(src) = Url::parse(&format!("{}/k/{key}/", expected.embed)) {
        findings.extend(of_policies(html, &src, page, expected));
    }
    findings
}

fn of_key(key: &str, page: &Page<'_>, expected: &Expected) -> Vec<Finding> {
    let mut findings = Vec::new();
    if let Some(former) = expected.former.iter().find(|former| former.key == key) {
        findings.push(Finding::Replaced {
            until: former.until.clone(),
            holds: former.holds,
        });
    } else if key != expected.key {
        // Whatever else is to be said belongs to another site.
        return vec![Finding::OtherKey];
    }
    if !expected.open {
        findings.push(Finding::Off);
    }
    let origin = page.address.origin().ascii_serialization();
    if !expected.origins.contains(&origin) {
        findings.push(Finding::Unlisted { origin });
    }
    findings
}

fn loaders<'a>(html: &'a Html, page: &Page<'_>, expected: &Expected) -> Vec<(ElementRef<'a>, Url)> {
    let ours = format!("{}/nhung.", expected.embed);
    selected(html, "script[src]")
        .filter_map(|script| Some((script, page.address.join(script.attr("src")?).ok()?)))
        .filter(|(_, src)| src.as_str().starts_with(&ours))
        .collect()
}

fn has_loader(html: &Html, page: &Page<'_>, expected: &Expected) -> bool {
    !loaders(html, page, expected).is_empty()
}

/// What the page's own policies say to our frame and to our loader.
fn of_policies(html: &Html, src: &Url, page: &Page<'_>, expected: &Expected) -> Vec<Finding> {
    let policies = Policies::of(html, page);
    let mut findings = Vec::new();
    if !policies.let_frame(src, page.address) {
        findings.push(Finding::PolicyFrame {
            origin: expected.embed.clone(),
        });
    }
    let refused = loaders(html, page, expected)
        .iter()
        .any(|(script, loader)| !policies.let_script(script, loader, page.address));
    if refused {
        findings.push(Finding::PolicyScript {
            origin: expected.embed.clone(),
        });
    }
    findings
}
