//! A reorganisation's file: who followed whom from which day, by which decision, and who goes on with the series of figures.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::agency::is_false;
use super::words::SuccessionKind;

/// `reorganisations/{id}.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReorganisationFile {
    /// Also the file's name.
    pub id: String,
    /// What was reorganised.
    pub title: String,
    /// `[[succession]]`.
    #[serde(rename = "succession")]
    pub successions: Vec<SuccessionEntry>,
}

/// One unit and what came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SuccessionEntry {
    /// How.
    pub kind: SuccessionKind,
    /// Slug of the unit that it is told of.
    pub from: String,
    /// Slugs of the units that follow it; it may be one of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub to: Vec<String>,
    /// First day of the new order.
    pub day: NaiveDate,
    /// Slug of the unit that goes on with its series of figures; where one unit follows, it is that one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub series_to: Option<String>,
    /// Number of the decision.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<String>,
    /// Day of the decision.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided_on: Option<NaiveDate>,
    /// Which functions went where, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub functions: Option<String>,
    /// Not yet checked against an official source.
    #[serde(default, skip_serializing_if = "is_false")]
    pub verify: bool,
}

impl SuccessionEntry {
    /// Whether the unit stands no more from that day on.
    #[must_use]
    pub fn ends(&self) -> bool {
        self.kind != SuccessionKind::Transfer && !self.to.contains(&self.from)
    }

    /// Who goes on with the series of a unit that ended: the one that is named, or the only one that follows.
    #[must_use]
    pub fn heir(&self) -> Option<&str> {
        let only = || match self.to.as_slice() {
            [one] => Some(one.as_str()),
            _ => None,
        };
        self.series_to.as_deref().or_else(only).filter(|_| self.ends())
    }
}
