//! The home of an agency's section: who speaks, what is new in law, what to read.

use askama::Template;

use crate::frame::Frame;
use crate::part::{Empty, ItemRow, LawRow, Link};
use crate::{CachePolicy, Page};

/// The home of a section.
#[derive(Debug, Clone, Template)]
#[template(path = "public/section.html")]
pub struct Section {
    /// Surroundings.
    pub frame: Frame,
    /// What the section is about, in the agency's words.
    pub heading: String,
    /// One sentence more.
    pub intro: String,
    /// New law by first day in force.
    pub laws: Vec<LawRow>,
    /// Newest items, by kind; kinds without items are left out.
    pub groups: Vec<ItemGroup>,
}

/// Newest items of one kind.
#[derive(Debug, Clone)]
pub struct ItemGroup {
    /// "Tin, bài mới".
    pub label: String,
    /// All of them.
    pub all: Link,
    /// The newest.
    pub items: Vec<ItemRow>,
}

impl Section {
    fn has_contact(&self) -> bool {
        let footer = &self.frame.footer;
        !self.frame.embed
            && [&footer.address, &footer.phone, &footer.email]
                .into_iter()
                .any(Option::is_some)
    }

    fn has_side(&self) -> bool {
        !self.groups.is_empty()
    }

    fn is_empty(&self) -> bool {
        self.laws.is_empty() && self.groups.is_empty()
    }

    fn website_name(&self) -> &str {
        let address = self.frame.footer.website.as_deref().unwrap_or_default();
        let bare = address.split_once("://").map_or(address, |(_, rest)| rest);
        bare.trim_end_matches('/')
    }

    fn nothing_yet(&self) -> Empty {
        Empty {
            title: format!("{} chưa công bố bài nào.", self.frame.speaker.short),
            text: "Chuyên mục vừa được mở. Bài mới sẽ hiện ở đây ngay khi được công bố.".into(),
            links: self
                .frame
                .province
                .iter()
                .map(|link| Link::new("Xem bài của các cơ quan khác", &link.href))
                .collect(),
        }
    }

    fn search_label(&self) -> String {
        format!("Tìm trong chuyên mục của {}", self.frame.speaker.short)
    }

    fn typed(&self) -> &'static str {
        ""
    }

    fn example(&self) -> &'static str {
        "khai sinh"
    }
}

impl Page for Section {
    fn cache(&self) -> CachePolicy {
        CachePolicy::Public
    }
}
