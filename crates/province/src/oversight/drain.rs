//! What of the chains the log server of the data centre does not have yet (AUD-05): in order, from a cursor a chain, and every entry
//! at least once. One node at a time; no act waits for it.

use std::collections::{BTreeMap, BTreeSet};

use pbgdpl_model::audit::{Entry, syslog_message};
use pbgdpl_model::clock::Moment;
use pbgdpl_model::id::TenantId;
use pbgdpl_scope::action::AuditExport;
use pbgdpl_scope::{ProvinceCtx, ProvinceWarrant};
use pbgdpl_store::province::Reached;
use uuid::Uuid;

use super::chain::{Chain, Door, Which, chains};
use crate::{Error, Province};

/// For so long a node has the turn after it last delivered, in seconds.
const TURN_SECONDS: i64 = 60;

/// The turn of one node.
#[derive(Debug)]
pub struct Drain {
    province: Province,
    warrant: ProvinceWarrant<AuditExport>,
    node: Uuid,
    chains: Vec<Chain>,
    reached: BTreeMap<String, Reached>,
    broken: BTreeSet<String>,
}

/// Messages that follow each other in one chain.
#[derive(Debug)]
pub struct Piece {
    /// As they are sent.
    pub messages: Vec<String>,
    chain: String,
    last: Reached,
}

impl Drain {
    /// Takes the turn; nothing while another node has it. It is the machine that reads, and no entry says so: each would have to be
    /// sent too.
    ///
    /// # Errors
    /// [`Error::Denied`], or a fault of the store.
    #[tracing::instrument(name = "province.oversight.drain.begin", skip_all)]
    pub async fn begin(province: &Province, ctx: &ProvinceCtx, node: Uuid) -> Result<Option<Self>, Error> {
        let warrant = ctx.warrant::<AuditExport>()?;
        let mut store = province.store().province(&warrant).await?;
        let until = ctx.now().plus_seconds(TURN_SECONDS);
        if !store.take_drain_turn(node, ctx.now(), until).await? {
            return Ok(None);
        }
        let reached = store.drained().await?;
        let grown: BTreeMap<TenantId, i64> = store
            .chains_grown(Moment::from_millis(0))
            .await?
            .into_iter()
            .collect();
        store.save().await?;
        // An agency whose chain ends where the log server has it to is not opened.
        let mut chains = chains(ctx, Which::All)?;
        chains.retain(|chain| {
            let Door::Agency(audit) = &chain.door else {
                return true;
            };
            let there = reached.get(&chain.key).map_or(0, |(seq, _)| *seq);
            grown.get(&audit.tenant_id()).copied().unwrap_or(0) != there
        });
        Ok(Some(Self {
            province: province.clone(),
            chains,
            broken: BTreeSet::new(),
            warrant,
            node,
            reached,
        }))
    }

    /// How many chains there are.
    #[must_use]
    pub fn chains(&self) -> usize {
        self.chains.len()
    }

    /// The next messages of a chain, from `host`; none where the log server has everything.
    ///
    /// # Errors
    /// A fault of the store.
    pub async fn next(&mut self, at: usize, host: &str) -> Result<Option<Piece>, Error> {
        let Some(chain) = self.chains.get(at) else {
            return Ok(None);
        };
        let (seq, hash) = self.reached.get(&chain.key).copied().unwrap_or_default();
        // The entry that the log server has last is read once more: it must still stand there.
        let store = self.province.store();
        let mut entries = chain.after(store, &self.warrant, (seq - 1).max(0)).await?;
        if seq > 0 {
            if entries
                .first()
                .is_none_or(|entry| (entry.seq, entry.hash) != (seq, hash))
            {
                // A restored backup, or somebody changed the past.
                self.broken.insert(chain.file.clone());
                return Ok(None);
            }
            entries.remove(0);
        }
        let Some(last) = entries.last() else {
            return Ok(None);
        };
        let message = |entry: &Entry| syslog_message(entry, &chain.key, &chain.file, host);
        let last = (last.seq, last.hash);
        self.reached.insert(chain.key.clone(), last);
        Ok(Some(Piece {
            messages: entries.iter().map(message).collect(),
            chain: chain.key.clone(),
            last,
        }))
    }

    /// The chains that no longer hold what the log server has; nothing of them is sent.
    #[must_use]
    pub const fn broken(&self) -> &BTreeSet<String> {
        &self.broken
    }

    /// Keeps the turn before something is sent; `false` where another node has it by now.
    ///
    /// # Errors
    /// A fault of the store.
    #[tracing::instrument(name = "province.oversight.drain.keep", skip_all)]
    pub async fn keep(&self) -> Result<bool, Error> {
        self.delivered(&[]).await
    }

    /// Writes down that these pieces arrived, and keeps the turn; `false` where another node has it by now.
    ///
    /// # Errors
    /// A fault of the store.
    #[tracing::instrument(name = "province.oversight.drain.delivered", skip_all)]
    pub async fn delivered(&self, pieces: &[Piece]) -> Result<bool, Error> {
        let now = self.province.now();
        let mut store = self.province.store().province(&self.warrant).await?;
        let until = now.plus_seconds(TURN_SECONDS);
        if !store.take_drain_turn(self.node, now, until).await? {
            return Ok(false);
        }
        for piece in pieces {
            store.put_drained(&piece.chain, piece.last, now).await?;
        }
        store.save().await?;
        Ok(true)
    }
}
