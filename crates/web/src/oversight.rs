//! What auditors and officers read over all agencies. Every route here is a GET: an auditor writes nothing (DSH-03).

pub mod dashboard;
pub mod evidence;
pub mod exceptions;
pub mod figure;
pub mod log;
pub mod rows;
pub(crate) mod structure;
pub mod trace;
mod verification;

use pbgdpl_model::clock::Moment;
use pbgdpl_model::ledger::Measure;
use pbgdpl_vietnamese::date;

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
