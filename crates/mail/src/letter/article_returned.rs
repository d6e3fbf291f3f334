//! An item came back from the approver.

use askama::Template;

use crate::letter::Words;

/// An item came back: to the one who submitted it.
#[derive(Debug, Clone, Template)]
#[template(path = "article_returned/body.txt")]
pub struct ArticleReturned<'a> {
    /// The title of the item.
    pub title: &'a str,
    /// What the approver asks for.
    pub remark: &'a str,
    /// The item on the desk.
    pub link: &'a str,
}

impl Words for ArticleReturned<'_> {
    fn subject(&self) -> String {
        format!("Bài được trả lại: {}", self.title)
    }
}
