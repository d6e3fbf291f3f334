//! The exchange with the Ministry (REP-19): a frozen form is sent, its receipt comes back, both sides are compared.
//!
//! Acts here only write down what is to be done; the way out is a job (`jobs/src/exchange_send.rs`), which comes back here with the answer.

pub mod answer;
pub mod list;
pub mod reconcile;
pub mod send;

use crate::Error;
use crate::report::Term;

pub use pbgdpl_store::province::{Reconciliation, Sending};

/// Whether the exchange knows the period: what was asked for out of turn goes with the letter that asked.
#[must_use]
pub fn is_exchanged(term: Term) -> bool {
    term.kind.request().is_none()
}

fn exchanged(term: Term) -> Result<(), Error> {
    if is_exchanged(term) {
        return Ok(());
    }
    let why = "Số liệu đột xuất gửi theo văn bản yêu cầu, không gửi qua kết nối với Bộ Tư pháp.";
    Err(Error::Illegal(why.to_owned()))
}
