//! What a webmaster pastes, one text a way.

use super::handout::{NGINX_MOUNT, filled};
use super::way::{Shown, Way};

/// What a snippet is made of.
#[derive(Debug, Clone, Default)]
pub struct Parts<'a> {
    /// Origin of EMBED.
    pub embed: &'a str,
    /// Origin of PUBLIC.
    pub public: &'a str,
    /// The agency's slug.
    pub slug: &'a str,
    /// The site's key.
    pub key: &'a str,
    /// What a screen reader says of the frame.
    pub title: &'a str,
    /// Items of this kind only; empty for all.
    pub kind: &'a str,
    /// How many; nothing for the usual number.
    pub count: Option<u64>,
    /// Id of the one item.
    pub item: &'a str,
    /// Height of the frame in CSS pixels.
    pub height: u32,
}

impl Parts<'_> {
    /// What the frame shows, inside the key's mount.
    #[must_use]
    pub fn path(&self, shown: Shown) -> String {
        match shown {
            Shown::Section => String::new(),
            Shown::List => format!("o/danh-sach{}", self.query()),
            Shown::Item => format!("bai/{}", self.item),
            Shown::Search => "o/tim-kiem".into(),
        }
    }

    /// The fragment, inside the key's mount.
    #[must_use]
    pub fn fragment(&self, shown: Shown) -> String {
        match shown {
            Shown::Item => format!("manh?bai={}", self.item),
            Shown::List => format!("manh{}", self.query()),
            Shown::Section | Shown::Search => "manh".into(),
        }
    }

    fn query(&self) -> String {
        let kind = (!self.kind.is_empty()).then(|| format!("loai={}", self.kind));
        let count = self.count.map(|count| format!("so={count}"));
        let pairs: Vec<String> = kind.into_iter().chain(count).collect();
        if pairs.is_empty() {
            String::new()
        } else {
            format!("?{}", pairs.join("&"))
        }
    }

    /// Where the link leads.
    fn page(&self, shown: Shown) -> String {
        let rest = match shown {
            Shown::Section => String::new(),
            Shown::List if self.kind.is_empty() => String::new(),
            Shown::List => format!("loai/{}", self.kind),
            Shown::Item => format!("bai/{}", self.item),
            Shown::Search => "tim-kiem".into(),
        };
        format!("{}/{}/{rest}", self.public, self.slug)
    }

    /// What is pasted.
    #[must_use]
    pub fn snippet(&self, way: Way, shown: Shown) -> String {
        let (embed, key) = (self.embed, self.key);
        match way {
            Way::Link => format!(
                "<a href=\"{}\">{}</a>",
                attribute(&self.page(shown)),
                attribute(self.title)
            ),
            Way::Frame => self.frame(shown),
            Way::Loader => format!("{}\n{}", self.frame(shown), loader(embed)),
            Way::Element => format!(
                "<pbgdpl-section key=\"{key}\" title=\"{}\"{} style=\"display: block; min-height: {}px\"><a href=\"{}\">{}</a></pbgdpl-section>\n{}",
                attribute(self.title),
                self.start(shown),
                // Room for what comes later: what stands below is not pushed away (EMB-18).
                self.height,
                attribute(&self.page(shown)),
                attribute(self.title),
                loader(embed)
            ),
            Way::Include => format!("<!--#include virtual=\"/pbgdpl/{}\" -->", self.fragment(shown)),
            Way::Php => self.php(shown),
            Way::Pack => format!("{embed}/k/{key}/goi.zip"),
            Way::Mount => filled(NGINX_MOUNT.1, self),
        }
    }

    /// What is said over what is pasted.
    #[must_use]
    pub const fn label(way: Way) -> &'static str {
        match way {
            Way::Mount => NGINX_MOUNT.0,
            Way::Pack => "Địa chỉ của gói",
            _ => "Chép nguyên đoạn này",
        }
    }

    fn frame(&self, shown: Shown) -> String {
        let src = format!("{}/k/{}/{}", self.embed, self.key, self.path(shown));
        frame(&src, self.title, ("100%", self.height))
    }

    fn start(&self, shown: Shown) -> String {
        let path = self.path(shown);
        if path.is_empty() {
            String::new()
        } else {
            format!(" trang=\"{}\"", attribute(&path))
        }
    }

    /// The line of a page that calls [`server::php`].
    fn php(&self, shown: Shown) -> String {
        let kind =
            (shown == Shown::List && !self.kind.is_empty()).then(|| format!("'loai' => '{}'", self.kind));
        let count = self.count.filter(|_| shown == Shown::List);
        let count = count.map(|count| format!("'so' => {count}"));
        let item = (shown == Shown::Item).then(|| format!("'bai' => '{}'", self.item));
        let asked: Vec<String> = [kind, count, item].into_iter().flatten().collect();
        format!(
            "<?php\nrequire_once __DIR__ . '/pbgdpl.php';\necho pbgdpl_manh([{}]);\n?>",
            asked.join(", ")
        )
    }
}

/// The frame that works alone, at a fixed height (SECURITY 5.6).
#[must_use]
pub fn snippet(embed_origin: &str, key: &str, title: &str) -> String {
    frame(&format!("{embed_origin}/k/{key}/"), title, ("100%", 900))
}

/// The frame of any page under a key; `size`: width as an attribute holds it, height in CSS pixels.
#[must_use]
pub fn frame(src: &str, title: &str, (width, height): (&str, u32)) -> String {
    let (src, title) = (attribute(src), attribute(title));
    format!(
        "<iframe src=\"{src}\" title=\"{title}\" loading=\"lazy\" referrerpolicy=\"strict-origin\" \
         sandbox=\"allow-scripts allow-forms allow-same-origin allow-popups allow-popups-to-escape-sandbox \
         allow-top-navigation-by-user-activation\" width=\"{width}\" height=\"{height}\"></iframe>"
    )
}

/// A text as an attribute in double quotes, or an element, holds it.
fn attribute(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('"', "&quot;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// The loader that gives the frame its height and follows deep links.
#[must_use]
pub fn loader(embed_origin: &str) -> String {
    format!("<script src=\"{embed_origin}/nhung.js\" async></script>")
}

/// The same with its integrity: for sites that let in no script that could change (SRI). It stays as it is today.
#[must_use]
pub fn pinned(embed_origin: &str, file: &str, integrity: &str) -> String {
    format!(
        "<script src=\"{embed_origin}/{file}\" integrity=\"{integrity}\" crossorigin=\"anonymous\" async></script>"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::embed::way::Chosen;

    fn parts() -> Parts<'static> {
        Parts {
            embed: "https://nhung.example",
            public: "https://pl.example",
            slug: "so-a",
            key: "0123",
            title: "Chuyên mục \"A\"",
            kind: "tin",
            count: Some(3),
            item: "7h3q",
            height: 900,
        }
    }

    #[test]
    fn the_snippet_is_the_one_the_specification_gives() {
        let expected = "<iframe src=\"https://nhung.example/k/0123/\" title=\"Chuyên mục &quot;A&quot;\" loading=\"lazy\" \
            referrerpolicy=\"strict-origin\" sandbox=\"allow-scripts allow-forms allow-same-origin allow-popups \
            allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation\" width=\"100%\" height=\"900\"></iframe>";
        assert_eq!(
            snippet("https://nhung.example", "0123", "Chuyên mục \"A\""),
            expected
        );
        assert_eq!(parts().snippet(Way::Frame, Shown::Section), expected);
    }

    #[test]
    fn every_way_names_what_it_shows() {
        let parts = parts();
        let list = parts.snippet(Way::Loader, Shown::List);
        assert!(list.contains("/k/0123/o/danh-sach?loai=tin&amp;so=3\""), "{list}");
        assert!(list.ends_with("<script src=\"https://nhung.example/nhung.js\" async></script>"));
        let element = parts.snippet(Way::Element, Shown::Item);
        assert!(element.starts_with("<pbgdpl-section key=\"0123\""), "{element}");
        assert!(
            element.contains(" trang=\"bai/7h3q\"")
                && element.contains("https://pl.example/so-a/bai/7h3q")
                && element.contains(" style=\"display: block; min-height: 900px\"")
        );
        assert_eq!(
            parts.snippet(Way::Include, Shown::List),
            "<!--#include virtual=\"/pbgdpl/manh?loai=tin&so=3\" -->"
        );
        for (shown, call) in [
            (Shown::Section, "pbgdpl_manh([]);"),
            (Shown::List, "pbgdpl_manh(['loai' => 'tin', 'so' => 3]);"),
            (Shown::Item, "pbgdpl_manh(['bai' => '7h3q']);"),
        ] {
            let php = parts.snippet(Way::Php, shown);
            assert!(php.contains(call), "{shown:?}: {php}");
        }
        for way in Way::ALL {
            for shown in Shown::ALL.iter().filter(|shown| way.shows(**shown)) {
                let text = parts.snippet(*way, *shown);
                let ours = ["0123", "https://pl.example/so-a/", "/pbgdpl/", "/pbgdpl.php"];
                assert!(
                    ours.iter().any(|our| text.contains(our)),
                    "{way:?} {shown:?}: {text}"
                );
            }
        }
    }
}
