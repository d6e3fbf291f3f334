//! What a person may do with a statistical form: open, declare, take in what was filled offline, check, submit; and reading it.

pub mod check;
pub mod declare;
pub mod export;
pub mod follow_decision;
pub mod import;
mod moved;
pub mod open;
pub mod sign;
pub mod submit;
mod view;

use pbgdpl_model::report::{Finding, StepRefused};

pub use moved::{Moved, in_words};
pub(crate) use view::stage_of;
pub use view::{View, forms, indicators, view};

/// What came of an act on a report.
#[derive(Debug)]
pub enum Outcome<T> {
    /// Done.
    Done(T),
    /// Something must be put right or explained first.
    Unmet(Vec<Finding>),
    /// It cannot be done now, in the words of the screen.
    Refused(String),
    /// The figures are others than those that were read or checked.
    Moved(Moved),
}

impl<T> From<StepRefused> for Outcome<T> {
    fn from(refused: StepRefused) -> Self {
        Self::Refused(format!(
            "Biểu đang ở bước “{}” nên chưa thể thực hiện bước “{}”.",
            refused.stage.label(),
            refused.step.label()
        ))
    }
}
