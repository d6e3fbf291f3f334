//! The Ministry's sixteen record types: which are kept here, and what each column says.

use askama::Template;

use crate::desk::DeskFrame;
use crate::part::{Link, Table};
use crate::{CachePolicy, Page};

/// The types of a year.
#[derive(Debug, Clone, Template)]
#[template(path = "province/datasets.html")]
pub struct DatasetsPage {
    /// Surroundings.
    pub frame: DeskFrame,
    /// Which.
    pub year: i32,
    /// It and the others, newest first.
    pub years: Vec<Link>,
    /// The types with their files.
    pub table: Table,
    /// The data dictionary: of each type that is kept, names and meanings of its columns.
    pub dictionary: Vec<(String, Vec<(String, String)>)>,
}

impl Page for DatasetsPage {
    fn cache(&self) -> CachePolicy {
        CachePolicy::Never
    }
}
