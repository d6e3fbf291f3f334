//! An indicator as data (REP-01): what is counted, in which unit, from where, by which law, since when. The first version stands
//! in `indicators/{id}.toml`, a later one beside it in `indicators/{id}.{valid_from}.toml`.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::agency::is_false;
use super::words::{ColumnSource, ColumnType, MediationFigure, RegisterFigure};
use crate::ledger::Measure;

/// How far a figure may stand from the year before without a word, in percent, where the indicator does not say.
pub const TOLERANCE: u16 = 100;

/// `indicators/{id}.toml`, or `indicators/{id}.{valid_from}.toml` for a later version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IndicatorFile {
    /// The same in every version; stands in addresses.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What is counted, and what is not.
    pub definition: String,
    /// Unit of its figures.
    pub unit: String,
    /// Stock or flow.
    #[serde(rename = "type")]
    pub kind: ColumnType,
    /// Where its figures come from.
    pub source: ColumnSource,
    /// Measures of the ledger it sums (source = ledger).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub measures: Vec<Measure>,
    /// What it counts of the register (source = register).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub register: Option<RegisterFigure>,
    /// What it counts of the tổ hòa giải (source = mediation).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mediation: Option<MediationFigure>,
    /// Indicators it adds up (source = formula).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<String>,
    /// How far a figure may stand from the year before without an explanation, in percent of the smaller one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tolerance: Option<u16>,
    /// Its number in the Ministry's list of indicators.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ministry: Option<String>,
    /// The law it comes from.
    pub basis: String,
    /// First day.
    pub valid_from: NaiveDate,
    /// Last day, if it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<NaiveDate>,
    /// Definition or basis has not been compared with the official text.
    #[serde(default, skip_serializing_if = "is_false")]
    pub verify: bool,
}

impl IndicatorFile {
    /// The name of this version among all indicators, in the catalogue and of its file.
    #[must_use]
    pub fn entry<'a>(&self, all: impl IntoIterator<Item = &'a Self>) -> String {
        let same = all.into_iter().filter(|other| other.id == self.id);
        super::wording::entry(&self.id, self.valid_from, same.map(|other| other.valid_from))
    }

    /// Whether this version holds on a day.
    #[must_use]
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.valid_from <= day && self.valid_to.is_none_or(|to| day <= to)
    }

    /// Whether this version holds on some day of those.
    #[must_use]
    pub fn holds_within(&self, from: NaiveDate, to: Option<NaiveDate>) -> bool {
        self.valid_to.is_none_or(|end| from <= end) && to.is_none_or(|to| self.valid_from <= to)
    }
}
