//! What the writers know of their activities: figures that stand for certain, and those that may stand.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use pbgdpl_model::ledger::Measure;

/// What one activity counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Figures {
    pub day: NaiveDate,
    pub attendees: i64,
    pub materials: i64,
}

/// Quantities by day and measure.
pub(crate) type Sums = BTreeMap<(NaiveDate, String), i64>;

impl Figures {
    pub fn sums(&self) -> Sums {
        let figures = [
            (Measure::DirectSessions, 1),
            (Measure::DirectAttendees, self.attendees),
            (Measure::MaterialsIssued, self.materials),
        ];
        figures
            .into_iter()
            .map(|(measure, quantity)| ((self.day, measure.word().to_owned()), quantity))
            .collect()
    }
}

/// One activity in its writer's book.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub agency: String,
    pub title: String,
    /// What may stand in the ledger: one of these, and nothing else. `None`: it counts nothing.
    pub may_stand: Vec<Option<Figures>>,
    /// Organised with the other agency.
    pub joint: bool,
    /// How many acts of it were acknowledged.
    pub acknowledged: usize,
    /// Whether any act of it got no answer.
    pub in_doubt: bool,
}

/// The book of one writer.
#[derive(Debug, Default)]
pub(crate) struct Book {
    pub lines: Vec<Line>,
    /// How acts failed: the status, or 0 where the connection broke.
    pub faults: BTreeMap<u16, usize>,
    /// Answers that a storm does not explain.
    pub strange: Vec<String>,
}
