//! Takes a figure back, proposed or public: nobody outside reads it from then on.

use pbgdpl_model::id::FigureId;
use pbgdpl_scope::ProvinceCtx;
use pbgdpl_scope::action::{Act, FigureRevoke};
use pbgdpl_store::province::ProvinceRecord;
use serde_json::json;

use super::{by, opened};
use crate::{Error, Province};

/// Longest reason, in characters.
const LONGEST: usize = 600;

/// Revokes.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Denied`], [`Error::Invalid`] of `ly-do`, [`Error::Stale`] where it was taken back before, or a fault
/// of the store.
#[tracing::instrument(name = "province.public_figure.revoke", skip_all)]
pub async fn revoke(province: &Province, ctx: &ProvinceCtx, id: FigureId, reason: &str) -> Result<(), Error> {
    let warrant = ctx.warrant::<FigureRevoke>()?;
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Error::invalid("ly-do", "còn trống; ghi vì sao thôi công khai"));
    }
    if reason.chars().count() > LONGEST {
        return Err(Error::invalid(
            "ly-do",
            format!("dài quá; nhiều nhất {LONGEST} chữ"),
        ));
    }
    let mut store = province.store().province(&warrant).await?;
    opened(&mut store, ctx).await?;
    let figure = store.public_figure(id).await?.ok_or(Error::NotFound)?;
    if !store.revoke_public_figure(id, &by(ctx), reason).await? {
        return Err(Error::Stale);
    }
    let record = ProvinceRecord {
        action: FigureRevoke::ACTION,
        object_kind: "figure",
        object_id: id.0,
        reason,
        detail: json!({ "measure": figure.measure, "title": figure.title, "was": figure.stage.word() }),
    };
    store.record(ctx, record).await?;
    store.save().await?;
    Ok(())
}
