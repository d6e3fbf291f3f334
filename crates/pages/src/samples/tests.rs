//! Reads every sample as a visitor, a screen reader and the browser's policy would.

use std::collections::BTreeSet;

use scraper::{ElementRef, Html, Selector};

use super::{Sample, all};
use crate::icon::ICONS;

/// Words of ours and English leftovers; none may stand where a person reads.
const FORBIDDEN: [&str; 22] = [
    "tenant",
    "slug",
    "token",
    "embed",
    "login",
    "password",
    "email",
    "submit",
    "search",
    "home",
    "page",
    "error",
    "loading",
    "dashboard",
    "upload",
    "click",
    "the",
    "and",
    "admin",
    "feed",
    "none",
    "some",
];

fn select<'a>(page: &'a Html, css: &str) -> Vec<ElementRef<'a>> {
    page.select(&Selector::parse(css).unwrap()).collect()
}

fn pages() -> Vec<(String, String, Html)> {
    let read = |sample: Sample| {
        let html = sample
            .html
            .unwrap_or_else(|error| panic!("{}: {error}", sample.name));
        let page = Html::parse_document(&html);
        (sample.name, html, page)
    };
    all().into_iter().map(read).collect()
}

fn text(element: &ElementRef) -> String {
    element.text().collect::<String>().trim().to_owned()
}

#[test]
fn every_page_says_its_language_and_its_name() {
    for (name, _, page) in pages() {
        assert_eq!(page.root_element().attr("lang"), Some("vi"), "{name}");
        assert_eq!(select(&page, "h1").len(), 1, "{name}: one h1");
        assert_eq!(
            select(&page, "main#chinh").len(),
            1,
            "{name}: one main, for the skip link"
        );
        assert!(!text(&select(&page, "h1")[0]).is_empty(), "{name}: empty h1");
        assert!(text(&select(&page, "title")[0]).len() > 5, "{name}: title");
        let levels: Vec<u32> = select(&page, "h1,h2,h3,h4")
            .iter()
            .map(|h| h.value().name()[1..].parse().unwrap())
            .collect();
        assert!(
            levels.windows(2).all(|pair| pair[1] <= pair[0] + 1),
            "{name}: headings skip a level: {levels:?}"
        );
    }
}

#[test]
fn nothing_that_the_policy_forbids() {
    for (name, html, page) in pages() {
        assert!(
            select(
                &page,
                "script:not([src]):not([type='application/ld+json']), style, [style], iframe:not(.preview), object, base[href]"
            )
            .is_empty(),
            "{name}: inline style or script"
        );
        let handlers = page
            .tree
            .values()
            .filter_map(|node| node.as_element())
            .flat_map(|e| e.attrs())
            .filter(|(key, _)| key.starts_with("on"));
        assert_eq!(handlers.count(), 0, "{name}: an event handler");
        assert!(
            !html.contains("javascript:") && !html.contains("=\"data:"),
            "{name}: an address that the policy forbids"
        );
    }
}

#[test]
fn links_pictures_and_fields_have_words() {
    for (name, _, page) in pages() {
        for link in select(&page, "a[href]") {
            assert!(
                !text(&link).is_empty(),
                "{name}: a link without words: {}",
                link.html()
            );
            let href = link.attr("href").unwrap();
            assert!(
                !href.is_empty() && href != "#",
                "{name}: “{}” leads nowhere",
                text(&link)
            );
            if let Some(anchor) = href.strip_prefix('#') {
                assert!(
                    !select(&page, &format!("[id='{anchor}']")).is_empty(),
                    "{name}: no #{anchor}"
                );
            }
        }
        for picture in select(&page, "img") {
            assert!(
                picture.attr("alt").is_some_and(|alt| !alt.is_empty()),
                "{name}: {}",
                picture.html()
            );
            assert!(
                picture.attr("width").is_some() && picture.attr("height").is_some(),
                "{name}: a picture that shifts the page"
            );
        }
        for field in select(
            &page,
            "input:not([type=hidden]):not([type=radio]):not([type=checkbox]), select, textarea",
        ) {
            let id = field.attr("id").unwrap_or_default();
            assert_eq!(
                select(&page, &format!("label[for='{id}']")).len(),
                1,
                "{name}: {} has no label",
                field.html()
            );
        }
        for button in select(&page, "button") {
            assert!(!text(&button).is_empty(), "{name}: a button without words");
        }
    }
}

#[test]
fn ids_are_unique_and_references_resolve() {
    for (name, _, page) in pages() {
        let mut seen = BTreeSet::new();
        for element in select(&page, "[id]") {
            let id = element.attr("id").unwrap();
            assert!(
                !id.is_empty() && seen.insert(id),
                "{name}: id “{id}” twice or empty"
            );
        }
        for element in select(&page, "[aria-labelledby],[aria-describedby]") {
            let ids = [element.attr("aria-labelledby"), element.attr("aria-describedby")];
            for id in ids.into_iter().flatten().flat_map(str::split_whitespace) {
                assert!(seen.contains(id), "{name}: nothing is called “{id}”");
            }
        }
    }
}

#[test]
fn only_vietnamese_and_no_words_of_ours() {
    for (name, _, page) in pages() {
        // What is there to be pasted into another page is not read.
        let read = page.tree.nodes().filter(|node| {
            let around = node.parent().and_then(|parent| parent.value().as_element());
            around.is_none_or(|element| element.attr("readonly").is_none())
        });
        let shown = read.filter_map(|node| node.value().as_text().map(|text| text.to_string()));
        let shown: String = shown.collect::<Vec<_>>().join(" ");
        let spoken = page
            .tree
            .values()
            .filter_map(|node| node.as_element())
            .flat_map(|e| e.attrs());
        let spoken = spoken
            .filter(|(key, _)| matches!(*key, "alt" | "aria-label" | "placeholder" | "title"))
            .map(|(_, value)| value);
        let spoken: String = spoken.collect::<Vec<_>>().join(" ");
        for text in [shown, spoken].iter().flat_map(|text| text.split_whitespace()) {
            // Addresses and e-mail are not words.
            if text.contains("://") || text.contains('@') {
                continue;
            }
            for word in text.to_lowercase().split(|c: char| !c.is_alphanumeric()) {
                assert!(!FORBIDDEN.contains(&word), "{name}: “{text}” on the screen");
            }
        }
    }
}

#[test]
fn no_value_prints_as_a_hole() {
    for (name, html, page) in pages() {
        // Recipes that are handed out say it themselves, in the tongues of Apache and PowerShell.
        let html = ["Options None", "AllowOverride None", "FileShare]::None"]
            .iter()
            .fold(html.clone(), |html, own| html.replace(own, ""));
        for hole in ["None", "Some(", "{{", "}}", "{%", "href=\"\"", "src=\"\""] {
            assert!(!html.contains(hole), "{name}: {hole}");
        }
        for element in select(&page, "dd, dt, h2, h3, caption, th, li, p, legend, label") {
            let drawn = element
                .select(&Selector::parse("svg, img, input, table").unwrap())
                .count()
                > 0;
            assert!(
                drawn || !text(&element).is_empty(),
                "{name}: an empty <{}>",
                element.value().name()
            );
        }
        for style in select(&page, "link[rel=stylesheet], link[rel=icon], link[rel=preload]") {
            let href = style.attr("href").unwrap();
            let path = href.trim_start_matches('.');
            assert!(crate::assets::lookup(path).is_some(), "{name}: no asset {href}");
        }
    }
}

#[test]
fn icons_named_in_templates_exist() {
    let known = |name: &str| ICONS.iter().any(|(known, _)| *known == name);
    assert!(
        ICONS.windows(2).all(|pair| pair[0].0 < pair[1].0),
        "the table is alphabetical"
    );
    for (name, html, _) in pages() {
        assert!(
            !html.contains("focusable=\"false\"></svg>"),
            "{name}: an icon that draws nothing"
        );
    }
    assert!(known("search") && !known("no-such-icon"));
}
