//! An audit log, page by page, with what to look for.

use askama::Template;

use crate::desk::DeskFrame;
use crate::form::Field;
use crate::part::{Empty, Link, Pager};
use crate::{CachePolicy, Page};

/// One entry.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LogEntry {
    /// Its number.
    pub seq: String,
    /// When.
    pub at: String,
    /// Who.
    pub actor: String,
    /// What, on the screen's words.
    pub action: String,
    /// To what kind of thing.
    pub object: String,
    /// Why.
    pub reason: String,
    /// Before and after, as recorded.
    pub detail: String,
    /// First digits of its hash.
    pub hash: String,
}

/// The page.
#[derive(Debug, Clone, Template)]
#[template(path = "oversight/log.html")]
pub struct LogPage {
    /// Surroundings.
    pub frame: DeskFrame,
    /// Whose log.
    pub title: String,
    /// How many entries match.
    pub count: String,
    /// What to look for.
    pub fields: Vec<Field>,
    /// This page, newest first.
    pub entries: Vec<LogEntry>,
    /// Other pages.
    pub pager: Pager,
    /// Where the chains are verified.
    pub verify: Option<Link>,
    /// Where logs and packs are taken out of the house.
    pub take: Option<Link>,
    /// The reading itself was recorded.
    pub recorded: bool,
}

impl LogPage {
    fn empty(&self) -> Empty {
        Empty {
            title: "Không có mục nào.".into(),
            text: "Chưa có việc nào được ghi, hoặc không mục nào khớp với điều kiện tìm.".into(),
            links: vec![],
        }
    }
}

impl Page for LogPage {
    fn cache(&self) -> CachePolicy {
        CachePolicy::Never
    }
}
