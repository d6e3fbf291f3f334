//! Days and hours of the province as instants.

use chrono::{NaiveDate, NaiveTime, TimeDelta};
use pbgdpl_model::clock::Moment;

/// This day at so many minutes after midnight, in the province.
pub fn at(day: NaiveDate, minutes: i64) -> Moment {
    let local = day.and_time(NaiveTime::MIN) + TimeDelta::minutes(minutes) - TimeDelta::hours(7);
    Moment::from_millis(local.and_utc().timestamp_millis())
}

/// This day of 2020 or 2021; the first of the year where there is none such.
pub fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_instant_falls_on_its_day() {
        let first = day(2020, 1, 1);
        assert_eq!(at(first, 0).day(), first);
        assert_eq!(at(first, 23 * 60 + 59).day(), first);
        assert_eq!(at(first, 8 * 60).rfc3339(), "2020-01-01T08:00:00+07:00");
    }
}
