//! Ends a key that was replaced before its day: what still carries it says that there is another.

use pbgdpl_model::id::EmbedId;
use pbgdpl_model::policy::Action;
use pbgdpl_scope::action::EmbedWrite;
use pbgdpl_scope::{Ctx, Nothing};
use pbgdpl_store::tenant::Record;
use serde_json::json;

use crate::{App, Error};

/// Ends the key at once.
///
/// # Errors
/// [`Error::NotFound`] where the site had no such key, [`Error::Denied`], or a fault of the store.
#[tracing::instrument(name = "embed.end", skip_all)]
pub async fn end(app: &App, ctx: &Ctx, embed: EmbedId, key: &str) -> Result<(), Error> {
    let mut agency = app.open(ctx).await?;
    let site = agency.embed(embed).await?.ok_or(Error::NotFound)?;
    let former = agency.former_keys(embed).await?;
    let former = former
        .iter()
        .find(|former| former.key == key)
        .ok_or(Error::NotFound)?;
    let permit = ctx.permit::<EmbedWrite>(&Nothing)?;
    if !former.replaced.holds(ctx.now()) {
        return Ok(());
    }
    agency.end_former_key(&permit, (embed, key), ctx.now()).await?;
    let record = Record {
        action: Action::EmbedWrite,
        object_kind: "embed",
        object_id: embed.0,
        verb: "Ngừng mã nhúng cũ",
        note: &site.site,
        reason: "",
        version: None,
        detail: json!({ "key": key }),
    };
    agency.record(ctx, record).await?;
    agency.save().await?;
    Ok(())
}
