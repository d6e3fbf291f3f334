//! Plans and the yearly report on their results: what each agency contributes, and the province's document, frozen with its figures.
//!
//! | file | holds |
//! |---|---|
//! | `contribution` | what an agency sent: a text a task, and the figures of its own ledger |
//! | `document` | the province's report: every task with its figures, texts, and who has written nothing |
//! | `reminder` | when a report that was not sent is spoken of |
//! | `difference` | what differs between two versions of the report |

mod contribution;
mod difference;
mod document;
mod reminder;
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

pub use reminder::PlanReminder;

use crate::agency::Agency;
use crate::catalogue::{Entry, of_kind};
use crate::manifest::{CalendarFile, CouncilFile, PlanFile};

/// The longest text of one task or chapter, in characters.
pub const LONGEST: usize = 20_000;

/// The plans of the province, every wording.
#[derive(Debug, Clone, Default)]
pub struct Plans {
    all: Vec<PlanFile>,
    calendar: CalendarFile,
}

impl Plans {
    /// Kinds of the catalogue that they are read from.
    pub const KINDS: [&'static str; 3] = ["plan", "council", "calendar"];

    /// From the catalogue.
    ///
    /// # Errors
    /// Where an entry is not what its kind says.
    pub fn read(entries: &[Entry]) -> Result<Self, serde_json::Error> {
        let councils: Vec<CouncilFile> = of_kind(entries, "council")?;
        let mut all: Vec<PlanFile> = of_kind(entries, "plan")?;
        for plan in &mut all {
            let council = councils.iter().find(|one| Some(&one.id) == plan.council.as_ref());
            plan.seats = council.map_or_else(Vec::new, |council| council.members.clone());
        }
        Ok(Self {
            all,
            calendar: of_kind(entries, "calendar")?
                .into_iter()
                .next()
                .unwrap_or_default(),
        })
    }

    /// A plan in the wording of a year: the last one that holds in it.
    #[must_use]
    pub fn of_year(&self, id: &str, year: i32) -> Option<&PlanFile> {
        let wordings = self.all.iter().filter(|plan| plan.id == id && plan.covers(year));
        wordings.max_by_key(|plan| plan.valid_from)
    }

    /// The last day to send the report of a year, where the province set one.
    #[must_use]
    pub fn due(&self, id: &str, year: i32) -> Option<NaiveDate> {
        self.calendar.plan_due(id, year)
    }

    /// Every plan with every year of it whose days began by a day: the newest year first.
    #[must_use]
    pub fn years_until(&self, day: NaiveDate) -> Vec<(&PlanFile, i32)> {
        let mut years = BTreeMap::new();
        for plan in &self.all {
            for year in plan.valid_from.year()..=plan.valid_to.year().min(day.year()) {
                if plan.days(year).is_some_and(|(from, _)| from <= day) {
                    years.insert((std::cmp::Reverse(year), plan.id.as_str()), year);
                }
            }
        }
        let found = years
            .into_iter()
            .filter_map(|((_, id), year)| Some((self.of_year(id, year)?, year)));
        found.collect()
    }
}

/// The days of a year that can be counted on a day: to the last that the plan speaks of, or to today.
#[must_use]
pub fn counted_days(plan: &PlanFile, year: i32, today: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
    let (from, to) = plan.days(year)?;
    Some((from, to.min(today).max(from)))
}

/// Whether the plan expects a report from this agency: it stood, and sat on the council where there is one, on the last day.
#[must_use]
pub fn is_asked(plan: &PlanFile, agency: &Agency, year: i32) -> bool {
    plan.days(year)
        .is_some_and(|(_, last)| asks(plan, agency, (last, last)) && agency.stood_on(last))
}

/// Whether this agency may report although nobody expects it: it ended, or left the council, within the days.
#[must_use]
pub fn may_contribute(plan: &PlanFile, agency: &Agency, year: i32) -> bool {
    plan.days(year)
        .is_some_and(|(from, to)| asks(plan, agency, (from, to)) && agency.stood_between(from, to))
}

/// Whether the agency is one of those who write, on some day of those.
fn asks(plan: &PlanFile, agency: &Agency, (from, to): (NaiveDate, NaiveDate)) -> bool {
    match plan.council {
        None => plan.contributors.contains(&agency.report_row),
        Some(_) => {
            let mut seats = plan.seats.iter();
            seats.any(|seat| seat.agency == agency.slug && seat.within(from, to))
        }
    }
}
