//! `[signature]`: digital signatures over reports; off where no authority is named.

use std::path::PathBuf;

use crate::reader::Reader;

/// Whose certificates sign reports (REP-20).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Signature {
    /// Certificates (PEM) of the authorities that vouch for who signs. `PBGDPL_SIGNATURE__ANCHORS`, no default: nothing is signed.
    pub anchors: Option<PathBuf>,
}

impl Signature {
    pub(crate) fn read(reader: &mut Reader) -> Self {
        Self {
            anchors: reader.optional("signature", "anchors").map(PathBuf::from),
        }
    }
}
