//! Changes a site that embeds the section: its name, its origins, whether it is in use. Never its key.

use pbgdpl_model::id::EmbedId;
use pbgdpl_model::policy::Action;
use pbgdpl_scope::action::EmbedWrite;
use pbgdpl_scope::{Ctx, Nothing};
use pbgdpl_store::tenant::{EmbedRow, Record};
use serde_json::json;

use super::{add, origins};
use crate::{App, Error};

/// What the webmaster sends.
#[derive(Debug, Clone)]
pub struct Change {
    /// Which site.
    pub embed: EmbedId,
    /// Its name.
    pub site: String,
    /// Its origins, one to a line.
    pub origins: String,
    /// Whether it is in use.
    pub open: bool,
}

/// Changes the site; every frame follows within two seconds.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Denied`], [`Error::Invalid`] of `site` or `origins`, or a fault of the store.
#[tracing::instrument(name = "embed.change", skip_all)]
pub async fn change(app: &App, ctx: &Ctx, order: Change) -> Result<(), Error> {
    let mut agency = app.open(ctx).await?;
    let old = agency.embed(order.embed).await?.ok_or(Error::NotFound)?;
    let permit = ctx.permit::<EmbedWrite>(&Nothing)?;
    let site = add::site_name(&order.site)?;
    let origins = origins::read(&order.origins).map_err(|reason| Error::invalid("origins", reason))?;
    let new = EmbedRow {
        site,
        origins,
        open: order.open,
        ..old.clone()
    };
    if new == old {
        return Ok(());
    }
    agency.change_embed(&permit, &new, ctx.now()).await?;
    let record = Record {
        action: Action::EmbedWrite,
        object_kind: "embed",
        object_id: new.id.0,
        verb: match (old.open, new.open) {
            (true, false) => "Ngừng cho nhúng",
            (false, true) => "Cho nhúng lại",
            _ => "Sửa trang nhúng",
        },
        note: &new.site,
        reason: "",
        version: None,
        detail: json!({
            "before": { "site": old.site, "origins": old.origins, "open": old.open },
            "after": { "site": new.site, "origins": new.origins, "open": new.open },
        }),
    };
    agency.record(ctx, record).await?;
    agency.save().await?;
    Ok(())
}
