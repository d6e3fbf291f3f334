//! What a person may do with an item: write, save, submit, return, approve, withdraw, restore.

pub mod approve;
pub mod create;
pub mod restore;
pub mod save;
pub mod send_back;
mod sister;
pub mod submit;
pub mod withdraw;

use pbgdpl_model::article::{ContentProblem, Version};

/// What came of an act on an item.
#[derive(Debug)]
pub enum Outcome<T> {
    /// Done.
    Done(T),
    /// Something must be put right first: every field with its reason.
    Unmet(Vec<ContentProblem>),
    /// Somebody saved in between: their version, to be laid beside what was typed (PUB-10).
    Stale(Box<Version>),
}
