//! Reports as the province handles them: who is late, one report, the sum.

pub mod exchange;
pub mod extension;
pub mod follow;
pub mod one;
mod print;
mod redraw;
pub mod send_back;
pub mod sum;
pub mod workbook;

use pbgdpl_model::report::period_of;
use pbgdpl_province::report::Term;
use pbgdpl_scope::{Found, Tenant};

use crate::error::Error;
use crate::extract::Officer;

/// The period of an address.
fn term(period: &str, year: i32) -> Result<Term, Error> {
    let kind = period_of(period).ok_or(Error::NotFound)?;
    Ok(Term { kind, year })
}

/// The agency of an address.
pub(super) fn agency(officer: &Officer, slug: &str) -> Result<Tenant, Error> {
    match officer.ctx.snapshot().by_slug(slug) {
        Some(Found::Here(tenant) | Found::Moved(tenant)) => Ok(tenant),
        None => Err(Error::NotFound),
    }
}

/// The address of a period's list of a collection; under a form of an agency, the address before its slug.
pub(crate) fn list_address(form: &str, term: Term) -> String {
    format!("/tinh/bao-cao/{form}/{}/{}", term.word(), term.year)
}

/// The address of the sum.
fn sum_address(form: &str, term: Term) -> String {
    format!("/tinh/tong-hop/{form}/{}/{}", term.word(), term.year)
}
