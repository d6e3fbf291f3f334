//! Gives a site another key. Pages that carry the one it had go on working for as long as its webmaster says (EMB-17).

use pbgdpl_model::id::EmbedId;
use pbgdpl_model::policy::Action;
use pbgdpl_scope::action::EmbedWrite;
use pbgdpl_scope::{Ctx, Nothing};
use pbgdpl_store::tenant::Record;
use serde_json::json;

use super::add;
use crate::{App, Error};

/// How long the key of before still holds, in days; what a webmaster may choose.
pub const OVERLAPS: [i64; 4] = [0, 30, 90, 365];

/// Gives the site another key. `overlap`: days for which the one it had still holds; nothing means for ever.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Denied`], [`Error::Invalid`] of `overlap`, or a fault of the store.
#[tracing::instrument(name = "embed.replace", skip_all)]
pub async fn replace(app: &App, ctx: &Ctx, embed: EmbedId, overlap: Option<i64>) -> Result<(), Error> {
    let mut agency = app.open(ctx).await?;
    let site = agency.embed(embed).await?.ok_or(Error::NotFound)?;
    let permit = ctx.permit::<EmbedWrite>(&Nothing)?;
    if overlap.is_some_and(|days| !OVERLAPS.contains(&days)) {
        return Err(Error::invalid(
            "overlap",
            "chưa chọn. Chọn một thời hạn trong danh sách.",
        ));
    }
    let ends = overlap.map(|days| ctx.now().plus_seconds(days * 24 * 3600));
    let key = add::fresh_key()?;
    agency
        .replace_embed_key(&permit, &site, (&key, ends), ctx.now())
        .await?;
    let record = Record {
        action: Action::EmbedWrite,
        object_kind: "embed",
        object_id: embed.0,
        verb: "Đổi mã nhúng",
        note: &site.site,
        reason: "",
        version: None,
        detail: json!({ "before": site.key, "after": key, "ends": ends.map(pbgdpl_model::clock::Moment::rfc3339) }),
    };
    agency.record(ctx, record).await?;
    agency.save().await?;
    Ok(())
}
