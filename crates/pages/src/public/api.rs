//! The open interfaces, for people: what programs may ask, how, and how much.

use askama::Template;

use crate::frame::Frame;
use crate::part::Link;
use crate::{CachePolicy, Page};

/// The page.
#[derive(Debug, Clone, Template)]
#[template(path = "public/api.html")]
pub struct ApiGuide {
    /// Surroundings.
    pub frame: Frame,
    /// The origin that answers (absolute, without a slash at its end).
    pub server: String,
    /// What can be asked.
    pub operations: Vec<ApiOperation>,
    /// Most requests …
    pub most: i64,
    /// … in so many seconds.
    pub seconds: i64,
    /// As how many requests a dataset counts.
    pub dataset: u16,
}

/// One operation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ApiOperation {
    /// Its path.
    pub path: String,
    /// The same, where it can be opened as it stands.
    pub example: Option<String>,
    /// What it gives.
    pub summary: String,
    /// More of it.
    pub description: String,
    /// Its parameters.
    pub parameters: Vec<ApiParameter>,
}

/// One parameter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ApiParameter {
    /// Its name.
    pub name: String,
    /// What it means.
    pub meaning: String,
    /// What it looks like.
    pub shape: String,
}

impl ApiGuide {
    fn crumbs(&self) -> Vec<Link> {
        vec![Link::new("Dùng dữ liệu bằng chương trình", "")]
    }
}

impl Page for ApiGuide {
    fn cache(&self) -> CachePolicy {
        CachePolicy::Public
    }
}
