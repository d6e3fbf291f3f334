//! The province's year: what to look at first, every agency on one scale, totals beside the year before.

use askama::Template;

use super::plot::{MonthLines, Spark};
use super::{Freshness, HeatMap, TileMap};
use super::{SaveView, StructureChoice};
use crate::desk::DeskFrame;
use crate::part::{Link, Table};
use crate::{CachePolicy, Page};

/// Agencies of one kind on one scale.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SparkGroup {
    /// The kind.
    pub name: String,
    /// "cột cao nhất: 66 cuộc mỗi tháng".
    pub scale: String,
    /// The agencies.
    pub sparks: Vec<Spark>,
}

/// One measure over the province.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MeasureRow {
    /// Its name.
    pub label: String,
    /// Its unit.
    pub unit: String,
    /// Where the figure leads.
    pub href: String,
    /// This year, for the bar.
    pub this: i64,
    /// The year before, for the bar.
    pub before: i64,
    /// "tăng 11,7 %".
    pub change: String,
}

impl MeasureRow {
    /// Widths of the two bars, of 100.
    #[must_use]
    pub fn widths(&self) -> (i64, i64) {
        let largest = self.this.max(self.before).max(1);
        (
            self.this.max(0) * 100 / largest,
            self.before.max(0) * 100 / largest,
        )
    }

    /// The figures as they are read.
    #[must_use]
    pub fn figures(&self) -> (String, String) {
        (
            pbgdpl_vietnamese::number::grouped(self.this),
            pbgdpl_vietnamese::number::grouped(self.before),
        )
    }
}

/// The version that says what is counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counted {
    /// "Bản 2 của bảng chỉ tiêu, dùng từ ngày 01/01/2021".
    pub version: String,
    /// What each measure is called, and what exactly it counts.
    pub lines: Vec<(String, String)>,
}

/// Which blocks the page has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Blocks {
    /// The year month by month.
    pub months: bool,
    /// The year day by day.
    pub days: bool,
    /// The districts.
    pub districts: bool,
    /// Every agency.
    pub agencies: bool,
    /// All measures.
    pub totals: bool,
}

impl Default for Blocks {
    fn default() -> Self {
        Self {
            months: true,
            days: true,
            districts: true,
            agencies: true,
            totals: true,
        }
    }
}

/// The page.
#[derive(Debug, Clone, Template)]
#[template(path = "oversight/dashboard.html")]
pub struct Dashboard {
    /// Surroundings.
    pub frame: DeskFrame,
    /// Which year.
    pub year: i32,
    /// The years there are; the present one leads here.
    pub years: Vec<Link>,
    /// "47 cơ quan".
    pub count: String,
    /// As of when every block is.
    pub fresh: Freshness,
    /// The figures as files.
    pub downloads: Vec<Link>,
    /// What to look at first; without rows, nothing is. None where a past day is shown.
    pub exceptions: Option<Table>,
    /// "Năm 2020 so với cùng kỳ năm 2019, đến ngày 03/11".
    pub compared: String,
    /// The head of what is compared: "2019 (đến 03/11)".
    pub before: String,
    /// The province month by month.
    pub lines: MonthLines,
    /// The figures of that plot.
    pub months: Table,
    /// The districts in their places.
    pub tiles: TileMap,
    /// The province day by day.
    pub heat: HeatMap,
    /// The comparison of the measure among peers.
    pub compare: String,
    /// What the small plots ask.
    pub question: String,
    /// All agencies.
    pub groups: Vec<SparkGroup>,
    /// The figures of those plots.
    pub agencies: Table,
    /// By which structure the agencies are drawn.
    pub structure: StructureChoice,
    /// All measures.
    pub totals: Vec<MeasureRow>,
    /// Which blocks there are.
    pub shown: Blocks,
    /// By which version, and in which words; none where the province has no file of it.
    pub counted: Option<Counted>,
    /// What a saved view says of itself; empty on the page of now.
    pub fixed: String,
    /// The form that saves this view.
    pub save: Option<SaveView>,
}

impl Page for Dashboard {
    fn cache(&self) -> CachePolicy {
        CachePolicy::Never
    }
}
