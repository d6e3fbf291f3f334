//! Small frames (EMB-11): the newest items, or a field to search in. What they lead to opens beside the agency's page.

use askama::Template;

use crate::frame::Frame;
use crate::part::{ItemRow, Link};
use crate::{CachePolicy, Page};

/// The newest items.
#[derive(Debug, Clone, Template)]
#[template(path = "public/list_widget.html")]
pub struct ListWidget {
    /// Surroundings.
    pub frame: Frame,
    /// "Tin, bài mới".
    pub heading: String,
    /// The newest, their addresses absolute.
    pub items: Vec<ItemRow>,
    /// All of them, absolute.
    pub all: Link,
}

/// A field to search in.
#[derive(Debug, Clone, Template)]
#[template(path = "public/search_widget.html")]
pub struct SearchWidget {
    /// Surroundings.
    pub frame: Frame,
}

impl SearchWidget {
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

impl Page for ListWidget {
    fn cache(&self) -> CachePolicy {
        CachePolicy::Public
    }
}

impl Page for SearchWidget {
    fn cache(&self) -> CachePolicy {
        CachePolicy::Public
    }
}
