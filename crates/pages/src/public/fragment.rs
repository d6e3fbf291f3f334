//! A piece of a section for a page of another site to take into its own HTML, on the server or in a shadow root (EMB-03, EMB-04).

use askama::Template;

use crate::frame::Frame;
use crate::part::Link;
use crate::{CachePolicy, Page};

/// One line of a fragment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FragmentLine {
    /// Title.
    pub title: String,
    /// Its one address, absolute.
    pub href: String,
    /// One sentence.
    pub summary: String,
    /// The language of the item, where it is not Vietnamese.
    pub lang: Option<&'static str>,
    /// "Tin, bài".
    pub kind: String,
    /// Day of publication, dd/mm/yyyy.
    pub published: String,
}

/// What a fragment holds.
#[derive(Debug, Clone)]
pub enum FragmentBody {
    /// The newest items.
    Lines(Vec<FragmentLine>),
    /// One item with its text; clean HTML whose headings begin below the fragment's own.
    Item {
        /// What stands at its head.
        line: FragmentLine,
        /// The text; empty where the item was taken back.
        html: String,
        /// Why it was taken back, where it was.
        withdrawn: Option<String>,
    },
    /// Why nothing is shown, and what to do.
    Notice(String),
}

/// A piece of a section.
#[derive(Debug, Clone, Template)]
#[template(path = "public/fragment.html")]
pub struct Fragment {
    /// Who speaks: "Sở Tư pháp tỉnh Kon Tum".
    pub speaker: String,
    /// "Tin, bài mới"; empty over one item.
    pub heading: String,
    /// What it holds.
    pub body: FragmentBody,
    /// The section, absolute; nothing where it is not to be opened.
    pub all: Option<Link>,
    /// The day on which it was made, dd/mm/yyyy: it is made anew with each publication and each day.
    pub day: String,
    /// Address of our style sheet, where it stands in a shadow root.
    pub style: Option<String>,
}

/// A fragment in a page that stands for the agency's own: for a look at it, on the desk.
#[derive(Debug, Clone, Template)]
#[template(path = "public/fragment_preview.html")]
pub struct FragmentPreview {
    /// Surroundings.
    pub frame: Frame,
    /// What is looked at.
    pub fragment: Fragment,
}

/// The text of an item under the fragment's own heading: its headings one step further down.
#[must_use]
pub fn below(html: &str) -> String {
    [("h3", "h4"), ("h2", "h3")]
        .iter()
        .fold(html.to_owned(), |html, (from, to)| {
            html.replace(&format!("<{from}>"), &format!("<{to}>"))
                .replace(&format!("<{from} "), &format!("<{to} "))
                .replace(&format!("</{from}>"), &format!("</{to}>"))
        })
}

crate::part::prints_itself!(Fragment);

impl Page for FragmentPreview {
    fn cache(&self) -> CachePolicy {
        CachePolicy::Never
    }
}

impl Page for Fragment {
    fn cache(&self) -> CachePolicy {
        CachePolicy::Public
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_go_one_step_down() {
        let html = "<h2 id=\"a\">Một</h2><p>h2</p><h3>Hai</h3>";
        assert_eq!(below(html), "<h3 id=\"a\">Một</h3><p>h2</p><h4>Hai</h4>");
    }

    #[test]
    fn a_shadow_root_holds_the_same_with_its_style() {
        let fragment = Fragment {
            speaker: "Sở A".into(),
            heading: "Tin".into(),
            body: FragmentBody::Notice("Chưa có gì.".into()),
            all: None,
            day: "01/01/2026".into(),
            style: None,
        };
        let plain = fragment.render().unwrap();
        assert!(
            plain.starts_with("<section class=\"pbgdpl\" lang=\"vi\""),
            "{plain}"
        );
        let style = Some("https://nhung.example/tai-nguyen/manh.css".into());
        let shadow = Fragment { style, ..fragment }.render().unwrap();
        let inside = "<template shadowrootmode=\"open\"><link rel=\"stylesheet\" href=\"https://nhung.example/tai-nguyen/manh.css\">";
        assert!(
            shadow.contains(inside) && shadow.contains(plain.trim()),
            "{shadow}"
        );
    }
}
