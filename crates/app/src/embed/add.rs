//! Adds a site that embeds the section: it gets a permanent key that survives renames, mergers and moves.

use pbgdpl_model::id::{EmbedId, to_base32};
use pbgdpl_model::policy::Action;
use pbgdpl_scope::action::EmbedWrite;
use pbgdpl_scope::{Ctx, Nothing};
use pbgdpl_store::tenant::{EmbedRow, Record};
use serde_json::json;
use uuid::Uuid;

use super::origins;
use crate::account::random;
use crate::{App, Error};

/// Longest name of a site, in characters.
const LONGEST_NAME: usize = 120;

/// Adds the site; `typed` are its origins, one to a line.
///
/// # Errors
/// [`Error::Denied`]; [`Error::Invalid`] of `site` or `origins`; or a fault of the store.
#[tracing::instrument(name = "embed.add", skip_all)]
pub async fn add(app: &App, ctx: &Ctx, site: &str, typed: &str) -> Result<EmbedRow, Error> {
    let permit = ctx.permit::<EmbedWrite>(&Nothing)?;
    let site = site_name(site)?;
    let origins = origins::read(typed).map_err(|reason| Error::invalid("origins", reason))?;
    let embed = EmbedRow {
        id: EmbedId::fresh(ctx.now()),
        key: fresh_key()?,
        site,
        origins,
        open: true,
        created_by: ctx.actor().account(),
        created_at: ctx.now(),
    };
    let mut agency = app.open(ctx).await?;
    agency.add_embed(&permit, &embed).await?;
    let record = Record {
        action: Action::EmbedWrite,
        object_kind: "embed",
        object_id: embed.id.0,
        verb: "Thêm trang nhúng",
        note: &embed.site,
        reason: "",
        version: None,
        detail: json!({ "site": embed.site, "origins": embed.origins }),
    };
    agency.record(ctx, record).await?;
    agency.save().await?;
    Ok(embed)
}

/// A key: 128 bits from the system (SECURITY 5.6). Unlike ids it says nothing of when it was made.
pub(super) fn fresh_key() -> Result<String, Error> {
    Ok(to_base32(Uuid::from_bytes(random::bytes()?)))
}

pub(super) fn site_name(typed: &str) -> Result<String, Error> {
    let name = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    match name.chars().count() {
        0 => Err(Error::invalid(
            "site",
            "chưa có. Ghi tên để phân biệt, ví dụ Cổng thông tin của Sở.",
        )),
        length if length > LONGEST_NAME => Err(Error::invalid(
            "site",
            format!("dài quá. Viết nhiều nhất {LONGEST_NAME} ký tự."),
        )),
        _ => Ok(name),
    }
}
