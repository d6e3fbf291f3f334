//! Verifies a pack without the house: every file against the manifest, every chain entry by entry, every frozen report and sum, every
//! automatic cell against the rows it counts, every piece of evidence; and these against each other. What fails is named.
//!
//! A pack that was made anew whole is found by what was kept elsewhere: a checkpoint, or the SHA-256 of the pack in the minutes.

mod books;
mod chains;
mod fault;
mod room;

use std::io::{Read, Seek, SeekFrom};

use chrono::NaiveDate;
use sha2::{Digest, Sha256};

use self::chains::Known;
use self::room::Room;
use super::contents::{MANIFEST, Manifest, SCHEMA};
use crate::oversight::verify::Checkpoint;

pub use fault::{Fault, What};

/// What a pack holds, and what is wrong with it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Examined {
    /// SHA-256 of the pack itself: what stands in the minutes.
    pub sha256: String,
    /// First and last day, where the manifest can be read.
    pub days: Option<(NaiveDate, NaiveDate)>,
    /// Files besides the manifest.
    pub files: usize,
    /// Pieces of chains.
    pub chains: usize,
    /// Their entries.
    pub entries: usize,
    /// Of these, entries whose words are gone by no act of the pack: that may come after the period, the house's own log tells.
    pub silenced: usize,
    /// Anchors and marks of the checkpoint that the pieces were compared with.
    pub marks: usize,
    /// Frozen reports.
    pub reports: usize,
    /// Automatic cells that were added up anew.
    pub cells: usize,
    /// Frozen sums.
    pub sums: usize,
    /// Pieces of evidence.
    pub evidence: usize,
    /// What is wrong.
    pub faults: Vec<Fault>,
}

impl Examined {
    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.faults.is_empty()
    }
}

/// Verifies a pack; `checkpoint` is one that was kept elsewhere.
///
/// # Errors
/// Where the file cannot be read at all. A pack that is not whole is a result, not an error.
pub fn verify(mut file: impl Read + Seek, checkpoint: Option<&Checkpoint>) -> std::io::Result<Examined> {
    let mut found = Examined {
        sha256: hash_of(&mut file)?,
        ..Examined::default()
    };
    file.seek(SeekFrom::Start(0))?;
    let mut room = match Room::open(file) {
        Ok(room) => room,
        Err(reason) => {
            found.faults.push(Fault::new("", What::NoPack(reason)));
            return Ok(found);
        }
    };
    let manifest = room.read(MANIFEST).and_then(|bytes| {
        serde_json::from_slice::<Manifest>(&bytes).map_err(|error| What::Unreadable(error.to_string()))
    });
    let manifest = match manifest {
        Ok(manifest) if manifest.schema == SCHEMA => manifest,
        Ok(_) => {
            found
                .faults
                .push(Fault::new(MANIFEST, What::NoPack(SCHEMA.to_owned())));
            return Ok(found);
        }
        Err(what) => {
            found.faults.push(Fault::new(MANIFEST, what));
            return Ok(found);
        }
    };
    found.days = Some((manifest.from, manifest.to));
    found.files = manifest.files.len();
    found.chains = manifest.chains.len();
    room.compare(&manifest, &mut found.faults);
    let mut known = Known::default();
    chains::verify(&mut room, &manifest, checkpoint, &mut known, &mut found);
    books::verify(&mut room, &manifest, &known, &mut found);
    Ok(found)
}

fn hash_of(file: &mut impl Read) -> std::io::Result<String> {
    let (mut hasher, mut piece) = (Sha256::new(), vec![0; 64 * 1024]);
    loop {
        match file.read(&mut piece)? {
            0 => return Ok(hex::encode(hasher.finalize())),
            read => hasher.update(piece.get(..read).unwrap_or_default()),
        }
    }
}
