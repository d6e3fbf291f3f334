//! Sends what is new in the logs to the log server of the data centre (AUD-05). While that is gone nothing is lost and nobody waits:
//! the cursor stays where it is.

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
/// Between two looks; longer where many chains are looked at.
const EVERY: Duration = Duration::from_secs(2);
/// For each chain.
const EACH: Duration = Duration::from_millis(10);

/// Sends until stopped, where a log server is set up.
pub(crate) async fn regularly(work: Arc<Work>, stop: CancellationToken) {
    if work.log_server.is_none() {
        return;
    }
    let mut failing = false;
    loop {
        match run(&work).await {
            Ok(_) if std::mem::take(&mut failing) => tracing::info!("the log server takes entries again"),
            Ok(_) => {}
            Err(error) if !std::mem::replace(&mut failing, true) => {
                tracing::warn!(%error, "entries wait for the log server");
            }
            Err(_) => {}
        }
        let chains = work.app.store().registry().now().tenants().count();
        let pause = EVERY.max(EACH * u32::try_from(chains).unwrap_or(u32::MAX));
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(pause) => {}
        }
    }
}

/// Sends all that is new, unless it is another node's turn; returns how many entries.
pub(crate) async fn run(work: &Work) -> Result<u64, Failure> {
    let Some(server) = &work.log_server else {
        return Ok(0);
    };
    let snapshot = work.app.store().registry().now();
    let request = RequestId::new("audit-drain".into());
    let ctx = ProvinceCtx::of_system(snapshot, NAME, work.app.now(), request);
    let Some(mut drain) = Drain::begin(&work.province, &ctx, work.node).await? else {
        return Ok(0);
    };
    let mut sent = 0;
    let mut pieces = Vec::new();
    for chain in 0..drain.chains() {
        while let Some(piece) = drain.next(chain, server.host()).await? {
            pieces.push(piece);
            let waiting: usize = pieces.iter().map(|piece: &Piece| piece.messages.len()).sum();
            if waiting >= DELIVERY {
                sent += deliver(server, &drain, std::mem::take(&mut pieces)).await?;
            }
        }
    }
    Ok(sent + deliver(server, &drain, pieces).await?)
}

async fn deliver(server: &LogServer, drain: &Drain, mut pieces: Vec<Piece>) -> Result<u64, Failure> {
    if pieces.is_empty() {
        return Ok(0);
    }
    let mut sent = 0;
    let mut delivery = server.deliver().await?;
    for piece in &mut pieces {
        sent += piece.messages.len();
        delivery
            .send(std::mem::take(&mut piece.messages).into_iter())
            .await?;
    }
    delivery.finish().await?;
    if !drain.delivered(&pieces).await? {
        return Err(Failure::later("another node has taken the turn"));
    }
    Ok(u64::try_from(sent).unwrap_or(u64::MAX))
}
