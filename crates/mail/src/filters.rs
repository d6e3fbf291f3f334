//! How letters write dates.

use chrono::{Datelike, NaiveDate, Timelike};
use pbgdpl_model::clock::Moment;

/// Writes `lúc 14:05 ngày 07/12/2021`, in the province's time (UTC+7).
#[askama::filter_fn]
pub fn clock(at: &Moment, _: &dyn askama::Values) -> askama::Result<String> {
    let there = at.plus_seconds(7 * 3600).utc();
    Ok(format!(
        "lúc {:02}:{:02} ngày {}",
        there.hour(),
        there.minute(),
        written(at.day())
    ))
}

/// Writes `07/12/2021`.
#[askama::filter_fn]
pub fn vietnamese_day(day: &NaiveDate, _: &dyn askama::Values) -> askama::Result<String> {
    Ok(written(*day))
}

fn written(day: NaiveDate) -> String {
    format!("{:02}/{:02}/{}", day.day(), day.month(), day.year())
}
