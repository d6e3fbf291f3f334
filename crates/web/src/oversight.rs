//! What auditors and officers read over all agencies. Every route under `/giam-sat` is a GET: an auditor writes nothing (DSH-03).

pub mod alarm;
pub mod dashboard;
pub mod engagement;
pub mod evidence;
pub mod exceptions;
mod export;
pub mod figure;
mod heat;
pub mod indicator;
pub mod log;
pub mod peers;
pub mod plan;
pub mod quality;
pub mod retention;
pub mod rows;
pub(crate) mod structure;
pub mod take;
mod tiles;
pub mod trace;
mod verification;
pub mod views;
pub(crate) mod words;

use chrono::Timelike;
use pbgdpl_model::clock::Moment;
use pbgdpl_model::ledger::Measure;
use pbgdpl_pages::oversight::Freshness as Shown;
use pbgdpl_province::oversight::freshness::Freshness;
use pbgdpl_province::oversight::standpoint::Standpoint;
use pbgdpl_vietnamese::{date, number};

pub use export::csv;
pub(crate) use export::file;
pub use verification::{checkpoint, verification};

use crate::error::Error;

/// "9 giờ 41 ngày 12/11/2020".
fn when(at: Moment) -> String {
    format!(
        "{} ngày {}",
        date::hour_minute(&date::local_datetime(at.utc())),
        date::dmy(at.day())
    )
}

/// "9 giờ 41 phút 07 giây ngày 12/11/2020".
fn to_the_second(at: Moment) -> String {
    let local = date::local_datetime(at.utc());
    format!(
        "{} giờ {:02} phút {:02} giây ngày {}",
        local.hour(),
        local.minute(),
        local.second(),
        date::dmy(at.day())
    )
}

/// As of when figures are, and loudly where the job that copies days has stopped (DSH-08).
fn fresh(found: &Freshness, now: Moment) -> Shown {
    let waiting = number::grouped(i64::try_from(found.waiting).unwrap_or(i64::MAX));
    let until = match (found.known, found.newest) {
        (Some(day), _) => format!("Số liệu như đã biết đến hết ngày {}", date::dmy(day)),
        (None, None) => "Chưa có số liệu".to_owned(),
        (None, Some(newest)) => format!("Số liệu đến {}", when(newest)),
    };
    let stopped = found.has_stopped(now);
    let until = match found.replica_until {
        Some(last) => format!("{until} (đọc ở bản sao, có đến {})", to_the_second(last)),
        None => until,
    };
    let words = match found.since {
        Some(since) if stopped => format!(
            "{until}; còn {waiting} ngày sổ chờ cộng từ {}. Báo người vận hành.",
            when(since)
        ),
        _ if found.is_waiting() => format!("{until}; còn {waiting} ngày sổ chờ cộng"),
        _ => until,
    };
    Shown { words, stopped }
}

/// "25,1" from tenths; from a thousand on, whole: a tenth says nothing there.
fn tenths(value: i64) -> String {
    if value >= 10_000 {
        return number::grouped((value + 5) / 10);
    }
    format!("{},{}", number::grouped(value / 10), (value % 10).abs())
}

/// The measure that a word of the address means.
fn measure(word: &str) -> Result<Measure, Error> {
    word.parse().map_err(|_| Error::NotFound)
}

/// Counts as the arithmetic of pages takes them.
fn signed(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// The address of a figure.
fn figure_at(measure: Measure, year: i32) -> String {
    format!("/giam-sat/so-lieu/{measure}/{year}")
}

/// The address of a comparison.
fn peers_at(measure: Measure, year: i32) -> String {
    format!("/giam-sat/so-sanh/{measure}/{year}")
}

/// The way to the comparison; none from a past day, for it compares what is known now.
fn compare(measure: Measure, year: i32, at: Standpoint) -> String {
    match at.known {
        None => peers_at(measure, year),
        Some(_) => String::new(),
    }
}
