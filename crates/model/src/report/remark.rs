//! What the province says of single cells when it returns a report (REP-08).

use serde::{Deserialize, Serialize};

/// A remark on one cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CellRemark {
    /// Key of the line.
    pub row: String,
    /// Column number.
    pub column: u8,
    /// What is to be looked at.
    pub text: String,
}
