//! An item as the public will see it, inside a page of the desk: no anchors of its own, headings below the page's.

use askama::Template;

use crate::part::prints_itself;
use crate::public::{Basis, Body, Fact, Item, Picture};

/// An item as the public will see it.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/article_preview.html")]
pub struct Preview {
    /// Kind of item.
    pub kind: String,
    /// Title.
    pub title: String,
    /// One sentence.
    pub summary: String,
    /// Legal facts.
    pub facts: Vec<Fact>,
    /// Picture at the head.
    pub picture: Option<Picture>,
    /// The text.
    pub body: Body,
    /// Legal bases.
    pub bases: Vec<Basis>,
    /// Its language (BCP 47), where it is not Vietnamese.
    pub lang: Option<&'static str>,
}

impl Preview {
    /// From the public page of the item; `html` is its text without anchors, whose names could meet those of a form.
    #[must_use]
    pub fn of(item: Item, html: String) -> Self {
        let lang = item.foreign();
        let body = match item.body {
            Body::Text { .. } => Body::Text {
                html,
                headings: Vec::new(),
            },
            other => other,
        };
        Self {
            kind: item.kind.label,
            title: item.title,
            summary: item.summary,
            facts: item.facts,
            picture: item.picture,
            body,
            bases: item.bases,
            lang,
        }
    }
}

prints_itself!(Preview);
