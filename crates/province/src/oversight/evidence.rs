//! Finds one piece of evidence of an agency for an auditor; the reading is logged first. What answers is the file's
//! description: whoever asked opens it through a link that is theirs and short-lived.

use pbgdpl_model::id::{MediaId, TenantId};
use pbgdpl_model::policy::Action;
use pbgdpl_scope::ProvinceCtx;
use pbgdpl_store::tenant::{Media, TenantReader};
use serde_json::json;

use super::reading::{self, Reading};
use crate::{Error, Province};

/// The file. Other uploads of the agency answer like files that do not exist.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Denied`], or a fault of the store.
#[tracing::instrument(name = "province.oversight.evidence", skip_all)]
pub async fn evidence(
    province: &Province,
    ctx: &ProvinceCtx,
    agency: TenantId,
    media: MediaId,
) -> Result<Media, Error> {
    let reading = Reading {
        action: Action::EvidenceRead,
        object_kind: "evidence",
        object_id: media.0,
        detail: json!({}),
    };
    let find = async |reader: TenantReader| {
        if !reader.is_evidence(media).await? {
            return Err(Error::NotFound);
        }
        reader.media(media).await?.ok_or(Error::NotFound)
    };
    reading::read(province, ctx, agency, reading, find).await
}
