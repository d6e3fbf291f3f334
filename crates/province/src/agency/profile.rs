//! Carries contact and information groups from an agency's file into its section, through the agency's own door.

use pbgdpl_model::agency::Profile;
use pbgdpl_model::clock::Moment;
use pbgdpl_model::id::TenantId;
use pbgdpl_model::policy::Action;
use pbgdpl_scope::action::AgencySettings;
use pbgdpl_scope::{Ctx, Nothing, RequestId};
use pbgdpl_store::tenant::Record;
use serde_json::json;

use crate::{Error, Province};

/// When the file's facts take the place of the section's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Carry {
    /// The file changed: it speaks last.
    Always,
    /// Only where the section says nothing yet: what an agency wrote itself stays.
    IfEmpty,
}

/// Writes the facts; repeating it changes nothing. Returns whether something was written.
pub(crate) async fn carry(
    province: &Province,
    tenant: TenantId,
    facts: &Profile,
    when: Carry,
    request: &RequestId,
    now: Moment,
) -> Result<bool, Error> {
    let store = province.store();
    let Some(agency) = store.registry().now().by_id(tenant) else {
        return Err(Error::NotFound);
    };
    {
        let there = store.read().tenant(&agency).await?.profile().await?;
        if there == *facts || (when == Carry::IfEmpty && there != Profile::default()) {
            return Ok(false);
        }
    }
    let ctx = Ctx::of_system(agency, "Danh mục của tỉnh", now, request.clone());
    let permit = ctx.permit::<AgencySettings>(&Nothing)?;
    let mut section = store.tenant(ctx.tenant()).await?;
    section.put_profile(&permit, facts, now).await?;
    let record = Record {
        action: Action::AgencySettings,
        object_kind: "profile",
        object_id: tenant.0,
        verb: "Nhận thông tin từ danh mục của tỉnh",
        note: "",
        reason: "",
        version: None,
        detail: json!({ "information_groups": facts.information_groups }),
    };
    section.record(&ctx, record).await?;
    section.save().await?;
    Ok(true)
}
