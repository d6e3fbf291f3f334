//! From a cell of an official form down to its records.

pub mod cell;
pub mod list;
pub mod records;
pub mod report;
pub mod sum;

use pbgdpl_model::report::period_of;
use pbgdpl_province::report::Term;
use serde::Deserialize;

use crate::error::Error;

/// Which version, which line, which page.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Which {
    /// Version; the newest where none is named.
    pub ban: Option<i32>,
    /// Key of the line.
    pub dong: Option<String>,
    /// Page, from 1.
    pub trang: Option<u64>,
}

fn term(period: &str, year: i32) -> Result<Term, Error> {
    let kind = period_of(period).ok_or(Error::NotFound)?;
    Ok(Term { kind, year })
}

/// The address of a form of the province; with a slug behind it, of an agency's form.
fn form_at(form: &str, term: Term) -> String {
    format!("/giam-sat/bieu/{form}/{}/{}", term.word(), term.year)
}
