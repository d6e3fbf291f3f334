//! The audit chain: one entry an act, each bound to the one before it by SHA-256 over a length-prefixed form.

mod account;
mod line;
mod syslog;

pub use account::{ACCOUNT_ACTS, account_act_label};
pub use line::{Line, hash_in};
pub use syslog::message as syslog_message;

use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::clock::Moment;
use crate::id::AccountId;

/// The hash before the first entry.
pub const GENESIS: [u8; 32] = [0; 32];

/// One entry of a chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// 1, 2, 3 … without gaps.
    pub seq: i64,
    /// When.
    pub at: Moment,
    /// Who; the nil id is the system.
    pub actor: AccountId,
    /// Their name then.
    pub actor_name: String,
    /// What, as the word of the action.
    pub action: String,
    /// What kind of thing.
    pub object_kind: String,
    /// Which thing.
    pub object_id: Uuid,
    /// Before and after, JSON without personal data.
    pub detail: String,
    /// Why, where a reason is asked.
    pub reason: String,
    /// The request that did it.
    pub request: String,
    /// Hash of the entry before.
    pub prev_hash: [u8; 32],
    /// Hash of this entry.
    pub hash: [u8; 32],
}

impl Entry {
    /// The hash this entry must have: SHA-256(0x00 || chain || fields), every field with its length before it.
    #[must_use]
    pub fn expected_hash(&self, chain: Uuid) -> [u8; 32] {
        let mut hasher = Sha256::new();
        hasher.update([0u8]);
        let mut field = |bytes: &[u8]| {
            hasher.update(u64::try_from(bytes.len()).unwrap_or(u64::MAX).to_be_bytes());
            hasher.update(bytes);
        };
        field(chain.as_bytes());
        field(&self.seq.to_be_bytes());
        field(&self.at.millis().to_be_bytes());
        field(self.actor.0.as_bytes());
        field(self.actor_name.as_bytes());
        field(self.action.as_bytes());
        field(self.object_kind.as_bytes());
        field(self.object_id.as_bytes());
        field(self.detail.as_bytes());
        field(self.reason.as_bytes());
        field(self.request.as_bytes());
        field(&self.prev_hash);
        hasher.finalize().into()
    }

    /// Sets the hash.
    #[must_use]
    pub fn sealed(mut self, chain: Uuid) -> Self {
        self.hash = self.expected_hash(chain);
        self
    }
}

/// Where a chain is broken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    /// An entry is missing or out of place.
    #[error("entry {expected} is missing, entry {found} stands in its place")]
    Gap {
        /// The number that should stand here.
        expected: i64,
        /// The number that does.
        found: i64,
    },
    /// An entry does not follow the one before it.
    #[error("entry {0} does not follow the entry before it")]
    Link(i64),
    /// An entry was changed.
    #[error("entry {0} was changed")]
    Content(i64),
    /// The end of the chain is missing.
    #[error("the chain ends at entry {found}, its head says {head}")]
    Tail {
        /// Last entry found.
        found: i64,
        /// What the head, or an exported checkpoint, says.
        head: i64,
    },
    /// The head, or an exported checkpoint, names another hash.
    #[error("entry {0} is not the one that the head or the checkpoint names")]
    Head(i64),
}

impl Broken {
    /// On the screen.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Gap { expected, found } => format!("thiếu mục {expected}, ở chỗ đó là mục {found}"),
            Self::Link(seq) => format!("mục {seq} không nối tiếp mục trước"),
            Self::Content(seq) => format!("mục {seq} đã bị sửa"),
            Self::Tail { found, head } if found < head => {
                format!("chuỗi dừng ở mục {found}, lẽ ra tới mục {head}")
            }
            Self::Tail { found, head } => format!("có mục {found} sau mục cuối đã ghi nhận ({head})"),
            Self::Head(seq) => format!("mục {seq} không phải mục đã ghi nhận"),
        }
    }
}

/// Walks a chain from its beginning, entry by entry.
#[derive(Debug, Clone)]
pub struct Verifier {
    chain: Uuid,
    seq: i64,
    hash: [u8; 32],
}

impl Verifier {
    /// At the beginning of this chain (an agency's id, or the province's).
    #[must_use]
    pub const fn new(chain: Uuid) -> Self {
        Self {
            chain,
            seq: 0,
            hash: GENESIS,
        }
    }

    /// After an entry whose number and hash are known: for a piece of a chain.
    #[must_use]
    pub const fn after(chain: Uuid, seq: i64, hash: [u8; 32]) -> Self {
        Self { chain, seq, hash }
    }

    /// Takes the next entry.
    ///
    /// # Errors
    /// How the chain is broken here.
    pub fn take(&mut self, entry: &Entry) -> Result<(), Broken> {
        if entry.seq != self.seq + 1 {
            return Err(Broken::Gap {
                expected: self.seq + 1,
                found: entry.seq,
            });
        }
        if entry.prev_hash != self.hash {
            return Err(Broken::Link(entry.seq));
        }
        if entry.expected_hash(self.chain) != entry.hash {
            return Err(Broken::Content(entry.seq));
        }
        self.seq = entry.seq;
        self.hash = entry.hash;
        Ok(())
    }

    /// Compares the end with the head, or with a checkpoint exported earlier.
    ///
    /// # Errors
    /// When the chain is shorter than the head says, or ends in another entry.
    pub fn finish(&self, head_seq: i64, head_hash: &[u8; 32]) -> Result<(), Broken> {
        if self.seq != head_seq {
            return Err(Broken::Tail {
                found: self.seq,
                head: head_seq,
            });
        }
        if &self.hash != head_hash {
            return Err(Broken::Head(head_seq));
        }
        Ok(())
    }

    /// Number and hash of the last entry taken.
    #[must_use]
    pub const fn reached(&self) -> (i64, [u8; 32]) {
        (self.seq, self.hash)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chain(length: i64) -> (Uuid, Vec<Entry>) {
        let id = Uuid::from_u128(7);
        let mut entries: Vec<Entry> = Vec::new();
        for seq in 1..=length {
            let prev_hash = entries.last().map_or(GENESIS, |e| e.hash);
            entries.push(
                Entry {
                    seq,
                    at: Moment::from_millis(seq),
                    actor: AccountId(Uuid::nil()),
                    actor_name: "A".into(),
                    action: "article-write".into(),
                    object_kind: "article".into(),
                    object_id: Uuid::from_u128(9),
                    detail: "{}".into(),
                    reason: String::new(),
                    request: "r".into(),
                    prev_hash,
                    hash: GENESIS,
                }
                .sealed(id),
            );
        }
        (id, entries)
    }

    fn verify(id: Uuid, entries: &[Entry], head: (i64, [u8; 32])) -> Result<(), Broken> {
        let mut verifier = Verifier::new(id);
        for entry in entries {
            verifier.take(entry)?;
        }
        verifier.finish(head.0, &head.1)
    }

    #[test]
    fn aud_02_every_kind_of_tampering_is_found() {
        let (id, good) = chain(10);
        let head = (10, good[9].hash);
        assert_eq!(verify(id, &good, head), Ok(()));

        let mut edited = good.clone();
        edited[4].detail = "{\"x\":1}".into();
        assert_eq!(verify(id, &edited, head), Err(Broken::Content(5)));

        let mut removed = good.clone();
        removed.remove(4);
        assert_eq!(
            verify(id, &removed, head),
            Err(Broken::Gap {
                expected: 5,
                found: 6
            })
        );

        let mut swapped = good.clone();
        swapped.swap(3, 4);
        assert!(verify(id, &swapped, head).is_err());

        assert_eq!(
            verify(id, &good[..9], head),
            Err(Broken::Tail { found: 9, head: 10 })
        );

        let (_, rewritten) = {
            let (i, mut e) = chain(10);
            for x in &mut e {
                x.actor_name = "B".into();
            }
            (i, e)
        };
        assert_eq!(verify(id, &rewritten, head), Err(Broken::Content(1)));

        assert!(
            verify(Uuid::from_u128(8), &good, head).is_err(),
            "another agency's chain"
        );
    }

    #[test]
    fn field_borders_count() {
        let (id, mut entries) = chain(1);
        let mut moved = entries.remove(0);
        let hash = moved.hash;
        moved.actor_name = "Aarticle-write".into();
        moved.action = String::new();
        assert_ne!(moved.expected_hash(id), hash);
    }
}
