//! A plan as data: its tasks in the words of the plan, who leads and who joins, which figures of the ledger tell of each, and
//! the outline of the yearly report on its results. The first wording stands in `plans/{id}.toml`, a later one beside it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::agency::is_false;
use super::calendar::MonthDay;
use super::council::Seat;
use super::words::SectionPlace;
use crate::agency::{Agency, ReportRow};
use crate::ledger::Measure;

/// `plans/{id}.toml`, or `plans/{id}.{valid_from}.toml` for a later wording.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanFile {
    /// The same in every wording; stands in addresses.
    pub id: String,
    /// Name of the plan, as lists show it.
    pub title: String,
    /// Trích yếu of the report without its year: "Kết quả thực hiện Đề án …".
    pub summary: String,
    /// Căn cứ: the plan itself, and what it carries out.
    pub basis: Vec<String>,
    /// First day.
    pub valid_from: NaiveDate,
    /// Last day.
    pub valid_to: NaiveDate,
    /// Cơ quan ban hành of the report, line by line.
    pub issuer: Vec<String>,
    /// Symbol of its number: "BC-UBND".
    pub symbol: String,
    /// Kính gửi.
    pub receiver: String,
    /// Who signs: each line of it.
    pub signer: Vec<String>,
    /// Nơi nhận.
    pub recipients: Vec<String>,
    /// Agencies with these report rows write of their results each year; or a council's members do.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contributors: Vec<ReportRow>,
    /// The council whose members write of theirs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub council: Option<String>,
    /// Its seats, as the council's file says them.
    #[serde(skip)]
    pub seats: Vec<Seat>,
    /// How the part of the year is called, before the year: "6 tháng đầu năm"; the year itself where nothing is said.
    #[serde(default = "whole_year", skip_serializing_if = "is_whole_year")]
    pub term: String,
    /// First day of the year that the report counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<MonthDay>,
    /// Last day of the year that it counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<MonthDay>,
    /// Wording or basis has not been compared with the signed copy.
    #[serde(default, skip_serializing_if = "is_false")]
    pub verify: bool,
    /// `[[section]]`.
    #[serde(rename = "section", default, skip_serializing_if = "Vec::is_empty")]
    pub sections: Vec<PlanSection>,
    /// `[[task]]`.
    #[serde(rename = "task")]
    pub tasks: Vec<PlanTask>,
}

/// What the whole year is called.
pub(crate) fn whole_year() -> String {
    "năm".to_owned()
}

pub(crate) fn is_whole_year(term: &str) -> bool {
    term == "năm"
}

/// A chapter of the report that speaks of no single task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanSection {
    /// Stands in addresses.
    pub id: String,
    /// Its heading.
    pub title: String,
    /// What belongs in it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub hint: String,
    /// Before or after the tasks.
    pub place: SectionPlace,
}

/// One task of the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanTask {
    /// As in the plan: "II.3a".
    pub number: String,
    /// What is to be done, in the words of the plan.
    pub text: String,
    /// "Đơn vị chủ trì" or "Đơn vị thực hiện", as the plan says.
    pub lead: String,
    /// "Đơn vị phối hợp".
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub join: String,
    /// "Thời gian thực hiện".
    pub term: String,
    /// No figure of the ledger tells of it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub narrative_only: bool,
    /// Which agencies lead.
    pub leads: Charged,
    /// Which agencies join.
    #[serde(default, skip_serializing_if = "Charged::is_empty")]
    pub joins: Charged,
    /// `[[task.indicator]]`.
    #[serde(rename = "indicator", default, skip_serializing_if = "Vec::is_empty")]
    pub indicators: Vec<Indicator>,
}

/// Agencies with a charge: by their rows of the province's form, or by name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Charged {
    /// All agencies with these report rows.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rows: Vec<ReportRow>,
    /// Slugs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub agencies: Vec<String>,
    /// Everybody whom the plan asks.
    #[serde(default, skip_serializing_if = "is_false")]
    pub all: bool,
}

/// A figure that tells of a task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Indicator {
    /// What is counted: "Số cuộc PBGDPL trực tiếp".
    pub label: String,
    /// Its unit.
    pub unit: String,
    /// Measures of the ledger it sums.
    pub measures: Vec<Measure>,
}

/// What an agency is in a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Charge {
    /// Leads, or carries it out.
    Lead,
    /// Joins.
    Join,
}

impl Charge {
    /// On the screen.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Lead => "chủ trì",
            Self::Join => "phối hợp",
        }
    }
}

impl Charged {
    /// Whether nobody is charged.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty() && self.agencies.is_empty() && !self.all
    }

    /// Whether this agency is among them.
    #[must_use]
    pub fn has(&self, agency: &Agency) -> bool {
        self.all || self.rows.contains(&agency.report_row) || self.agencies.contains(&agency.slug)
    }
}

impl PlanTask {
    /// What the agency is in it; nothing where the plan does not name it.
    #[must_use]
    pub fn charge_of(&self, agency: &Agency) -> Option<Charge> {
        if self.leads.has(agency) {
            Some(Charge::Lead)
        } else {
            self.joins.has(agency).then_some(Charge::Join)
        }
    }
}

impl PlanFile {
    /// The name of this wording among all plans: the id alone for the first one, with its first day for a later one.
    #[must_use]
    pub fn entry<'a>(&self, all: impl IntoIterator<Item = &'a Self>) -> String {
        let same = all.into_iter().filter(|other| other.id == self.id);
        super::wording::entry(&self.id, self.valid_from, same.map(|other| other.valid_from))
    }

    /// Whether both wordings hold on some day.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        other.valid_from <= self.valid_to && self.valid_from <= other.valid_to
    }

    /// The days of a year that its report speaks of.
    #[must_use]
    pub fn days(&self, year: i32) -> Option<(NaiveDate, NaiveDate)> {
        let day = |said: Option<MonthDay>, (month, day): (u32, u32)| match said {
            Some(said) => said.in_year(year),
            None => NaiveDate::from_ymd_opt(year, month, day),
        };
        day(self.from, (1, 1)).zip(day(self.to, (12, 31)))
    }

    /// "năm 2020", "6 tháng đầu năm 2020".
    #[must_use]
    pub fn term_words(&self, year: i32) -> String {
        format!("{} {year}", self.term)
    }

    /// Whether some day of the year that its report speaks of belongs to it.
    #[must_use]
    pub fn covers(&self, year: i32) -> bool {
        self.days(year)
            .is_some_and(|(from, to)| self.valid_from <= to && from <= self.valid_to)
    }

    /// The task with this number.
    #[must_use]
    pub fn task(&self, number: &str) -> Option<&PlanTask> {
        self.tasks.iter().find(|task| task.number == number)
    }

    /// The chapters in one of the two places.
    pub fn sections_in(&self, place: SectionPlace) -> impl Iterator<Item = &PlanSection> {
        self.sections.iter().filter(move |section| section.place == place)
    }
}
