//! The items of an agency, by stage and kind.

use askama::Template;

use crate::desk::{DeskFrame, never_kept};
use crate::part::{Empty, Link, Pager, Table};
use crate::{CachePolicy, Page};

/// One way to narrow a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tab {
    /// "Chờ duyệt".
    pub label: String,
    /// Where it leads.
    pub href: String,
    /// It is the present one.
    pub current: bool,
}

/// The items of an agency.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/article_list.html")]
pub struct ArticleList {
    /// Surroundings.
    pub frame: DeskFrame,
    /// How many there are in all, in words: "24 bài".
    pub total: String,
    /// By stage.
    pub stages: Vec<Tab>,
    /// By kind.
    pub kinds: Vec<Tab>,
    /// What may be written, one link a kind; none for readers.
    pub write: Vec<Link>,
    /// The items; shown unless empty.
    pub table: Table,
    /// Where there is none.
    pub empty: Empty,
    /// The way through a long list.
    pub pager: Pager,
}

never_kept!(ArticleList);
