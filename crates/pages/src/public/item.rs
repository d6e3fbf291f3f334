//! One item of any kind: facts first, the text, its legal bases beside it, who answers for it.

use askama::Template;

use crate::frame::Frame;
use crate::outline::{self, Heading, Panel};
use crate::part::{Link, State};
use crate::{CachePolicy, Page};

/// A fact in the list at the head.
#[derive(Debug, Clone)]
pub struct Fact {
    /// "Hiệu lực từ".
    pub label: String,
    /// "01/8/2024".
    pub text: String,
    /// In place of the text.
    pub state: Option<State>,
    /// Where the text leads.
    pub href: Option<String>,
}

impl Fact {
    /// A fact in words.
    #[must_use]
    pub fn new(label: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            text: text.into(),
            state: None,
            href: None,
        }
    }

    /// A fact whose words lead somewhere.
    #[must_use]
    pub fn linked(label: impl Into<String>, text: impl Into<String>, href: impl Into<String>) -> Self {
        Self {
            href: Some(href.into()),
            ..Self::new(label, text)
        }
    }

    /// A fact that is a state.
    #[must_use]
    pub fn state(label: impl Into<String>, state: State) -> Self {
        Self {
            label: label.into(),
            text: String::new(),
            state: Some(state),
            href: None,
        }
    }
}

/// A legal basis.
#[derive(Debug, Clone, Default)]
pub struct Basis {
    /// "Luật Hộ tịch số 60/2014/QH13".
    pub title: String,
    /// "Điều 15".
    pub articles: String,
    /// The official text, when its address is known.
    pub href: Option<String>,
}

/// A picture, never without words for those who do not see it.
#[derive(Debug, Clone, Default)]
pub struct Picture {
    /// Where it is.
    pub src: String,
    /// What it shows.
    pub alt: String,
    /// Pixels; keeps its place while it loads.
    pub width: u32,
    /// Pixels.
    pub height: u32,
}

/// The same item in another language.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sister {
    /// Its language (BCP 47).
    pub lang: &'static str,
    /// "Tiếng Ba Na".
    pub label: String,
    /// Where it is read, under this mount.
    pub href: String,
    /// Its one address (absolute); nothing where that is not ours, because it is a copy of a page elsewhere.
    pub address: Option<String>,
}

/// The item was taken back; its address stays and says so (PUB-09).
#[derive(Debug, Clone, Default)]
pub struct Withdrawal {
    /// Since when, dd/mm/yyyy.
    pub since: String,
    /// Why.
    pub reason: String,
    /// What to read instead.
    pub instead: Option<Link>,
}

/// The text.
#[derive(Debug, Clone)]
pub enum Body {
    /// Running text with its contents.
    Text {
        /// Clean HTML with anchors.
        html: String,
        /// Its headings.
        headings: Vec<Heading>,
    },
    /// A leaflet: the faces of a sheet folded in three, cover not counted. Reading order; the last face holds what is left over.
    Leaflet(Vec<Vec<Panel>>),
    /// Withdrawn: no text.
    None,
}

impl Body {
    /// Running text from the cleaned HTML of an item.
    #[must_use]
    pub fn text(html: &str) -> Self {
        let (html, headings) = outline::with_anchors(html);
        Self::Text { html, headings }
    }

    /// A leaflet from the cleaned HTML of an item: cover and five faces fill both sides of an A4 sheet.
    #[must_use]
    pub fn leaflet(html: &str) -> Self {
        let mut faces: Vec<Vec<Panel>> = Vec::new();
        for panel in outline::panels(html) {
            match faces.get_mut(4) {
                Some(last) => last.push(panel),
                None => faces.push(vec![panel]),
            }
        }
        Self::Leaflet(faces)
    }

    /// The same in a frame: what leads out of it opens beside the agency's page.
    #[must_use]
    pub fn framed(self) -> Self {
        match self {
            Self::Text { html, headings } => Self::Text {
                html: outline::leading_beside(&html),
                headings,
            },
            Self::Leaflet(mut faces) => {
                for panel in faces.iter_mut().flatten() {
                    panel.html = outline::leading_beside(&panel.html);
                }
                Self::Leaflet(faces)
            }
            Self::None => Self::None,
        }
    }
}

/// One item.
#[derive(Debug, Clone, Template)]
#[template(path = "public/item.html")]
pub struct Item {
    /// Surroundings.
    pub frame: Frame,
    /// Kind, and the list of its kind.
    pub kind: Link,
    /// Title.
    pub title: String,
    /// One sentence that stands for the whole.
    pub summary: String,
    /// Day of publication, dd/mm/yyyy.
    pub published: String,
    /// Legal facts.
    pub facts: Vec<Fact>,
    /// Day and words of the last change, if there was one since publication.
    pub change: Option<(String, String)>,
    /// Set when the item was taken back.
    pub withdrawal: Option<Withdrawal>,
    /// A picture at the head.
    pub picture: Option<Picture>,
    /// The text.
    pub body: Body,
    /// Legal bases.
    pub bases: Vec<Basis>,
    /// "Tính đến ngày …": the day on which the bases were held against the law.
    pub as_of: Option<String>,
    /// Source, who wrote, who approved.
    pub origin: Vec<Fact>,
    /// Its language (BCP 47).
    pub lang: &'static str,
    /// The same in other languages.
    pub sisters: Vec<Sister>,
}

impl Item {
    fn crumbs(&self) -> Vec<Link> {
        vec![self.kind.clone()]
    }

    /// What `lang` must say inside a Vietnamese page.
    #[must_use]
    pub fn foreign(&self) -> Option<&'static str> {
        (self.lang != "vi").then_some(self.lang)
    }

    /// Languages and addresses for search engines, this page's own first; none in a frame and of what is not to be found.
    fn alternates(&self) -> Vec<(&str, &str)> {
        let others: Vec<(&str, &str)> = self
            .sisters
            .iter()
            .filter_map(|one| Some((one.lang, one.address.as_deref()?)))
            .collect();
        let hidden = self.frame.embed || self.frame.copy_of.is_some() || self.withdrawal.is_some();
        if hidden || others.is_empty() {
            return Vec::new();
        }
        let own = (self.lang, self.frame.canonical.as_str());
        std::iter::once(own).chain(others).collect()
    }

    fn headings(&self) -> &[Heading] {
        match &self.body {
            Body::Text { headings, .. } if headings.len() > 1 => headings,
            _ => &[],
        }
    }

    fn mail_href(&self) -> String {
        format!(
            "mailto:?subject={}&body={}",
            encoded(&self.title),
            encoded(&self.frame.canonical)
        )
    }

    fn has_aside(&self) -> bool {
        !self.bases.is_empty() || self.withdrawal.is_none()
    }
}

/// Percent-encodes for a `mailto:` header (RFC 6068).
fn encoded(text: &str) -> String {
    text.bytes()
        .map(|b| {
            if b.is_ascii_alphanumeric() || b"-._~/:".contains(&b) {
                char::from(b).to_string()
            } else {
                format!("%{b:02X}")
            }
        })
        .collect()
}

impl Page for Item {
    fn cache(&self) -> CachePolicy {
        CachePolicy::Public
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_has_five_faces_beside_its_cover() {
        let html: String = (1..=7).map(|n| format!("<h2>{n}</h2><p>x</p>")).collect();
        let Body::Leaflet(faces) = Body::leaflet(&html) else {
            panic!("a leaflet")
        };
        assert_eq!(faces.iter().map(Vec::len).collect::<Vec<_>>(), [1, 1, 1, 1, 3]);
    }

    #[test]
    fn mail_addresses_are_encoded() {
        assert_eq!(
            encoded("Đất & nước"),
            "%C4%90%E1%BA%A5t%20%26%20n%C6%B0%E1%BB%9Bc"
        );
    }
}
