//! From a cell of an official form down to its records: the list of the province's forms, a form, a cell and its parts.

use askama::Template;

use super::{RowTable, Station};
use crate::desk::DeskFrame;
use crate::desk::report::{Masthead, Sheet, Station as Sent};
use crate::part::{Empty, Link, Notice, Pager, State, Table};
use crate::{CachePolicy, Page};

/// Every version of every form of the province.
#[derive(Debug, Clone, Template)]
#[template(path = "oversight/forms.html")]
pub struct FormsPage {
    /// Surroundings.
    pub frame: DeskFrame,
    /// The versions, the newest period first.
    pub table: Table,
    /// Other pages.
    pub pager: Pager,
    /// Instead of the table.
    pub empty: Option<Empty>,
}

/// A table under a heading.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Section {
    /// Its heading.
    pub heading: String,
    /// What to know of it.
    pub text: String,
    /// The table.
    pub table: Table,
}

/// A form, of the province or of one agency, whose every figure leads further down.
#[derive(Debug, Clone, Template)]
#[template(path = "oversight/form.html")]
pub struct FormPage {
    /// Surroundings.
    pub frame: DeskFrame,
    /// The way down so far.
    pub trail: Vec<Station>,
    /// Whose form.
    pub who: String,
    /// Head of the form.
    pub head: Masthead,
    /// Draft, frozen; waiting, accepted, returned.
    pub states: Vec<State>,
    /// What to know before reading.
    pub notice: Option<Notice>,
    /// Where the figures lead.
    pub hint: String,
    /// The sheet.
    pub sheet: Sheet,
    /// Amendments, figures that moved since, sources.
    pub sections: Vec<Section>,
    /// Who sent which version when, and what the province decided; none for a form of the province.
    pub versions: Vec<Sent>,
    /// Hash, signers, ledger position.
    pub facts: Vec<(String, String)>,
    /// Other versions.
    pub links: Vec<Link>,
}

/// One cell: its parts, or its records.
#[derive(Debug, Clone, Template)]
#[template(path = "oversight/cell.html")]
pub struct CellPage {
    /// Surroundings.
    pub frame: DeskFrame,
    /// The way down so far.
    pub trail: Vec<Station>,
    /// Heading of the column.
    pub title: String,
    /// Its unit.
    pub unit: String,
    /// Where its rule of counting stands.
    pub rule: Option<String>,
    /// Line and period.
    pub of: String,
    /// The figure.
    pub total: String,
    /// Where the figure comes from, in words.
    pub origin: String,
    /// What was compared, each with its result.
    pub states: Vec<State>,
    /// What to know: a figure that moved since, a declared one with who signed for it.
    pub notice: Option<Notice>,
    /// What it is made of.
    pub parts: Option<Section>,
    /// Heading over the records, and the records.
    pub records: Option<(String, RowTable)>,
    /// Other pages of them.
    pub pager: Option<Pager>,
    /// Heading over the records that came later, and those records.
    pub later: Option<(String, RowTable)>,
    /// The reading of records was logged: where the log is.
    pub log: Option<String>,
}

macro_rules! never_kept {
    ($($page:ty),+) => {$(
        impl Page for $page {
            fn cache(&self) -> CachePolicy {
                CachePolicy::Never
            }
        }
    )+};
}

never_kept!(FormsPage, FormPage, CellPage);
