//! What of the chains the log server of the data centre does not have yet (AUD-05): in order, from a cursor a chain, and every entry
//! at least once. One node at a time; no act waits for it.

use std::collections::BTreeMap;

use pbgdpl_model::audit::{Entry, syslog_message};
use pbgdpl_scope::action::AuditExport;
use pbgdpl_scope::{ProvinceCtx, ProvinceWarrant};
use pbgdpl_store::province::Reached;
use uuid::Uuid;

use super::chain::{Chain, Which, chains};
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
        store.save().await?;
        Ok(Some(Self {
            province: province.clone(),
            chains: chains(ctx, Which::All)?,
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
        let entries = chain.after(self.province.store(), &self.warrant, seq).await?;
        let (Some(first), Some(last)) = (entries.first(), entries.last()) else {
            return Ok(None);
        };
        if first.prev_hash != hash {
            // The log server holds an entry that no longer stands here: a restored backup, or somebody changed the past.
            tracing::error!(chain = %chain.file, seq, "the chain does not follow what the log server has; it is not sent");
            return Ok(None);
        }
        let message = |entry: &Entry| syslog_message(entry, &chain.key, &chain.file, host);
        let last = (last.seq, last.hash);
        self.reached.insert(chain.key.clone(), last);
        Ok(Some(Piece {
            messages: entries.iter().map(message).collect(),
            chain: chain.key.clone(),
            last,
        }))
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
