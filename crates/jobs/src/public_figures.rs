//! Draws public figures anew and writes what changed (DSH-11): after days were recomputed, and every five minutes, for the day moves on
//! and a node may have stopped between the two. Idempotent on any node.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use pbgdpl_model::figure::{PublishedFigure, Stage};
use pbgdpl_model::id::FigureId;
use pbgdpl_province::public_figure::draw::draw;
use pbgdpl_scope::action::OversightRead;
use pbgdpl_scope::{ProvinceCtx, RequestId};
use tokio_util::sync::CancellationToken;

use crate::failure::Failure;
use crate::work::Work;

const NAME: &str = "public-figures";
const EVERY: Duration = Duration::from_secs(5 * 60);

/// Looks at the start, then every five minutes, until stopped.
pub(crate) async fn regularly(work: Arc<Work>, stop: CancellationToken) {
    loop {
        if let Err(error) = run(&work).await {
            tracing::warn!(%error, "public figures are not drawn anew yet");
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(EVERY) => {}
        }
    }
}

/// Draws all of them; returns how many say something new.
pub(crate) async fn run(work: &Work) -> Result<u64, Failure> {
    let snapshot = work.app.store().registry().now();
    let province = snapshot.province().id;
    let ctx = ProvinceCtx::of_system(snapshot, NAME, work.app.now(), RequestId::new(NAME.into()));
    let drawn = draw(&work.province, &ctx).await?;
    if drawn.is_empty() {
        return Ok(0);
    }
    let warrant = ctx
        .warrant::<OversightRead>()
        .map_err(pbgdpl_province::Error::from)?;
    let reader = work.app.store().province_reader(&warrant).await?;
    let changed = changed(&drawn, reader.published_figures().await?);
    drop(reader);
    if changed.is_empty() {
        return Ok(0);
    }
    let mut store = work.app.store().province(&warrant).await?;
    // One node after the other: what another one drew later stays, and what was taken back meanwhile stays away.
    store.touch_public(province.0, ctx.now()).await?;
    store.hold().await?;
    let mut written = 0;
    for figure in self::changed(&drawn, store.published_figures().await?) {
        let there = store.public_figure(figure.id).await?;
        if there.is_some_and(|there| there.stage == Stage::Public) {
            store.put_published_figure(figure, ctx.now()).await?;
            written += 1;
        }
    }
    // Where nothing was left to write, nothing is told either.
    if written > 0 {
        store.save().await?;
    }
    Ok(written)
}

/// Those that say something else than what stands, and were not drawn before it.
fn changed(drawn: &[PublishedFigure], there: Vec<PublishedFigure>) -> Vec<&PublishedFigure> {
    let there: BTreeMap<FigureId, PublishedFigure> =
        there.into_iter().map(|figure| (figure.id, figure)).collect();
    let is_new = |figure: &&PublishedFigure| {
        let old = there.get(&figure.id);
        old.is_none_or(|old| old.drawn_at <= figure.drawn_at && !figure.says_as(old))
    };
    drawn.iter().filter(is_new).collect()
}
