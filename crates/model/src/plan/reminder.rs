//! When a report on a plan that was not sent is spoken of: a week before its last day, the day before, and once it is over.

use std::fmt;

use chrono::NaiveDate;

use crate::report::Nearness;

/// What a reminder is about; its text is `de-an-471/2020/week/2020-12-10`. Of a day that was moved people are told anew.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct PlanReminder {
    /// Id of the plan.
    pub plan: String,
    /// Of which year.
    pub year: i32,
    /// How near its last day is.
    pub nearness: Nearness,
    /// Its last day.
    pub due: NaiveDate,
}

impl PlanReminder {
    /// Reads the text of a reminder.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let mut parts = text.split('/');
        let reminder = Self {
            plan: parts.next().filter(|plan| !plan.is_empty())?.to_owned(),
            year: parts.next()?.parse().ok()?,
            nearness: parts.next()?.parse().ok()?,
            due: parts.next()?.parse().ok()?,
        };
        parts.next().is_none().then_some(reminder)
    }
}

impl fmt::Display for PlanReminder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}/{}/{}/{}",
            self.plan,
            self.year,
            self.nearness.word(),
            self.due
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reminder_reads_back() {
        let reminder = PlanReminder {
            plan: "de-an-471".into(),
            year: 2020,
            nearness: Nearness::Week,
            due: NaiveDate::from_ymd_opt(2020, 12, 10).unwrap(),
        };
        assert_eq!(reminder.to_string(), "de-an-471/2020/week/2020-12-10");
        assert_eq!(PlanReminder::read(&reminder.to_string()), Some(reminder));
        for wrong in [
            "",
            "a/2020/week",
            "a/x/week/2020-12-10",
            "a/2020/soon/2020-12-10",
            "a/2020/week/2020-12-10/1",
        ] {
            assert_eq!(PlanReminder::read(wrong), None, "{wrong}");
        }
    }
}
