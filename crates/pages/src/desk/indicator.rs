//! The catalogue of indicators (REP-01), for agencies and for whoever oversees: the list, and one indicator with its versions.

use askama::Template;

use super::{DeskFrame, never_kept};
use crate::part::{Empty, Link, State, Table};
use crate::{CachePolicy, Page};

/// The list.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/indicators.html")]
pub struct IndicatorList {
    /// Surroundings.
    pub frame: DeskFrame,
    /// What to know of the list.
    pub lead: String,
    /// All of them, where the list is narrowed.
    pub whole: Option<Link>,
    /// The indicators.
    pub table: Table,
    /// Instead of the table.
    pub empty: Option<Empty>,
}

/// One indicator.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/indicator.html")]
pub struct IndicatorPage {
    /// Surroundings.
    pub frame: DeskFrame,
    /// The list.
    pub list: Link,
    /// Its name.
    pub name: String,
    /// Whether it holds today, and what is still to be checked.
    pub states: Vec<State>,
    /// What is counted.
    pub definition: String,
    /// Unit, kind, source, basis: name and words.
    pub facts: Vec<(String, String)>,
    /// Columns of forms that show it.
    pub columns: Option<Table>,
    /// Its versions, the newest first.
    pub versions: Table,
}

never_kept!(IndicatorList, IndicatorPage);
