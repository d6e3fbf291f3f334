//! The working form of a period as a workbook that is filled without a connection and read back: what may be typed stands on
//! one sheet, the official form follows it on the next, and a hidden sheet says what the file is.
//!
//! | file | holds |
//! |---|---|
//! | `identity` | what a working form is of, and the figures it was drawn from |
//! | `draw` | the sheets |
//! | `read` | a file from anybody, within bounds: cells, or why it is none |
//! | `compare` | what was typed, what is wrong with it, and what was touched that nobody may touch |

mod compare;
mod draw;
mod identity;
mod read;
#[cfg(test)]
mod tests;

pub use compare::{Comparison, Issue, LONGEST_REASON, Part, Touched, Typed, compare};
pub use draw::{sealed, write};
pub use identity::{Drawn, Identity};
pub use read::{Held, Opened, Unreadable, open};
