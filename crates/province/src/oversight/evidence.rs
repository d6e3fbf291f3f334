//! Opens one piece of evidence of an agency for an auditor; the reading is logged first.

use bytes::Bytes;
use pbgdpl_model::id::{MediaId, TenantId};
use pbgdpl_model::policy::Action;
use pbgdpl_scope::ProvinceCtx;
use pbgdpl_store::tenant::Media;
use serde_json::json;

use super::reading::{self, Reading};
use crate::{Error, Province};

/// A file that proves an activity.
#[derive(Debug, Clone)]
pub struct Evidence {
    /// What it is.
    pub media: Media,
    /// What is in it.
    pub bytes: Bytes,
}

/// Reads the file. Other uploads of the agency answer like files that do not exist.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Denied`], or a fault of the store.
pub async fn evidence(
    province: &Province,
    ctx: &ProvinceCtx,
    agency: TenantId,
    media: MediaId,
) -> Result<Evidence, Error> {
    let reading = Reading {
        action: Action::EvidenceRead,
        object_kind: "evidence",
        object_id: media.0,
        detail: json!({ "agency": agency }),
    };
    let reader = reading::open(province, ctx, agency, reading).await?;
    if !reader.is_evidence(media).await? {
        return Err(Error::NotFound);
    }
    let found = reader.media(media).await?.ok_or(Error::NotFound)?;
    drop(reader);
    let bytes = province.store().files().get(&found.path).await?;
    Ok(Evidence {
        bytes: bytes.ok_or(Error::NotFound)?,
        media: found,
    })
}
