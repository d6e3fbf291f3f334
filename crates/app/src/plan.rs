//! What an agency may do with its yearly report on a plan: write, send, amend; and reading it.

pub mod amend;
pub mod send;
mod view;
pub mod write;

use pbgdpl_model::plan::{Draft, Standing};

pub use view::{SeenTask, View, plans, view};

/// What came of an act on a contribution.
#[derive(Debug)]
pub enum Outcome<T> {
    /// Done.
    Done(T),
    /// Texts that cannot be taken: number of the task and why.
    Unmet(Vec<(String, String)>),
    /// It cannot be done now, in the words of the screen.
    Refused(String),
    /// Somebody wrote since it was read: what stands now. Nothing was changed.
    Stale(Box<Draft>),
    /// Texts or figures are others than those that were read. Nothing was changed.
    Moved,
}

fn closed<T>(standing: Standing) -> Outcome<T> {
    Outcome::Refused(format!(
        "Báo cáo đang ở tình trạng “{}” nên chưa sửa được.",
        standing.label()
    ))
}
