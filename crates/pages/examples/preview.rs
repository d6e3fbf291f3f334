//! Renders every sample page into a folder, with its assets, to be looked at in a browser: `preview DIR`.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

use pbgdpl_pages::{assets, samples};

fn main() -> io::Result<()> {
    let folder = PathBuf::from(env::args().nth(1).unwrap_or_else(|| "preview".into()));
    for asset in assets::all() {
        let to = folder.join(asset.path.trim_start_matches('/'));
        fs::create_dir_all(to.parent().unwrap_or(Path::new(".")))?;
        fs::write(to, &asset.bytes)?;
    }
    for sample in samples::all() {
        fs::write(
            folder.join(format!("{}.html", sample.name)),
            sample.html.map_err(io::Error::other)?,
        )?;
    }
    Ok(())
}
