//! An item waits for an approver.

use askama::Template;

use crate::letter::Words;

/// An item waits: to those who may approve it.
#[derive(Debug, Clone, Template)]
#[template(path = "article_submitted/body.txt")]
pub struct ArticleSubmitted<'a> {
    /// The title of the item.
    pub title: &'a str,
    /// The agency whose section it is.
    pub section: &'a str,
    /// The item on the desk.
    pub link: &'a str,
}

impl Words for ArticleSubmitted<'_> {
    fn subject(&self) -> String {
        format!("Bài chờ duyệt: {}", self.title)
    }
}
