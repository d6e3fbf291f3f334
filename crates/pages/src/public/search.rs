//! Search in a section or in the whole province.

use askama::Template;

use crate::frame::Frame;
use crate::part::{Empty, Link, Pager, State};
use crate::{CachePolicy, Page};

/// A stretch of a finding's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The words.
    pub text: String,
    /// They were asked for.
    pub hit: bool,
}

/// One finding.
#[derive(Debug, Clone)]
pub struct Hit {
    /// Title, in pieces.
    pub title: Vec<Piece>,
    /// Where it is read.
    pub href: String,
    /// Where the words stand, in pieces.
    pub excerpt: Vec<Piece>,
    /// Kind of item.
    pub kind: String,
    /// Number of the document introduced.
    pub number: Option<String>,
    /// Day of publication.
    pub published: String,
    /// Whose it is, in the province's search.
    pub agency: Option<String>,
    /// Set when the document has ended or is not yet in force.
    pub state: Option<State>,
}

/// Search, before and after asking.
#[derive(Debug, Clone, Template)]
#[template(path = "public/search.html")]
pub struct Search {
    /// Surroundings.
    pub frame: Frame,
    /// What was typed; empty before asking.
    pub query: String,
    /// Where is searched: "chuyên mục của Sở Tư pháp", "mọi chuyên mục của tỉnh Kon Tum".
    pub scope: String,
    /// Findings over all pages.
    pub total: u64,
    /// This page of them.
    pub hits: Vec<Hit>,
    /// The other pages.
    pub pager: Pager,
    /// The same question elsewhere: "Tìm trong cả tỉnh".
    pub elsewhere: Option<Link>,
    /// What was wrong with the question, if anything: too long, no letter in it.
    pub problem: Option<String>,
}

impl Search {
    fn crumbs(&self) -> Vec<Link> {
        vec![Link::new("Tìm kiếm", "")]
    }

    fn has_marks(&self) -> bool {
        !self.query.is_ascii()
    }

    fn search_label(&self) -> String {
        format!("Tìm trong {}", self.scope)
    }

    fn typed(&self) -> &str {
        &self.query
    }

    fn example(&self) -> &'static str {
        "hòa giải ở cơ sở"
    }

    fn nothing(&self) -> Empty {
        // In a frame it stands by itself: it opens beside the agency's page.
        let elsewhere = self.elsewhere.iter().filter(|_| !self.frame.embed);
        let mut links: Vec<Link> = elsewhere.cloned().collect();
        links.push(Link::new("Về trang đầu", self.frame.link("")));
        Empty {
            title: format!("Không thấy “{}” trong {}.", self.query, self.scope),
            text: "Thử bớt chữ, gõ không dấu, hoặc gõ số văn bản như 52/2014/QH13.".into(),
            links,
        }
    }
}

impl Page for Search {
    fn cache(&self) -> CachePolicy {
        CachePolicy::Public
    }
}
