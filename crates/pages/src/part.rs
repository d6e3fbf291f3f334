//! Parts of pages: values that print themselves wherever a template names them.

mod list;
mod pager;
mod shot;
mod state;
mod table;

pub use list::{ItemRow, LawRow, Validity};
pub use pager::Pager;
pub use shot::Shot;
pub use state::{Empty, Notice, State, Step, Steps, Tone};
pub use table::{Cell, Column, Row, Table};

/// Lets a template print a part without the `safe` filter: its own template has escaped it already.
macro_rules! prints_itself {
    ($($part:ty),+) => { $(impl askama::filters::HtmlSafe for $part {})+ };
}
pub(crate) use prints_itself;

/// A word that leads somewhere.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Link {
    /// The word.
    pub label: String,
    /// Where to.
    pub href: String,
}

impl Link {
    /// A link.
    #[must_use]
    pub fn new(label: impl Into<String>, href: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            href: href.into(),
        }
    }
}
