//! A year beside the year before, day by day: while it runs, the year before ends on the same day of the same month.

use chrono::{Datelike, Months, NaiveDate};

/// The first and the last day of a year.
pub(crate) fn days_of_year(year: i32) -> (NaiveDate, NaiveDate) {
    let day = |month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default();
    (day(1, 1), day(12, 31))
}

/// The first and the last day of some months of a year, from 1 to 12; none where there are no such months.
#[must_use]
pub fn days_of_months(year: i32, first: u32, last: u32) -> Option<(NaiveDate, NaiveDate)> {
    let from = NaiveDate::from_ymd_opt(year, first, 1)?;
    let begin = NaiveDate::from_ymd_opt(year, last, 1)?;
    let to = begin.checked_add_months(Months::new(1))?.pred_opt()?;
    Some((from, to))
}

/// The days of a year that are told, and those of the year before that they are compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SameDays {
    /// Which year.
    pub year: i32,
    /// Its last day that is told: 31 December, or today.
    pub until: NaiveDate,
    /// The last day that is compared of the year before: the same day, 28 February for the 29th.
    pub before_until: NaiveDate,
}

impl SameDays {
    /// Of a year, today.
    #[must_use]
    pub fn of(year: i32, today: NaiveDate) -> Self {
        let until = days_of_year(year).1.min(today);
        Self {
            year,
            until,
            before_until: until.checked_sub_months(Months::new(12)).unwrap_or(until),
        }
    }

    /// Whether the year is over, and compared whole.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.until == days_of_year(self.year).1
    }

    /// The last month that is told.
    #[must_use]
    pub fn through(&self) -> u32 {
        self.until.month()
    }

    /// First and last day of the year before that are compared.
    #[must_use]
    pub fn before(&self) -> (NaiveDate, NaiveDate) {
        (days_of_year(self.year - 1).0, self.before_until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    #[test]
    fn a_running_year_is_compared_to_the_same_day_and_a_past_one_whole() {
        let running = SameDays::of(2020, day(2020, 11, 3));
        assert_eq!(running.before(), (day(2019, 1, 1), day(2019, 11, 3)));
        assert!(!running.is_whole() && running.through() == 11);
        let past = SameDays::of(2019, day(2020, 11, 3));
        assert_eq!(past.before(), (day(2018, 1, 1), day(2018, 12, 31)));
        assert!(past.is_whole() && past.through() == 12);
        assert!(SameDays::of(2020, day(2020, 12, 31)).is_whole());
    }

    #[test]
    fn months_end_with_their_last_day() {
        assert_eq!(
            days_of_months(2020, 2, 2),
            Some((day(2020, 2, 1), day(2020, 2, 29)))
        );
        assert_eq!(
            days_of_months(2020, 10, 12),
            Some((day(2020, 10, 1), day(2020, 12, 31)))
        );
        assert_eq!(days_of_months(2020, 13, 13), None);
    }

    #[test]
    fn the_29th_of_february_is_compared_to_the_28th() {
        let leap = SameDays::of(2020, day(2020, 2, 29));
        assert_eq!(leap.before_until, day(2019, 2, 28));
        let after = SameDays::of(2021, day(2021, 2, 28));
        assert_eq!(
            after.before_until,
            day(2020, 2, 28),
            "the 29th is not among the same days"
        );
    }
}
