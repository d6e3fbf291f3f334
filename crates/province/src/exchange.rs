//! The exchange with the Ministry (REP-19): a frozen form is sent, its receipt comes back, both sides are compared.
//!
//! Acts here only write down what is to be done; the way out is a job (`jobs/src/exchange_send.rs`), which comes back here with the answer.

pub mod answer;
pub mod list;
pub mod reconcile;
pub mod send;

pub use pbgdpl_store::province::{Reconciliation, Sending};
