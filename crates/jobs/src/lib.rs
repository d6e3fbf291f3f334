//! The outbox and the schedule: one file per job, each idempotent.
//!
//! # How to add a job
//!
//! 1. A variant of `Message` in `pbgdpl-model` with ids, not content; the act sends it in its own transaction.
//! 2. A file here with `run`, which may be called twice for the same message, on any node; a line in `runner::carry_out`.
//! 3. A letter goes through `letter::post`: its Message-ID comes from the outbox row, so that twice is once.

mod account_invited;
mod article_returned;
mod article_submitted;
mod factor_reset;
mod failure;
mod letter;
mod new_device;
mod poll;
mod report_decided;
mod report_submitted;
mod roll_up;
mod runner;
mod section_changed;
mod share_answered;
mod share_invited;
mod work;

pub use failure::Failure;
pub use poll::keep_current;
pub use runner::Jobs;
