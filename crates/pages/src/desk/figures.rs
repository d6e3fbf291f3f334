//! The agency's own dashboard: what it owes, what is proved, its measures beside the year before.

use askama::Template;

use super::{DeskFrame, never_kept};
use crate::oversight::{Freshness, MonthLines};
use crate::part::{Link, Table};
use crate::{CachePolicy, Page};

/// One measure month by month.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MeasurePlot {
    /// This year's months and those of the year before.
    pub lines: MonthLines,
}

/// The page.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/figures.html")]
pub struct Figures {
    /// Surroundings.
    pub frame: DeskFrame,
    /// Which year.
    pub year: i32,
    /// The years there are; the present one leads here.
    pub years: Vec<Link>,
    /// As of when.
    pub fresh: Freshness,
    /// The year whose reports are owed, and these with the days that are left; nothing for who may not read reports.
    pub reports: Option<(i32, Table)>,
    /// "87 trên 93 hoạt động đã ghi sổ có minh chứng (93,5 %)."
    pub evidence: String,
    /// Some are without.
    pub unproved: bool,
    /// The list of the year's activities.
    pub activities: String,
    /// "Năm 2020 so với cùng kỳ năm 2019, đến ngày 03/11".
    pub compared: String,
    /// The measures that either year speaks of.
    pub plots: Vec<MeasurePlot>,
    /// All measures.
    pub table: Table,
}

never_kept!(Figures);
