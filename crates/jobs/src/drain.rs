//! Sends what is new in the logs to the log server of the data centre (AUD-05). While that is gone nothing is lost and nobody waits:
//! the cursor stays where it is.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use pbgdpl_exchange::LogServer;
use pbgdpl_province::oversight::drain::{Drain, Piece};
use pbgdpl_scope::{ProvinceCtx, RequestId};
use tokio_util::sync::CancellationToken;

use crate::failure::Failure;
use crate::work::Work;

const NAME: &str = "Gửi nhật ký";
/// Messages of one delivery: so many are sent twice at most when one fails.
const DELIVERY: usize = 2_000;
/// Between two looks.
const EVERY: Duration = Duration::from_secs(2);

/// Sends until stopped, where a log server is set up.
pub(crate) async fn regularly(work: Arc<Work>, stop: CancellationToken) {
    if work.log_server.is_none() {
        return;
    }
    let (mut failing, mut left_out) = (false, BTreeSet::new());
    loop {
        // What is cut off was not written down as delivered, and is sent again.
        let done = tokio::select! {
            () = stop.cancelled() => return,
            done = look(&work) => done,
        };
        match done {
            Ok(Some(looked)) => {
                if std::mem::take(&mut failing) {
                    tracing::info!("the log server takes entries again");
                }
                if looked.broken != left_out {
                    left_out = looked.broken;
                    tracing::error!(
                        chains = ?left_out,
                        "these chains no longer hold what the log server has; nothing of them is sent"
                    );
                }
            }
            Ok(None) => {}
            Err(error) if !std::mem::replace(&mut failing, true) => {
                tracing::warn!(%error, "entries wait to be sent to the log server");
            }
            Err(_) => {}
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(EVERY) => {}
        }
    }
}

/// What came of a look.
#[derive(Debug)]
pub struct Drained {
    /// How many entries arrived.
    pub sent: u64,
    /// Chains of which nothing is sent: they no longer hold what the log server has.
    pub broken: BTreeSet<String>,
}

/// Sends all that is new; nothing where it is another node's turn. A chain that cannot be read holds up no other.
pub(crate) async fn look(work: &Work) -> Result<Option<Drained>, Failure> {
    let Some(server) = &work.log_server else {
        return Ok(None);
    };
    let snapshot = work.app.store().registry().now();
    let request = RequestId::new("audit-drain".into());
    let ctx = ProvinceCtx::of_system(snapshot, NAME, work.app.now(), request);
    let Some(mut drain) = Drain::begin(&work.province, &ctx, work.node).await? else {
        return Ok(None);
    };
    let (mut sent, mut unread) = (0, None);
    let (mut pieces, mut waiting) = (Vec::new(), 0);
    for chain in 0..drain.chains() {
        loop {
            let piece = match drain.next(chain, server.host()).await {
                Ok(Some(piece)) => piece,
                Ok(None) => break,
                Err(error) => {
                    unread.get_or_insert(error);
                    break;
                }
            };
            waiting += piece.messages.len();
            pieces.push(piece);
            if waiting >= DELIVERY {
                sent += deliver(server, &drain, std::mem::take(&mut pieces)).await?;
                waiting = 0;
            }
        }
    }
    sent += deliver(server, &drain, pieces).await?;
    match unread {
        Some(error) => Err(error.into()),
        None => Ok(Some(Drained {
            sent,
            broken: drain.broken().clone(),
        })),
    }
}

async fn deliver(server: &LogServer, drain: &Drain, mut pieces: Vec<Piece>) -> Result<u64, Failure> {
    if pieces.is_empty() {
        return Ok(0);
    }
    let other = || Failure::later("another node has taken the turn");
    if !drain.keep().await? {
        return Err(other());
    }
    let mut messages = Vec::new();
    for piece in &mut pieces {
        messages.append(&mut piece.messages);
    }
    let sent = messages.len();
    server.deliver(messages.into_iter()).await?;
    if !drain.delivered(&pieces).await? {
        return Err(other());
    }
    Ok(u64::try_from(sent).unwrap_or(u64::MAX))
}
