//! Items of one kind, newest first; new law by its first day in force.

use askama::Template;

use crate::feed::Format;
use crate::frame::Frame;
use crate::part::{Empty, ItemRow, LawRow, Link, Pager};
use crate::{CachePolicy, Page};

/// What a list holds.
#[derive(Debug, Clone)]
pub enum Rows {
    /// Items.
    Items(Vec<ItemRow>),
    /// New law.
    Laws(Vec<LawRow>),
}

/// Items of one kind.
#[derive(Debug, Clone, Template)]
#[template(path = "public/list.html")]
pub struct List {
    /// Surroundings.
    pub frame: Frame,
    /// "Tờ gấp".
    pub kind: String,
    /// Its path inside the mount: "loai/to-gap".
    pub path: String,
    /// One sentence on what is found here.
    pub intro: String,
    /// How many there are over all pages.
    pub total: u64,
    /// This page of them.
    pub rows: Rows,
    /// The other pages.
    pub pager: Pager,
}

impl List {
    fn crumbs(&self) -> Vec<Link> {
        vec![Link::new(&self.kind, "")]
    }

    fn feed(&self, format: &Format) -> String {
        self.frame.link(&format!("{}/{}", self.path, format.file()))
    }

    fn nothing(&self) -> Empty {
        Empty {
            title: format!("Chưa có mục nào thuộc loại “{}”.", self.kind),
            text: "Bạn có thể đọc các mục khác của chuyên mục.".into(),
            links: vec![Link::new("Về trang đầu chuyên mục", self.frame.link(""))],
        }
    }

    fn is_empty(&self) -> bool {
        match &self.rows {
            Rows::Items(items) => items.is_empty(),
            Rows::Laws(laws) => laws.is_empty(),
        }
    }
}

impl Page for List {
    fn cache(&self) -> CachePolicy {
        CachePolicy::Public
    }
}
