//! The province's year: what to look at first, every agency on one scale, totals beside the year before.

use askama::Template;

use super::StructureChoice;
use super::plot::{MonthLines, Spark};
use super::{Freshness, HeatMap, TileMap};
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
}

impl Page for Dashboard {
    fn cache(&self) -> CachePolicy {
        CachePolicy::Never
    }
}
