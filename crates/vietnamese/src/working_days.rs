//! Working days: terms of the law counted over weekends, holidays, Tết and compensated Saturdays (N-27).

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate, Weekday};
use thiserror::Error;

/// The days off and the days made up for, as the Government announces them for each year. Built from data.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Calendar {
    holidays: BTreeSet<NaiveDate>,
    compensatory: BTreeSet<NaiveDate>,
}

/// Why the data of a calendar cannot hold.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CalendarError {
    /// One date stands in both lists.
    #[error("{0} is both a holiday and a compensatory working day")]
    Both(NaiveDate),
    /// A compensatory working day must fall on a weekend; others are working days already.
    #[error("compensatory working day {0} is not a Saturday or Sunday")]
    NotAWeekend(NaiveDate),
}

impl Calendar {
    /// Returns the calendar of the given days off (days in lieu included; those on weekends do no harm) and of the
    /// weekend days on which people work instead.
    pub fn new(
        holidays: impl IntoIterator<Item = NaiveDate>,
        compensatory: impl IntoIterator<Item = NaiveDate>,
    ) -> Result<Self, CalendarError> {
        let holidays: BTreeSet<NaiveDate> = holidays.into_iter().collect();
        let compensatory: BTreeSet<NaiveDate> = compensatory.into_iter().collect();
        if let Some(date) = holidays.intersection(&compensatory).next() {
            return Err(CalendarError::Both(*date));
        }
        if let Some(date) = compensatory.iter().find(|date| !is_weekend(**date)) {
            return Err(CalendarError::NotAWeekend(*date));
        }
        Ok(Self {
            holidays,
            compensatory,
        })
    }

    /// Tells whether the holidays of that year are known; without them a due date is only an estimate.
    pub fn covers(&self, year: i32) -> bool {
        self.holidays.iter().any(|date| date.year() == year)
    }

    /// Tells whether offices work on that day.
    pub fn is_working_day(&self, date: NaiveDate) -> bool {
        self.compensatory.contains(&date) || !(is_weekend(date) || self.holidays.contains(&date))
    }

    /// Returns the last day of a term of that many working days. The first day does not count (Bộ luật Dân sự 2015,
    /// Điều 147 khoản 2). A term of none ends the same day, or on the next working day (Điều 148 khoản 5).
    pub fn add_working_days(&self, from: NaiveDate, term: u16) -> NaiveDate {
        let mut later = from.iter_days().filter(|date| self.is_working_day(*date));
        let last = match term {
            0 => later.next(),
            term => later.filter(|date| *date > from).nth(usize::from(term) - 1),
        };
        last.unwrap_or(NaiveDate::MAX)
    }

    /// Returns how many working days lie after `from`, up to and including `to`; negative if `to` is the earlier one.
    pub fn working_days_between(&self, from: NaiveDate, to: NaiveDate) -> i64 {
        if to < from {
            return -self.working_days_between(to, from);
        }
        let days = from.iter_days().skip(1).take_while(|date| *date <= to);
        days.filter(|date| self.is_working_day(*date))
            .fold(0, |count, _| count + 1)
    }
}

fn is_weekend(date: NaiveDate) -> bool {
    matches!(date.weekday(), Weekday::Sat | Weekday::Sun)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::parse_dmy;

    fn day(text: &str) -> NaiveDate {
        parse_dmy(text).unwrap()
    }

    fn days(text: &str) -> Vec<NaiveDate> {
        text.split_whitespace().map(day).collect()
    }

    /// The announced days off of 2020 and 2021 (Tết Canh Tý 23-29/01/2020, Tết Tân Sửu 10-16/02/2021), and the
    /// exchange of Monday 29/04/2019 for Saturday 04/05/2019.
    fn calendar() -> Calendar {
        let holidays = days(
            "29/04/2019 30/04/2019 01/05/2019
             01/01/2020 23/01/2020 24/01/2020 25/01/2020 26/01/2020 27/01/2020 28/01/2020 29/01/2020
             02/04/2020 30/04/2020 01/05/2020 02/09/2020
             01/01/2021 10/02/2021 11/02/2021 12/02/2021 13/02/2021 14/02/2021 15/02/2021 16/02/2021
             21/04/2021 30/04/2021 01/05/2021 03/05/2021 02/09/2021 03/09/2021",
        );
        Calendar::new(holidays, days("04/05/2019")).unwrap()
    }

    #[test]
    fn due_dates_counted_by_hand() {
        let calendar = calendar();
        for (from, term, due) in [
            ("20/01/2020", 2, "22/01/2020"),  // Tue, Wed
            ("20/01/2020", 3, "30/01/2020"),  // first day after Tết Canh Tý
            ("20/01/2020", 5, "03/02/2020"),  // 21, 22, 30, 31 January, Monday 3 February
            ("17/01/2020", 15, "14/02/2020"), // 20-22, 30, 31, 3-7, 10-14
            ("25/01/2020", 1, "30/01/2020"),  // begins within Tết
            ("09/02/2021", 1, "17/02/2021"),  // last day before Tết Tân Sửu
            ("05/02/2021", 5, "19/02/2021"),  // 8, 9, 17, 18, 19
            ("29/04/2021", 2, "05/05/2021"),  // 4, 5: Saturday 1 May made up on Monday 3
            ("31/08/2021", 3, "07/09/2021"),  // 1, 6, 7: two days of National Day since 2021
            ("26/04/2019", 1, "02/05/2019"),  // five days off
            ("26/04/2019", 3, "04/05/2019"),  // 2, 3 and the worked Saturday
            ("26/04/2019", 4, "06/05/2019"),
            ("22/01/2020", 0, "22/01/2020"),
            ("26/01/2020", 0, "30/01/2020"),
        ] {
            assert_eq!(
                calendar.add_working_days(day(from), term),
                day(due),
                "{from} + {term}"
            );
        }
    }

    #[test]
    fn counting_is_the_inverse_of_adding() {
        let calendar = calendar();
        for start in day("01/04/2019").iter_days().take(1_000) {
            for term in 1..=20 {
                let due = calendar.add_working_days(start, term);
                assert!(calendar.is_working_day(due));
                assert_eq!(calendar.working_days_between(start, due), i64::from(term));
                assert_eq!(calendar.working_days_between(due, start), -i64::from(term));
            }
        }
        assert_eq!(
            calendar.working_days_between(day("22/01/2020"), day("29/01/2020")),
            0
        );
        assert_eq!(
            calendar.working_days_between(day("31/12/2019"), day("31/12/2020")),
            252
        );
    }

    #[test]
    fn wrong_data_is_refused_and_the_end_of_time_is_survived() {
        let both = Calendar::new(days("04/05/2019"), days("04/05/2019"));
        assert_eq!(both, Err(CalendarError::Both(day("04/05/2019"))));
        let weekday = Calendar::new([], days("06/05/2019"));
        assert_eq!(weekday, Err(CalendarError::NotAWeekend(day("06/05/2019"))));
        assert!(calendar().covers(2021) && !calendar().covers(2022));
        assert_eq!(
            Calendar::default().add_working_days(NaiveDate::MAX, 3),
            NaiveDate::MAX
        );
    }
}
