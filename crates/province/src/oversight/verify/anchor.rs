//! Ends of chains kept elsewhere: in a file outside the machine, or in the province's own chain.

use pbgdpl_model::audit::Broken;
use pbgdpl_model::clock::Moment;
use pbgdpl_store::province::{AuditFilter, ProvinceReader};
use serde::{Deserialize, Serialize};

use super::{ChainReport, Verification};
use crate::Error;

/// The province's own chain in a checkpoint.
pub(super) const PROVINCE: &str = "province";
/// The accounts' chain in a checkpoint.
pub(super) const ACCOUNTS: &str = "accounts";

/// The end of a chain when it was last seen whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// Number of the entry.
    pub seq: i64,
    /// Its hash.
    pub hash: [u8; 32],
}

/// The ends of all chains at one moment: a file to be kept where nobody who can change the database can change it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Checkpoint {
    /// When.
    pub at: Moment,
    /// The chains.
    pub chains: Vec<CheckpointChain>,
}

/// The end of one chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CheckpointChain {
    /// Permanent id of the agency, or `province`, or `accounts`.
    pub chain: String,
    /// Number of the last entry.
    pub seq: i64,
    /// Its hash, hexadecimal.
    pub hash: String,
}

impl Checkpoint {
    pub(super) fn of(verification: &Verification) -> Self {
        let whole = verification.chains.iter().filter(|chain| chain.fault.is_none());
        Self {
            at: verification.at,
            chains: whole
                .map(|chain| CheckpointChain {
                    chain: name(chain),
                    seq: chain.entries,
                    hash: hex::encode(chain.hash),
                })
                .collect(),
        }
    }

    /// The end of a chain, if it is kept here and can be read.
    pub(crate) fn mark(&self, chain: &str) -> Option<Mark> {
        let kept = self.chains.iter().find(|kept| kept.chain == chain)?;
        Some(Mark {
            seq: kept.seq,
            // A hash that cannot be read is no hash that any entry has: the chain will be reported.
            hash: hex::decode(&kept.hash)
                .ok()
                .and_then(|bytes| bytes.try_into().ok())
                .unwrap_or([0xff; 32]),
        })
    }

    /// With the ends that only an older checkpoint knows: chains that are broken now.
    pub(super) fn with_older(mut self, older: Option<Self>) -> Self {
        for kept in older.into_iter().flat_map(|older| older.chains) {
            if !self.chains.iter().any(|chain| chain.chain == kept.chain) {
                self.chains.push(kept);
            }
        }
        self
    }
}

fn name(chain: &ChainReport) -> String {
    match chain.agency {
        Some(agency) => agency.to_string(),
        None if chain.accounts => ACCOUNTS.to_owned(),
        None => PROVINCE.to_owned(),
    }
}

/// The anchor of the last verification.
pub(super) async fn last(store: &ProvinceReader) -> Result<Option<Checkpoint>, Error> {
    #[derive(Deserialize)]
    struct Detail {
        anchor: Checkpoint,
    }
    let filter = AuditFilter {
        action: pbgdpl_model::policy::Action::AuditVerify.word().to_owned(),
        ..AuditFilter::default()
    };
    let (entries, _) = store.audit_search(&filter, 1, 1).await?;
    let detail = entries
        .first()
        .and_then(|entry| serde_json::from_str::<Detail>(&entry.detail).ok());
    Ok(detail.map(|detail| detail.anchor))
}

/// Chains that are kept but are not there any more: their agency is gone from the register.
pub(super) fn vanished<'a>(
    kept: impl Iterator<Item = &'a Checkpoint>,
    there: &[ChainReport],
) -> Vec<ChainReport> {
    let mut gone: Vec<ChainReport> = Vec::new();
    for chain in kept.flat_map(|kept| &kept.chains) {
        let known = there.iter().any(|report| name(report) == chain.chain);
        let told = gone.iter().any(|report| report.name == chain.chain);
        if !known && !told {
            gone.push(ChainReport {
                agency: chain.chain.parse().ok(),
                accounts: false,
                name: chain.chain.clone(),
                entries: 0,
                hash: pbgdpl_model::audit::GENESIS,
                erased: 0,
                fault: Some(Broken::Tail {
                    found: 0,
                    head: chain.seq,
                }),
            });
        }
    }
    gone
}
