//! Once a day: messages carried out a month ago are thrown away, what signing in left behind, and words of audit chains whose term
//! has passed (AUD-06). Idempotent; nodes that do it at once do not mind.

use std::sync::Arc;
use std::time::Duration;

use pbgdpl_model::engagement::SKETCH_DAYS;
use pbgdpl_province::oversight::retention::words_since;
use pbgdpl_scope::{Ctx, ProvinceCtx, RequestId};
use tokio_util::sync::CancellationToken;

use crate::failure::Failure;
use crate::schedule::Round;
use crate::work::Work;

const EVERY: Duration = Duration::from_secs(24 * 3600);
/// Longer than a message lives, long enough to look into what went wrong.
const KEPT_SECONDS: i64 = 30 * 24 * 3600;

/// Purges at the start, then once a day, until stopped.
pub(crate) async fn daily(work: Arc<Work>, stop: CancellationToken) {
    let round = Round {
        every: EVERY,
        cut: false,
        done: "what is old is gone",
        failed: "what is old is not thrown away yet",
    };
    round.go(work, stop, async |work| run(&work).await).await;
}

/// Throws away what is old; returns how many rows.
pub(crate) async fn run(work: &Work) -> Result<u64, Failure> {
    let now = work.app.now();
    let store = work.app.store();
    let messages = store
        .machinery()
        .purge_outbox(now.plus_seconds(-KEPT_SECONDS))
        .await?;
    let hosts = store.machinery().purge_hosts(now).await?;
    let mut identity = store.identity().await?;
    let traces_of_signing_in = identity.purge(now).await?;
    identity.save().await?;
    Ok(messages + hosts + traces_of_signing_in + words_past_their_term(work).await? + sketches(work).await?)
}

/// Sketches of people whose term has passed, and what nodes of long ago wrote down: how many rows.
async fn sketches(work: &Work) -> Result<u64, Failure> {
    let (store, now) = (work.app.store(), work.app.now());
    let day = now.plus_seconds(-SKETCH_DAYS * 24 * 3600).day();
    let snapshot = store.registry().now();
    let request = RequestId::new("retention".into());
    let ctx = ProvinceCtx::of_system(snapshot, NAME, now, request);
    let mut dropped = work.province.purge_people(&ctx, day).await?;
    for tenant in ctx.snapshot().tenants() {
        // A piece at a time: whoever writes there waits for one piece, never for all.
        loop {
            let mut agency = store.tenant(tenant).await?;
            let piece = agency
                .purge_engagement(day, now.plus_seconds(-KEPT_SECONDS))
                .await?;
            agency.save().await?;
            if piece == 0 {
                break;
            }
            dropped += piece;
        }
    }
    Ok(dropped)
}

const NAME: &str = "Hệ thống: hết thời hạn lưu giữ";

/// Names and reasons that are kept no longer: how many entries lost them.
async fn words_past_their_term(work: &Work) -> Result<u64, Failure> {
    let snapshot = work.app.store().registry().now();
    let request = || RequestId::new("retention".into());
    let now = work.app.now();
    let ctx = ProvinceCtx::of_system(snapshot, NAME, now, request());
    let Some(since) = words_since(&work.province, &ctx).await? else {
        return Ok(0);
    };
    let mut gone = pbgdpl_province::words::erase::older(&work.province, &ctx, since).await?;
    let mut failed = None;
    for tenant in ctx.snapshot().tenants() {
        let ctx = Ctx::of_system(tenant.clone(), NAME, now, request());
        // What fails in one agency holds up no other.
        match pbgdpl_app::words::erase::older(&work.app, &ctx, since).await {
            Ok(entries) => gone += entries,
            Err(error) => failed = Some(error),
        }
    }
    failed.map_or(Ok(gone), |error| Err(error.into()))
}
