//! The pieces of the chains: entry by entry, from the hash before to the last one, against the anchors and a checkpoint.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Seek};

use pbgdpl_model::audit::{Broken, GENESIS, Line, Verifier, hash_in};
use pbgdpl_model::clock::Moment;
use pbgdpl_model::policy::Action;
use serde::Deserialize;
use uuid::Uuid;

use super::super::contents::{ANCHORS, MANIFEST, Manifest, Piece};
use super::room::Room;
use super::{Examined, Fault, What};
use crate::oversight::verify::{Checkpoint, Mark};

/// A mark made so shortly before the end of the period may speak of entries after it.
const SETTLED_SECONDS: i64 = 600;

/// What the logs say of other files of the pack, by the chain that says it.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// The hashes of a report's figures when it was sent.
    pub sent: BTreeMap<(String, Uuid), BTreeSet<String>>,
    /// The hash of a file when it was attached.
    pub attached: BTreeMap<(String, String), String>,
    /// What was sent or frozen in the period, by the file of the log that says so: it must be in the pack.
    pub due: BTreeSet<(String, String)>,
}

/// The ends of chains at one moment.
struct Kept {
    at: Moment,
    checkpoint: Checkpoint,
}

/// What entries say that the rest of the pack is compared with.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Detail {
    hash: String,
    media: String,
    sha256: String,
}

pub(super) fn verify<R: Read + Seek>(
    room: &mut Room<R>,
    manifest: &Manifest,
    checkpoint: Option<&Checkpoint>,
    known: &mut Known,
    found: &mut Examined,
) {
    let (from, until) = (Moment::start_of(manifest.from), Moment::after(manifest.to));
    let (mut kept, mut of_province) = (Vec::new(), Vec::new());
    let read = room.lines(ANCHORS, |line: Line| {
        let (at, mark, checkpoint) = anchor(&line)?;
        kept.push(Kept { at, checkpoint });
        of_province.push(mark);
        Ok(())
    });
    if let Err(what) = read {
        found.faults.push(Fault::new(ANCHORS, what));
    }
    kept.extend(checkpoint.map(|checkpoint| Kept {
        at: checkpoint.at,
        checkpoint: checkpoint.clone(),
    }));
    missing(manifest, &kept, found);
    for piece in &manifest.chains {
        let mut marks: Vec<(Moment, Mark)> = kept
            .iter()
            .filter_map(|kept| Some((kept.at, kept.checkpoint.mark(&piece.chain)?)))
            .collect();
        found.marks += marks.len();
        if piece.chain == "province" {
            // The anchors are entries of this chain themselves.
            marks.extend(kept.iter().map(|kept| kept.at).zip(of_province.iter().copied()));
        }
        match walk(room, piece, &marks, (from, until), known) {
            Ok((entries, silenced)) => {
                found.entries += entries;
                found.silenced += silenced;
            }
            Err(what) => found.faults.push(Fault::new(&piece.file, what)),
        }
    }
    // Without any, a tail cut off every chain would not be missed: whoever made the pack left one.
    if kept.is_empty() && found.entries > 0 {
        found.faults.push(Fault::new(ANCHORS, What::NoAnchor));
    }
}

/// A pack of everything holds every chain that its anchors name.
fn missing(manifest: &Manifest, kept: &[Kept], found: &mut Examined) {
    if manifest.agency.is_some() {
        return;
    }
    let named = kept.iter().flat_map(|kept| &kept.checkpoint.chains);
    let gone: BTreeSet<&String> = named
        .map(|mark| &mark.chain)
        .filter(|chain| !manifest.chains.iter().any(|piece| piece.chain == **chain))
        .collect();
    let faults = gone.into_iter().map(|chain| What::ChainMissing(chain.clone()));
    found.faults.extend(faults.map(|what| Fault::new(MANIFEST, what)));
}

/// When an anchor was left, which entry it is, and what it says.
fn anchor(line: &Line) -> Result<(Moment, Mark, Checkpoint), What> {
    #[derive(Deserialize)]
    struct Left {
        anchor: Checkpoint,
    }
    let changed = || What::Chain(Broken::Content(line.seq));
    let entry = line.entry().ok_or_else(changed)?;
    if entry.action != Action::AuditVerify.word() || entry.expected_hash(Uuid::nil()) != entry.hash {
        return Err(changed());
    }
    let left: Left = serde_json::from_str(&entry.detail).map_err(|_| changed())?;
    let mark = Mark {
        seq: entry.seq,
        hash: entry.hash,
    };
    Ok((left.anchor.at, mark, left.anchor))
}

/// Walks one piece; answers how many entries it has, and how many of them lost their words by no act of the piece.
fn walk<R: Read + Seek>(
    room: &mut Room<R>,
    piece: &Piece,
    marks: &[(Moment, Mark)],
    (from, until): (Moment, Moment),
    known: &mut Known,
) -> Result<(usize, usize), What> {
    let unreadable = || What::Unreadable("dấu vết trong bản kê".into());
    let before = hash_in(&piece.before_hash).ok_or_else(unreadable)?;
    let last = hash_in(&piece.last_hash).ok_or_else(unreadable)?;
    let agrees = |seq: i64, hash: &[u8; 32]| {
        let other = marks
            .iter()
            .any(|(_, mark)| mark.seq == seq && mark.hash != *hash);
        if other {
            Err(What::Chain(Broken::Head(seq)))
        } else {
            Ok(())
        }
    };
    if piece.before == 0 && before != GENESIS {
        return Err(What::Chain(Broken::Link(1)));
    }
    agrees(piece.before, &before)?;
    let mut verifier = Verifier::after(piece.id, piece.before, before);
    let mut entries = 0;
    room.lines(&piece.file, |line: Line| {
        let entry = line.entry();
        let entry = entry.ok_or(What::Chain(Broken::Content(line.seq)))?;
        verifier.take(&entry).map_err(What::Chain)?;
        agrees(entry.seq, &entry.hash)?;
        entries += 1;
        note(known, piece, &line, from <= entry.at && entry.at < until);
        Ok(())
    })?;
    verifier.finish(piece.last, &last).map_err(What::Chain)?;
    // What stood before the end of the period must be here.
    let cut = marks
        .iter()
        .find(|(at, mark)| at.plus_seconds(SETTLED_SECONDS) < until && mark.seq > piece.last);
    match cut {
        Some((_, mark)) => Err(What::Chain(Broken::Tail {
            found: piece.last,
            head: mark.seq,
        })),
        None => Ok((entries, verifier.unexplained())),
    }
}

/// Remembers what an entry says of other files; `then`: it is of the period itself.
fn note(known: &mut Known, piece: &Piece, line: &Line, then: bool) {
    let chain = &piece.chain;
    let detail: Detail = serde_json::from_str(&line.detail).unwrap_or_default();
    let sent = line.action == Action::ReportSubmit.word() && !detail.hash.is_empty();
    let frozen = line.action == Action::ReportFreeze.word() && !detail.hash.is_empty();
    if (sent || frozen) && then {
        known.due.insert((piece.file.clone(), detail.hash.clone()));
    }
    if sent {
        let sent = known.sent.entry((chain.clone(), line.object_id)).or_default();
        sent.insert(detail.hash);
    }
    if !detail.media.is_empty() && !detail.sha256.is_empty() {
        known
            .attached
            .insert((chain.clone(), detail.media), detail.sha256);
    }
}
