//! A digital signature over a version that was sent (REP-20).

use crate::clock::Moment;

/// A detached CMS signature (RFC 5652) over the frozen figures, as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// 1, 2, 3 … of its version.
    pub number: i32,
    /// The file.
    pub cms: Vec<u8>,
    /// When it was added: its certificate was valid then.
    pub at: Moment,
}
