//! The province's first page: what waits, and how its agencies stand.

use askama::Template;

use crate::desk::DeskFrame;
use crate::form::{ErrorSummary, Field};
use crate::part::{Link, Table};
use crate::province::PersonRow;
use crate::{CachePolicy, Page};

/// The page.
#[derive(Debug, Clone, Template)]
#[template(path = "province/home.html")]
pub struct Home {
    /// Surroundings.
    pub frame: DeskFrame,
    /// "Thứ Năm, 12/11/2020".
    pub today: String,
    /// What to look at first; without rows, nothing is.
    pub exceptions: Table,
    /// Name and figure: agencies, open, suspended, to be checked.
    pub facts: Vec<(String, String)>,
    /// Where work goes on.
    pub links: Vec<Link>,
    /// Who holds a role in the province.
    pub people: Vec<PersonRow>,
    /// Where a new role goes; none where the reader may not give any.
    pub grant: Option<String>,
    /// E-mail and role.
    pub fields: Vec<Field>,
}

impl Home {
    fn errors(&self) -> ErrorSummary {
        ErrorSummary::of("Chưa giao được vai trò", &self.fields)
    }
}

impl Page for Home {
    fn cache(&self) -> CachePolicy {
        CachePolicy::Never
    }
}
