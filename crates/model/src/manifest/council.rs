//! A council of agencies as data: which agencies sit on it, in which seat, since when. Its members report to it by a plan.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::agency::is_false;

/// `councils/{id}.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CouncilFile {
    /// What plans call it.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The regulation it works by, and the decision that made it.
    pub basis: Vec<String>,
    /// `[[member]]`: seats of agencies, never of persons.
    #[serde(rename = "member")]
    pub members: Vec<Seat>,
}

/// An agency's seat.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seat {
    /// Slug of the agency.
    pub agency: String,
    /// "Cơ quan thường trực", "Ủy viên".
    pub seat: String,
    /// First day.
    pub valid_from: NaiveDate,
    /// Last day, if it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<NaiveDate>,
    /// Has not been compared with the decision on its members.
    #[serde(default, skip_serializing_if = "is_false")]
    pub verify: bool,
}

impl Seat {
    /// Whether the agency sits on some day of those.
    #[must_use]
    pub fn within(&self, from: NaiveDate, to: NaiveDate) -> bool {
        self.valid_from <= to && self.valid_to.is_none_or(|end| from <= end)
    }
}
