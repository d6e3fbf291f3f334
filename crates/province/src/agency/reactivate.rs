//! Opens a suspended section again (TEN-05).

use pbgdpl_model::agency::Status;
use pbgdpl_model::id::TenantId;
use pbgdpl_model::policy::Action;
use pbgdpl_scope::ProvinceCtx;
use pbgdpl_scope::action::AgencyReactivate;
use pbgdpl_store::province::ProvinceRecord;
use serde_json::json;

use crate::{Error, Province};

/// Opens the section.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Denied`], [`Error::Invalid`] where it is open already.
#[tracing::instrument(name = "province.agency.reactivate", skip_all)]
pub async fn reactivate(
    province: &Province,
    ctx: &ProvinceCtx,
    agency: TenantId,
    reason: &str,
) -> Result<(), Error> {
    let warrant = ctx.warrant::<AgencyReactivate>()?;
    let mut store = province.store().province(&warrant).await?;
    let before = store.registered(agency).await?.ok_or(Error::NotFound)?.status;
    if before == Status::Open {
        return Err(Error::invalid("ly-do", "chuyên mục đang hoạt động"));
    }
    store.put_status(agency, Status::Open, ctx.now()).await?;
    let record = ProvinceRecord {
        action: Action::AgencyReactivate,
        object_kind: "agency",
        object_id: agency.0,
        reason: reason.trim(),
        detail: json!({ "before": before.word(), "after": Status::Open.word() }),
    };
    store.record(ctx, record).await?;
    store.save().await?;
    province.store().machinery().poll_registry().await?;
    Ok(())
}
