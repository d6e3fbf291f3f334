//! `[paper]`: PDF files made by a worker beside the program; none where no worker is named.

use std::path::PathBuf;

use crate::reader::Reader;

/// The PDF worker (`docs/how-to/make-pdf.md`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// The program `pbgdpl-paper`, by its whole path. `PBGDPL_PAPER__WORKER`, no default: pages offer print pages, Excel and Word
    /// files, and no PDF.
    pub worker: Option<PathBuf>,
}

impl Paper {
    pub(crate) fn read(reader: &mut Reader) -> Self {
        let settings = Self {
            worker: reader.optional("paper", "worker").map(PathBuf::from),
        };
        if settings.worker.as_ref().is_some_and(|path| !path.is_absolute()) {
            let reason = "phải là đường dẫn đầy đủ, như \"/usr/local/bin/pbgdpl-paper\"";
            reader.refuse("paper", "worker", reason);
        }
        settings
    }
}
