//! Plans and the yearly report on their results: what each agency contributes, and the province's document, frozen with its figures.
//!
//! | file | holds |
//! |---|---|
//! | `contribution` | what an agency sent: a text a task, and the figures of its own ledger |
//! | `document` | the province's report: every task with its figures, texts, and who has written nothing |
//! | `difference` | what differs between two versions of the report |

mod contribution;
mod difference;
mod document;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

pub use contribution::{Contribution, Draft, Figure, Standing, TaskResult, drawn, standing};
pub use difference::{Changed, changes};
pub use document::{
    Absence, Absent, Book, Contributed, Document, Gathered, Part, Sent, TaskPart, Texts, document,
    ledger_hash,
};

use crate::agency::Agency;
use crate::manifest::PlanFile;

/// The longest text of one task or chapter, in characters.
pub const LONGEST: usize = 20_000;

/// The plans of the province, every wording.
#[derive(Debug, Clone, Default)]
pub struct Plans {
    all: Vec<PlanFile>,
}

impl Plans {
    /// From the catalogue: (code, JSON).
    ///
    /// # Errors
    /// Where an entry is not a plan.
    pub fn read(entries: &[(String, String)]) -> Result<Self, serde_json::Error> {
        let all = entries.iter().map(|(_, body)| serde_json::from_str(body));
        Ok(Self {
            all: all.collect::<Result<_, _>>()?,
        })
    }

    /// A plan in the wording of a year: the last one that holds in it.
    #[must_use]
    pub fn of_year(&self, id: &str, year: i32) -> Option<&PlanFile> {
        let wordings = self.all.iter().filter(|plan| plan.id == id && plan.covers(year));
        wordings.max_by_key(|plan| plan.valid_from)
    }

    /// Every plan with every year of it that began before a day: the newest year first.
    #[must_use]
    pub fn years_until(&self, day: NaiveDate) -> Vec<(&PlanFile, i32)> {
        let mut years = BTreeMap::new();
        for plan in &self.all {
            for year in plan.valid_from.year()..=plan.valid_to.year().min(day.year()) {
                years.insert((std::cmp::Reverse(year), plan.id.as_str()), year);
            }
        }
        let found = years
            .into_iter()
            .filter_map(|((_, id), year)| Some((self.of_year(id, year)?, year)));
        found.collect()
    }
}

/// The days of a year that can be counted on a day: to the last of it, or to today.
#[must_use]
pub fn counted_days(year: i32, today: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
    let from = NaiveDate::from_ymd_opt(year, 1, 1)?;
    let last = NaiveDate::from_ymd_opt(year, 12, 31)?;
    Some((from, last.min(today).max(from)))
}

/// Whether the plan expects a report of the year from this agency: it stood on the last day of it.
#[must_use]
pub fn is_asked(plan: &PlanFile, agency: &Agency, year: i32) -> bool {
    let last = NaiveDate::from_ymd_opt(year, 12, 31);
    plan.contributors.contains(&agency.report_row) && last.is_some_and(|last| agency.stood_on(last))
}

/// Whether this agency may report of the year although nobody expects it: it ended within it.
#[must_use]
pub fn may_contribute(plan: &PlanFile, agency: &Agency, year: i32) -> bool {
    let days = NaiveDate::from_ymd_opt(year, 1, 1).zip(NaiveDate::from_ymd_opt(year, 12, 31));
    plan.contributors.contains(&agency.report_row)
        && days.is_some_and(|(from, to)| agency.stood_between(from, to))
}
