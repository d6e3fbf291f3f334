//! From a cell of an official form down to what it is made of (N-06, REP-14): the province's form, the reports it adds up, the
//! rows of a ledger (or the people, the tổ hòa giải of a register) that sum to a cell, and what came after it was frozen.

mod cell;
mod groups;
mod records;
mod report;
mod sum;

pub use cell::{CellTrace, Part, cell};
pub use groups::{Added, CountedGroup, Groups, MovedGroup};
pub use records::{Asked, Declaration, RecordTrace, records};
pub use report::report;
pub use sum::{Version, list, sum};
