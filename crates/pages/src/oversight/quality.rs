//! How good the work behind the figures is: reviewed by another person, proved by files, read by whom; and the rows of one agency.

use askama::Template;

use super::DotPlot;
use crate::desk::DeskFrame;
use crate::part::{Link, Pager, State, Table};
use crate::{CachePolicy, Page};

/// A question with its answer, a plot where there is anything to plot, and the table behind it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Question {
    /// The title asks.
    pub question: String,
    /// The sentence answers.
    pub answer: String,
    /// The agencies with most of it.
    pub plot: Option<DotPlot>,
    /// All of them.
    pub table: Table,
    /// The table is the answer itself: it stands open.
    pub open: bool,
}

/// The year.
#[derive(Debug, Clone, Template)]
#[template(path = "oversight/quality.html")]
pub struct QualityPage {
    /// Surroundings.
    pub frame: DeskFrame,
    /// Which.
    pub year: i32,
    /// It and the others, newest first.
    pub years: Vec<Link>,
    /// Whether the chains were whole when they were verified last.
    pub state: State,
    /// When that was.
    pub verified: String,
    /// The questions.
    pub questions: Vec<Question>,
}

impl Page for QualityPage {
    fn cache(&self) -> CachePolicy {
        CachePolicy::Never
    }
}

/// One agency.
#[derive(Debug, Clone, Template)]
#[template(path = "oversight/quality_rows.html")]
pub struct QualityRowsPage {
    /// Surroundings.
    pub frame: DeskFrame,
    /// The year of all.
    pub list: Link,
    /// Which agency, which year.
    pub title: String,
    /// Items published unread by another person.
    pub alone: Table,
    /// Activities without evidence.
    pub unproved: Table,
    /// Other pages of them.
    pub pager: Pager,
}

impl Page for QualityRowsPage {
    fn cache(&self) -> CachePolicy {
        CachePolicy::Never
    }
}
