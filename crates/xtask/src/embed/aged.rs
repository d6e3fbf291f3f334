//! Copies made older than the day for which they may be shown, as if nobody had answered all the while.

use std::fs::{self, File};
use std::path::Path;
use std::time::{Duration, SystemTime};

use anyhow::{Context, ensure};

/// Longer than copies are shown: 86,400 seconds in every recipe.
const MORE_THAN_A_DAY: u64 = 90_000;
/// Longer than anything is fresh, in seconds.
const TEN_YEARS: u64 = 315_360_000;

/// Ages all that nginx keeps below a folder; returns how many copies there are.
pub fn of_nginx(folder: &Path) -> anyhow::Result<usize> {
    let mut found = 0;
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        if path.is_dir() {
            found += of_nginx(&path)?;
        } else {
            let mut copy = fs::read(&path)?;
            let written = time_of(&path)?;
            age(&mut copy, written).with_context(|| path.display().to_string())?;
            fs::write(&path, copy)?;
            found += 1;
        }
    }
    Ok(found)
}

/// When a file was written, in seconds since 1970.
fn time_of(path: &Path) -> anyhow::Result<u64> {
    let written = fs::metadata(path)?.modified()?;
    Ok(written.duration_since(SystemTime::UNIX_EPOCH)?.as_secs())
}

/// A file of nginx's cache begins with the number of its format and the second until which it is fresh, eight bytes each
/// (`ngx_http_file_cache_header_t`); how long it may be shown besides counts from there.
fn age(copy: &mut [u8], written: u64) -> anyhow::Result<()> {
    let until = copy.get_mut(8..16).context("no file of a cache")?;
    let said = u64::from_ne_bytes(<[u8; 8]>::try_from(&*until)?);
    ensure!(
        (written..written + TEN_YEARS).contains(&said),
        "written {written}, fresh until {said}: another format, or aged before"
    );
    until.copy_from_slice(&(written - MORE_THAN_A_DAY).to_ne_bytes());
    Ok(())
}

/// Ages the files in a folder whose names end so; returns how many there are.
pub fn files(folder: &Path, ending: &str) -> anyhow::Result<usize> {
    let mut found = 0;
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        if path.extension().is_some_and(|own| own == ending) {
            let then = fs::metadata(&path)?.modified()? - Duration::from_secs(MORE_THAN_A_DAY);
            File::options().append(true).open(&path)?.set_modified(then)?;
            found += 1;
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_is_aged_once() {
        let (written, until) = (1_795_729_000_u64, 1_795_729_030_u64);
        let mut copy = [5, until, 30_u64].map(u64::to_ne_bytes).concat();
        age(&mut copy, written).unwrap();
        let expected = [5, written - MORE_THAN_A_DAY, 30].map(u64::to_ne_bytes).concat();
        assert_eq!(copy, expected);
        age(&mut copy, written).unwrap_err();
        age(&mut [0; 9], written).unwrap_err();
    }

    #[test]
    fn only_the_files_that_are_meant_are_aged() {
        let folder = tempfile::tempdir().unwrap();
        let (meant, other) = (folder.path().join("a.html"), folder.path().join("a.html.nghi"));
        for file in [&meant, &other] {
            fs::write(file, "x").unwrap();
        }
        let before = [time_of(&meant).unwrap(), time_of(&other).unwrap()];
        assert_eq!(files(folder.path(), "html").unwrap(), 1);
        assert_eq!(time_of(&meant).unwrap(), before[0] - MORE_THAN_A_DAY);
        assert_eq!(time_of(&other).unwrap(), before[1]);
    }
}
