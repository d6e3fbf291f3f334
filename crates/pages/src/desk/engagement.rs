//! How the sections are read (N-16, N-17): of one agency, or over all of them; what is not counted stands beside what is.

use askama::Template;

use super::{DeskFrame, never_kept};
use crate::oversight::DayBars;
use crate::part::{Link, Table};
use crate::{CachePolicy, Page};

/// A question with its table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EngagementBlock {
    /// The question.
    pub heading: String,
    /// What must be known to read the table; may be empty.
    pub note: String,
    /// The figures.
    pub table: Table,
    /// What stands there without rows.
    pub empty: &'static str,
}

/// The page.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/engagement.html")]
pub struct EngagementPage {
    /// Surroundings.
    pub frame: DeskFrame,
    /// "Lượt đọc".
    pub title: &'static str,
    /// The days that can be asked for.
    pub ranges: Vec<Link>,
    /// The label of those that are shown.
    pub range: String,
    /// Sums: what, how many.
    pub sums: Vec<(&'static str, String)>,
    /// A bar a day; none where nothing was read.
    pub bars: Option<DayBars>,
    /// The days behind the bars.
    pub days: Table,
    /// What stands in place of the plot.
    pub empty: &'static str,
    /// Where readers come from, what they read, what is not counted.
    pub blocks: Vec<EngagementBlock>,
    /// How it is counted, paragraph by paragraph.
    pub how: Vec<&'static str>,
    /// As of when.
    pub fresh: String,
    /// The days as a file.
    pub csv: String,
}

never_kept!(EngagementPage);
