//! Who keeps the section and how to reach them.

use askama::Template;

use crate::frame::Frame;
use crate::part::{Empty, Link};
use crate::public::Fact;
use crate::{CachePolicy, Page};

/// What the section is, on what legal ground, and who answers for it.
#[derive(Debug, Clone, Template)]
#[template(path = "public/about.html")]
pub struct About {
    /// Surroundings.
    pub frame: Frame,
    /// What the section does: paragraphs.
    pub paragraphs: Vec<String>,
    /// Name in full, kind, parent, since when.
    pub facts: Vec<Fact>,
    /// Legal ground of the section.
    pub bases: Vec<String>,
    /// The public list of báo cáo viên, where anybody stands on it.
    pub register: Option<Link>,
}

impl About {
    fn crumbs(&self) -> Vec<Link> {
        vec![Link::new("Giới thiệu", "")]
    }
}

impl Page for About {
    fn cache(&self) -> CachePolicy {
        CachePolicy::Public
    }
}

/// How to reach the agency. Shows what is known; says so when nothing is.
#[derive(Debug, Clone, Template)]
#[template(path = "public/contact.html")]
pub struct Contact {
    /// Surroundings; its foot holds the facts.
    pub frame: Frame,
}

impl Contact {
    fn crumbs(&self) -> Vec<Link> {
        vec![Link::new("Liên hệ", "")]
    }

    fn nothing(&self) -> Option<Empty> {
        let footer = &self.frame.footer;
        let known = [
            &footer.address,
            &footer.phone,
            &footer.email,
            &footer.website,
            &footer.responsible,
        ];
        known.into_iter().all(Option::is_none).then(|| Empty {
            title: format!("{} chưa công bố địa chỉ liên hệ ở đây.", self.frame.speaker.short),
            text: "Bạn có thể hỏi tại bộ phận tiếp công dân của cơ quan.".into(),
            links: vec![Link::new("Về trang đầu chuyên mục", self.frame.link(""))],
        })
    }
}

impl Page for Contact {
    fn cache(&self) -> CachePolicy {
        CachePolicy::Public
    }
}
