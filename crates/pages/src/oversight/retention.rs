//! Terms of keeping, class by class, and the latest acts of erasing.

use askama::Template;

use crate::desk::DeskFrame;
use crate::part::Empty;
use crate::{CachePolicy, Page};

/// One class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RetentionRow {
    /// What it is called.
    pub title: String,
    /// What it holds.
    pub holds: String,
    /// How long.
    pub term: String,
    /// Whether the program lets it go by itself.
    pub by_itself: bool,
    /// What becomes of it.
    pub after: String,
    /// What the term rests on.
    pub basis: String,
    /// Whether that must still be compared with its source.
    pub verify: bool,
}

/// One act of erasing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WentRow {
    /// When.
    pub at: String,
    /// Why.
    pub why: &'static str,
    /// How many entries lost their words.
    pub entries: String,
    /// Its entry of the log.
    pub href: String,
}

/// The page.
#[derive(Debug, Clone, Template)]
#[template(path = "oversight/retention.html")]
pub struct RetentionPage {
    /// Surroundings.
    pub frame: DeskFrame,
    /// The classes, in the order of the file.
    pub classes: Vec<RetentionRow>,
    /// The latest acts, newest first.
    pub went: Vec<WentRow>,
}

impl RetentionPage {
    fn empty(&self) -> Empty {
        Empty {
            title: "Tỉnh chưa ghi thời hạn lưu giữ.".into(),
            text: "Thời hạn đặt trong tệp retention.toml của tỉnh; khi chưa có tệp này, tên người trong nhật ký được giữ đến khi có đề nghị xóa.".into(),
            links: vec![],
        }
    }
}

impl Page for RetentionPage {
    fn cache(&self) -> CachePolicy {
        CachePolicy::Never
    }
}
