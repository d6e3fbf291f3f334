//! The audit chain: one entry an act, each bound to the one before it by SHA-256 over a length-prefixed form.
//!
//! Two layouts: entries of before words stood apart hash them; the others hash a seal of them ([`Seal`]).

mod account;
mod erasing;
mod line;
mod seal;
mod syslog;

pub use account::{ACCOUNT_ACTS, account_act_label};
pub use erasing::{Erasing, Whose};
pub use line::{Line, hash_in};
pub use seal::{Salt, Seal};
pub use syslog::message as syslog_message;

use sha2::{Digest, Sha256};
use uuid::Uuid;

use self::erasing::Wordless;
use crate::clock::Moment;
use crate::id::AccountId;
use crate::policy::Action;

/// The hash before the first entry.
pub const GENESIS: [u8; 32] = [0; 32];

/// In place of a name that went (AUD-06).
pub const NAME_GONE: &str = "(đã xóa tên)";

/// One entry of a chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// 1, 2, 3 … without gaps.
    pub seq: i64,
    /// When.
    pub at: Moment,
    /// Who; the nil id is the system.
    pub actor: AccountId,
    /// Their name then; empty once it went.
    pub actor_name: String,
    /// What, as the word of the action.
    pub action: String,
    /// What kind of thing.
    pub object_kind: String,
    /// Which thing.
    pub object_id: Uuid,
    /// Before and after, JSON without personal data.
    pub detail: String,
    /// Why, where a reason is asked; empty once it went.
    pub reason: String,
    /// The seal of name and reason; none where the hash covers them themselves.
    pub seal: Option<Seal>,
    /// The request that did it.
    pub request: String,
    /// Hash of the entry before.
    pub prev_hash: [u8; 32],
    /// Hash of this entry.
    pub hash: [u8; 32],
}

impl Entry {
    /// The hash this entry must have: SHA-256(layout || chain || fields), every field with its length before it. Layout 0x00
    /// takes name and reason, 0x02 their seal; 0x01 begins the seal itself.
    #[must_use]
    pub fn expected_hash(&self, chain: Uuid) -> [u8; 32] {
        let mut hasher = Sha256::new();
        hasher.update([if self.seal.is_none() { 0u8 } else { 2u8 }]);
        let mut field = |bytes: &[u8]| {
            hasher.update(u64::try_from(bytes.len()).unwrap_or(u64::MAX).to_be_bytes());
            hasher.update(bytes);
        };
        field(chain.as_bytes());
        field(&self.seq.to_be_bytes());
        field(&self.at.millis().to_be_bytes());
        field(self.actor.0.as_bytes());
        match &self.seal {
            None => field(self.actor_name.as_bytes()),
            Some(seal) => field(&seal.hash),
        }
        field(self.action.as_bytes());
        field(self.object_kind.as_bytes());
        field(self.object_id.as_bytes());
        field(self.detail.as_bytes());
        if self.seal.is_none() {
            field(self.reason.as_bytes());
        }
        field(self.request.as_bytes());
        field(&self.prev_hash);
        hasher.finalize().into()
    }

    /// Sets the hash.
    #[must_use]
    pub fn hashed(mut self, chain: Uuid) -> Self {
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
    /// The words of an entry are not those that were sealed.
    #[error("the words of entry {0} were changed")]
    Words(i64),
    /// The words of an entry are gone, and no act says why.
    #[error("the words of entry {0} are gone without an act")]
    Silenced(i64),
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
            Self::Words(seq) => format!("tên người làm hoặc lý do của mục {seq} đã bị sửa"),
            Self::Silenced(seq) => {
                format!("tên người làm và lý do của mục {seq} bị mất mà không có việc xóa nào được ghi")
            }
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
    wordless: Vec<Wordless>,
    erased: u64,
}

impl Verifier {
    /// At the beginning of this chain (an agency's id, or the province's).
    #[must_use]
    pub const fn new(chain: Uuid) -> Self {
        Self::after(chain, 0, GENESIS)
    }

    /// After an entry whose number and hash are known: for a piece of a chain.
    #[must_use]
    pub const fn after(chain: Uuid, seq: i64, hash: [u8; 32]) -> Self {
        Self {
            chain,
            seq,
            hash,
            wordless: Vec::new(),
            erased: 0,
        }
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
        if let Some(seal) = &entry.seal {
            if !seal.holds(&entry.actor_name, &entry.reason) {
                return Err(Broken::Words(entry.seq));
            }
            if seal.is_empty() {
                self.wordless.push(Wordless::of(entry));
                self.erased += 1;
            }
        }
        if entry.action == Action::PersonErase.word()
            && let Ok(act) = serde_json::from_str::<Erasing>(&entry.detail)
        {
            self.wordless.retain(|wordless| !act.whose.covers(wordless));
        }
        self.seq = entry.seq;
        self.hash = entry.hash;
        Ok(())
    }

    /// Whether an act of the chain stands for all words that are gone. Asked at the end of a whole chain: the act comes after the
    /// entries.
    ///
    /// # Errors
    /// The first entry whose words are gone without one.
    pub fn silence(&self) -> Result<(), Broken> {
        self.wordless
            .first()
            .map_or(Ok(()), |wordless| Err(Broken::Silenced(wordless.seq)))
    }

    /// Entries taken whose words are gone, and no act among the entries taken covers them: in a piece of a chain it may come later.
    #[must_use]
    pub fn unexplained(&self) -> usize {
        self.wordless.len()
    }

    /// Entries taken whose words are gone.
    #[must_use]
    pub const fn erased(&self) -> u64 {
        self.erased
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
                    seal: None,
                    request: "r".into(),
                    prev_hash,
                    hash: GENESIS,
                }
                .hashed(id),
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

    /// By two people in turn, words apart; the erasing entry at the end is the machine's.
    fn apart(erasing: Option<Erasing>) -> (Uuid, Vec<Entry>) {
        let (id, mut entries) = chain(4);
        if let Some(erasing) = erasing {
            let last = Entry {
                seq: 5,
                action: Action::PersonErase.word().into(),
                detail: serde_json::to_string(&erasing).unwrap(),
                ..entries[3].clone()
            };
            entries.push(last);
        }
        let mut prev_hash = GENESIS;
        for entry in &mut entries {
            entry.actor = AccountId(Uuid::from_u128(u128::try_from(entry.seq % 2).unwrap()));
            entry.seal = Some(Seal::of([3; 16], &entry.actor_name, &entry.reason));
            entry.prev_hash = prev_hash;
            entry.hash = entry.expected_hash(id);
            prev_hash = entry.hash;
        }
        (id, entries)
    }

    fn let_go(entries: &mut [Entry], whose: impl Fn(&Entry) -> bool) {
        for entry in entries.iter_mut().filter(|entry| whose(entry)) {
            entry.actor_name.clear();
            entry.reason.clear();
            entry.seal = entry.seal.map(|seal| Seal { salt: None, ..seal });
        }
    }

    fn walked(id: Uuid, entries: &[Entry]) -> Result<u64, Broken> {
        let mut verifier = Verifier::new(id);
        for entry in entries {
            verifier.take(entry)?;
        }
        verifier.silence()?;
        Ok(verifier.erased())
    }

    #[test]
    fn aud_06_words_go_by_an_act_and_the_chain_stays_whole() {
        let one = AccountId(Uuid::from_u128(1));
        let asked = Erasing {
            whose: Whose::Account(one),
            entries: 2,
        };
        let (id, whole) = apart(Some(asked));
        assert_eq!(walked(id, &whole), Ok(0));
        let mut erased = whole.clone();
        let_go(&mut erased[..4], |entry| entry.actor == one);
        assert_eq!(walked(id, &erased), Ok(2));
        assert!(
            erased.iter().zip(&whole).all(|(a, b)| a.hash == b.hash),
            "no hash changes"
        );

        // Words of somebody else are not covered by it.
        let_go(&mut erased[..4], |entry| entry.seq == 2);
        assert_eq!(walked(id, &erased), Err(Broken::Silenced(2)));
        let passed = Erasing {
            whose: Whose::Through(2),
            entries: 2,
        };
        let (id, mut older) = apart(Some(passed));
        let_go(&mut older, |entry| entry.seq <= 2);
        assert_eq!(walked(id, &older), Ok(2));
        let_go(&mut older, |entry| entry.seq == 3);
        assert_eq!(walked(id, &older), Err(Broken::Silenced(3)));
    }

    #[test]
    fn aud_06_words_apart_are_not_changed_unseen() {
        let (id, whole) = apart(None);
        let mut renamed = whole.clone();
        renamed[1].actor_name = "B".into();
        assert_eq!(walked(id, &renamed), Err(Broken::Words(2)));
        // Not even with a salt that fits: the chain holds the seal.
        renamed[1].seal = Some(Seal::of([4; 16], "B", ""));
        assert_eq!(walked(id, &renamed), Err(Broken::Content(2)));
        // Nor back into the older layout.
        let mut older = whole.clone();
        older[1].seal = None;
        assert_eq!(walked(id, &older), Err(Broken::Content(2)));
        let mut silenced = whole;
        let_go(&mut silenced, |entry| entry.seq == 4);
        assert_eq!(walked(id, &silenced), Err(Broken::Silenced(4)));
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
