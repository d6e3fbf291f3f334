//! What the province's dashboard counts, as data of `dashboard.toml`: versions, each from a day on (DSH-09).
//!
//! A version that has begun is never changed: what counts otherwise gets a new version. So a page of a past day is drawn by the
//! version of that day.

mod address;
mod saved;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::ledger::Measure;

pub use address::{Shown, ViewAddress, WrongAddress};
pub use saved::{Fixed, SavedView};

/// `dashboard.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DashboardFile {
    /// From which hour of a working day leaders get the summary, 0 to 23 (DSH-12).
    #[serde(default = "seven")]
    pub summary_hour: u32,
    /// `[[version]]`, oldest first.
    #[serde(rename = "version", default)]
    pub versions: Vec<DashboardVersion>,
}

const fn seven() -> u32 {
    7
}

impl Default for DashboardFile {
    fn default() -> Self {
        Self {
            summary_hour: seven(),
            versions: Vec::new(),
        }
    }
}

impl DashboardFile {
    /// The version that holds on a day: the latest that has begun; none before the first begins.
    #[must_use]
    pub fn on(&self, day: NaiveDate) -> Option<&DashboardVersion> {
        let begun = self.versions.iter().filter(|version| version.valid_from <= day);
        begun.max_by_key(|version| version.valid_from)
    }
}

/// A block of the page under what must be looked at first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Block {
    /// The year month by month, beside the year before.
    Months,
    /// The year day by day.
    Days,
    /// The districts in their places.
    Districts,
    /// Every agency on one scale.
    Agencies,
    /// All measures beside the year before.
    Totals,
}

impl Block {
    /// The whole list, in the order of the page.
    pub const ALL: [Self; 5] = [
        Self::Months,
        Self::Days,
        Self::Districts,
        Self::Agencies,
        Self::Totals,
    ];
}

/// `[[version.measure]]`: a line of the table of totals.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CountedMeasure {
    /// What of the ledger.
    pub measure: Measure,
    /// What it is called on the page.
    pub label: String,
    /// What exactly is counted.
    pub definition: String,
}

/// One version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DashboardVersion {
    /// From 1, each one more than the one before.
    pub number: u32,
    /// Its first day; it holds until the next one begins.
    pub valid_from: NaiveDate,
    /// Why it replaced the one before; empty for the first.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub why: String,
    /// What the plots count.
    pub plots: Measure,
    /// What the plot of months asks.
    pub months_question: String,
    /// What the small plots of agencies ask.
    pub agencies_question: String,
    /// Which blocks the page has; they stand in the page's own order.
    pub blocks: Vec<Block>,
    /// `[[version.measure]]`, in the order of the page.
    #[serde(rename = "measure")]
    pub measures: Vec<CountedMeasure>,
}

impl DashboardVersion {
    /// Whether the page has this block.
    #[must_use]
    pub fn has(&self, block: Block) -> bool {
        self.blocks.contains(&block)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_version_of_a_day_is_the_latest_that_has_begun() {
        let version = |number: u32, from: &str| DashboardVersion {
            number,
            valid_from: day(from),
            why: String::new(),
            plots: Measure::DirectSessions,
            months_question: "?".into(),
            agencies_question: "?".into(),
            blocks: Block::ALL.into(),
            measures: Vec::new(),
        };
        let file = DashboardFile {
            summary_hour: 7,
            versions: vec![version(1, "2019-01-01"), version(2, "2021-01-01")],
        };
        let on = |text: &str| file.on(day(text)).map(|version| version.number);
        assert_eq!(on("2018-12-31"), None);
        assert_eq!(on("2019-01-01"), Some(1));
        assert_eq!(on("2020-12-31"), Some(1));
        assert_eq!(on("2021-01-01"), Some(2));
    }
}
