//! Agrees that a proposed figure is public: somebody else than whoever proposed it.

use pbgdpl_model::figure::Stage;
use pbgdpl_model::id::FigureId;
use pbgdpl_scope::ProvinceCtx;
use pbgdpl_scope::action::{Act, FigureApprove};
use pbgdpl_store::province::ProvinceRecord;
use serde_json::json;

use super::draw::drawn;
use super::{by, opened};
use crate::{Error, Province};

/// Approves. What it counts and its words cannot have changed since they were read: a proposal never changes.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Denied`] also to whoever proposed it, [`Error::Stale`] where it is not proposed any more, or a fault
/// of the store.
#[tracing::instrument(name = "province.public_figure.approve", skip_all)]
pub async fn approve(province: &Province, ctx: &ProvinceCtx, id: FigureId) -> Result<(), Error> {
    let warrant = ctx.warrant::<FigureApprove>()?;
    let mut store = province.store().province(&warrant).await?;
    opened(&mut store, ctx).await?;
    let figure = store.public_figure(id).await?.ok_or(Error::NotFound)?;
    ctx.warrant_for::<FigureApprove>(&figure)?;
    if figure.stage != Stage::Proposed || !store.approve_public_figure(id, &by(ctx)).await? {
        return Err(Error::Stale);
    }
    let body = drawn(&store, ctx, &figure).await?;
    store.put_published_figure(&body, ctx.now()).await?;
    let record = ProvinceRecord {
        action: FigureApprove::ACTION,
        object_kind: "figure",
        object_id: id.0,
        reason: "",
        detail: json!({ "measure": figure.measure, "title": figure.title, "proposed_by": figure.proposed.account }),
    };
    store.record(ctx, record).await?;
    store.save().await?;
    Ok(())
}
