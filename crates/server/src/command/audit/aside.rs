//! A file under another name until it is whole: what was cut off is never taken for it, and nobody but its owner reads it.

use std::fs::{File, OpenOptions};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use anyhow::Context;

/// Logs and packs hold personal data.
const OWNER_ONLY: u32 = 0o600;

/// The file that is being written. Dropped before [`Aside::keep`], it is gone.
pub(super) struct Aside {
    out: PathBuf,
    unfinished: PathBuf,
    pub file: File,
}

impl Aside {
    /// Begins it.
    ///
    /// # Errors
    /// Where nothing can be written there.
    pub fn begin(out: &Path) -> anyhow::Result<Self> {
        let unfinished = PathBuf::from(format!("{}.dang-lap", out.display()));
        // What an earlier run left behind has the rights and the place that it was made with.
        std::fs::remove_file(&unfinished).ok();
        let file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(OWNER_ONLY)
            .open(&unfinished)
            .with_context(|| format!("không ghi được {}", unfinished.display()))?;
        Ok(Self {
            out: out.to_owned(),
            unfinished,
            file,
        })
    }

    /// It is whole: from now on it has its name.
    ///
    /// # Errors
    /// Where the file cannot be kept.
    pub fn keep(self) -> anyhow::Result<()> {
        self.file.sync_all()?;
        std::fs::rename(&self.unfinished, &self.out)
            .with_context(|| format!("không ghi được {}", self.out.display()))
    }
}

impl Drop for Aside {
    fn drop(&mut self) {
        // Kept, it has another name by now, and nothing is there.
        std::fs::remove_file(&self.unfinished).ok();
    }
}

#[cfg(test)]
mod tests {
    use std::fs::Permissions;
    use std::io::Write;
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn only_what_is_whole_has_its_name_and_only_its_owner_reads_it() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("nhat-ky.csv");
        let left = folder.path().join("nhat-ky.csv.dang-lap");
        std::fs::write(&left, "của lần trước, dài hơn").unwrap();
        std::fs::set_permissions(&left, Permissions::from_mode(0o644)).unwrap();
        let mut cut = Aside::begin(&out).unwrap();
        cut.file.write_all(b"nua").unwrap();
        drop(cut);
        assert!(!out.exists() && !left.exists());

        let mut whole = Aside::begin(&out).unwrap();
        whole.file.write_all("đủ".as_bytes()).unwrap();
        whole.keep().unwrap();
        assert_eq!(std::fs::read_to_string(&out).unwrap(), "đủ");
        assert_eq!(out.metadata().unwrap().permissions().mode() & 0o777, OWNER_ONLY);
        assert!(!left.exists());
    }
}
