//! `[tenants]`: the province as files.

use std::path::PathBuf;

use crate::reader::Reader;

/// The province as files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tenants {
    /// The folder of the province where `tenants plan` and `tenants apply` name none. `PBGDPL_TENANTS__FOLDER`, default `tenants/kon-tum`.
    pub folder: PathBuf,
}

impl Tenants {
    pub(crate) fn read(reader: &mut Reader) -> Self {
        Self {
            folder: PathBuf::from(reader.text("tenants", "folder", "tenants/kon-tum")),
        }
    }
}
