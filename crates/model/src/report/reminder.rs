//! When a report that was not sent is spoken of: a week before its last day, the day before, and once it is over (REP-07).

use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;

use super::period::{period_of, period_word};
use crate::manifest::PeriodKind;
use crate::policy::UnknownWord;

/// How near the last day is. A node that was down on the very day speaks as long as the next word is not due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Nearness {
    /// Seven to two days before.
    Week,
    /// The day before, or the last day itself.
    Eve,
    /// One to [`Nearness::FORGOTTEN`] days after: escalated.
    Late,
}

impl Nearness {
    /// Days after the last day from which nobody is reminded by letter any more: the dashboard goes on to say it.
    pub const FORGOTTEN: i64 = 14;

    /// The whole list.
    pub const ALL: [Self; 3] = [Self::Week, Self::Eve, Self::Late];

    /// How near, seen from this day; nothing where it is too early or too late to speak.
    #[must_use]
    pub fn of(today: NaiveDate, due: NaiveDate) -> Option<Self> {
        match (due - today).num_days() {
            2..=7 => Some(Self::Week),
            0..=1 => Some(Self::Eve),
            left if (-Self::FORGOTTEN..0).contains(&left) => Some(Self::Late),
            _ => None,
        }
    }

    /// The word in tables.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Week => "week",
            Self::Eve => "eve",
            Self::Late => "late",
        }
    }
}

impl FromStr for Nearness {
    type Err = UnknownWord;
    fn from_str(word: &str) -> Result<Self, UnknownWord> {
        Self::ALL
            .into_iter()
            .find(|nearness| nearness.word() == word)
            .ok_or_else(|| UnknownWord {
                list: "nearness",
                word: word.to_owned(),
            })
    }
}

/// What a reminder is about; its text is `09d/nam-chinh-thuc/2020/week/2021-01-31`. The last day belongs to it: of a day that
/// was moved people are told anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reminder {
    /// Id of the form that is to be sent.
    pub form: String,
    /// For which period.
    pub period: PeriodKind,
    /// Of which year.
    pub year: i32,
    /// How near its last day is.
    pub nearness: Nearness,
    /// Its last day.
    pub due: NaiveDate,
}

impl Reminder {
    /// Reads the text of a reminder.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let mut parts = text.split('/');
        let reminder = Self {
            form: parts.next().filter(|form| !form.is_empty())?.to_owned(),
            period: period_of(parts.next()?)?,
            year: parts.next()?.parse().ok()?,
            nearness: parts.next()?.parse().ok()?,
            due: parts.next()?.parse().ok()?,
        };
        parts.next().is_none().then_some(reminder)
    }
}

impl fmt::Display for Reminder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (period, near) = (period_word(self.period), self.nearness.word());
        write!(f, "{}/{period}/{}/{near}/{}", self.form, self.year, self.due)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rep_07_seven_days_one_day_and_one_day_after() {
        let due = NaiveDate::from_ymd_opt(2020, 6, 16).unwrap();
        let seen = |left: i64| Nearness::of(due - chrono::Duration::days(left), due);
        let table = [
            (8, None),
            (7, Some(Nearness::Week)),
            (2, Some(Nearness::Week)),
            (1, Some(Nearness::Eve)),
            (0, Some(Nearness::Eve)),
            (-1, Some(Nearness::Late)),
            (-14, Some(Nearness::Late)),
            (-15, None),
        ];
        for (left, expected) in table {
            assert_eq!(seen(left), expected, "{left} days before");
        }
    }

    #[test]
    fn a_reminder_reads_back() {
        let reminder = Reminder {
            form: "09d".into(),
            period: PeriodKind::OfficialYear,
            year: 2020,
            nearness: Nearness::Late,
            due: NaiveDate::from_ymd_opt(2021, 1, 31).unwrap(),
        };
        assert_eq!(reminder.to_string(), "09d/nam-chinh-thuc/2020/late/2021-01-31");
        assert_eq!(Reminder::read(&reminder.to_string()), Some(reminder));
        for wrong in [
            "",
            "09d",
            "09d/nam/2020/late",
            "09d/quy/2020/late/2021-01-31",
            "09d/nam/x/late/2021-01-31",
            "09d/nam/2020/soon/2021-01-31",
            "09d/nam/2020/late/2021-02-30",
            "09d/nam/2020/late/2021-01-31/1",
        ] {
            assert_eq!(Reminder::read(wrong), None, "{wrong}");
        }
    }
}
