//! The outbox and the schedule: one file per job, each idempotent.
//!
//! # How to add a job
//!
//! 1. A variant of `Message` in `pbgdpl-model` with ids, not content; the act sends it in its own transaction.
//! 2. A file here with `run`, which may be called twice for the same message, on any node; a line in `settle::carry_out`.
//! 3. A letter is a message of its own for each reader: `run` returns `letter::for_each`, and `letter`, which looks again
//!    whether the reader may still know and whether it still matters, ends in `letter::send`. Its kind stands in
//!    `lane::LETTERS`, so that it holds up nothing. The Message-ID comes from its outbox row: twice is once.

mod account_invited;
mod alarm_raised;
mod article_returned;
mod article_submitted;
mod contribution_decided;
mod drain;
mod exchange_reconcile;
mod exchange_send;
mod extension_answered;
mod extension_asked;
mod factor_reset;
mod failure;
mod file_dropped;
mod host_due;
mod host_troubled;
mod lane;
mod ledger_years;
mod letter;
mod new_device;
mod person_erased;
mod place_due;
mod place_picture;
mod place_troubled;
mod plan_due;
mod poll;
mod public_figures;
mod purge;
mod rebuild;
mod report_decided;
mod report_due;
mod report_requested;
mod report_submitted;
mod roll_up;
mod runner;
mod schedule;
mod section_changed;
mod settle;
mod share_answered;
mod share_invited;
mod summary;
mod work;

pub use drain::Drained;
pub use failure::Failure;
pub use poll::keep_current;
pub use rebuild::rebuild;
pub use runner::Jobs;
pub use work::Pages;
