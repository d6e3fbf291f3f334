//! Walks one chain to its head. Entries appended meanwhile are verified too: the head is asked again until it stands still.

use pbgdpl_model::audit::{Broken, Entry, Verifier};
use pbgdpl_model::id::TenantId;
use pbgdpl_store::StoreError;
use pbgdpl_store::province::ProvinceReader;
use pbgdpl_store::tenant::TenantReader;
use uuid::Uuid;

use super::{ChainReport, Mark};
use crate::Error;

/// Entries read at once.
const BATCH: u64 = 500;

/// A chain, through the door that opens it.
pub(super) enum Chain<'a> {
    Province(&'a ProvinceReader),
    Accounts(&'a ProvinceReader),
    Agency(&'a TenantReader),
}

impl Chain<'_> {
    async fn head(&self) -> Result<(i64, [u8; 32]), StoreError> {
        match self {
            Self::Province(store) => store.audit_head().await,
            Self::Accounts(store) => store.account_audit_head().await,
            Self::Agency(reader) => reader.audit_head().await,
        }
    }

    async fn after(&self, seq: i64, most: u64) -> Result<Vec<Entry>, StoreError> {
        match self {
            Self::Province(store) => store.audit_after(seq, most).await,
            Self::Accounts(store) => store.account_audit_after(seq, most).await,
            Self::Agency(reader) => reader.audit_after(seq, most).await,
        }
    }
}

/// How far a chain was followed, and what was wrong there.
pub(super) struct Walked {
    reached: (i64, [u8; 32]),
    erased: u64,
    fault: Option<Broken>,
}

impl Walked {
    pub(super) fn report(self, agency: Option<TenantId>, name: String) -> ChainReport {
        ChainReport {
            agency,
            accounts: false,
            name,
            entries: self.reached.0,
            hash: self.reached.1,
            erased: self.erased,
            fault: self.fault,
        }
    }
}

/// Verifies the chain from its first entry.
pub(super) async fn walk(chain: Chain<'_>, id: Uuid, marks: &[Mark]) -> Result<Walked, Error> {
    let mut verifier = Verifier::new(id);
    let fault = follow(&chain, &mut verifier, marks).await?;
    let reached = verifier.reached();
    let cut = || {
        marks
            .iter()
            .filter(|mark| mark.seq > reached.0)
            .map(|mark| Broken::Tail {
                found: reached.0,
                head: mark.seq,
            })
            .next()
    };
    Ok(Walked {
        fault: fault.or_else(cut).or_else(|| verifier.silence().err()),
        reached,
        erased: verifier.erased(),
    })
}

async fn follow(chain: &Chain<'_>, verifier: &mut Verifier, marks: &[Mark]) -> Result<Option<Broken>, Error> {
    loop {
        let (head, hash) = chain.head().await?;
        while verifier.reached().0 < head {
            let from = verifier.reached().0;
            for entry in chain
                .after(from, BATCH)
                .await?
                .iter()
                .take_while(|entry| entry.seq <= head)
            {
                if let Err(broken) = verifier.take(entry) {
                    return Ok(Some(broken));
                }
                if marks
                    .iter()
                    .any(|mark| mark.seq == entry.seq && mark.hash != entry.hash)
                {
                    return Ok(Some(Broken::Head(entry.seq)));
                }
            }
            if verifier.reached().0 == from {
                break;
            }
        }
        if let Err(broken) = verifier.finish(head, &hash) {
            return Ok(Some(broken));
        }
        if chain.after(head, 1).await?.is_empty() {
            return Ok(None);
        }
        // Entries behind the head: somebody acted meanwhile, or wrote them past the program.
        if chain.head().await?.0 == head {
            return Ok(Some(Broken::Tail {
                found: head + 1,
                head,
            }));
        }
    }
}
