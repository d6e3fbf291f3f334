//! Returns a contribution with a remark, also after it was accepted: only from above. Frozen reports stay as they are.

use pbgdpl_model::id::TenantId;
use pbgdpl_scope::ProvinceCtx;
use pbgdpl_scope::action::{Act, ReportReturn};
use pbgdpl_store::province::Decision;

use super::accept::decide;
use super::{Of, newest};
use crate::{Error, Province};

/// Returns the newest version, which must be the one the officer read. The agency goes on with a new version.
///
/// # Errors
/// [`Error::Denied`], [`Error::NotFound`], [`Error::Invalid`] without a remark, [`Error::Stale`] where a newer version came or
/// it was returned already, or a fault of the store.
#[tracing::instrument(name = "province.plan.send_back", skip_all)]
pub async fn send_back(
    province: &Province,
    ctx: &ProvinceCtx,
    agency: TenantId,
    of: Of<'_>,
    version: i32,
    remark: &str,
) -> Result<(), Error> {
    let warrant = ctx.warrant::<ReportReturn>()?;
    let remark = remark.trim();
    if remark.is_empty() {
        return Err(Error::invalid(
            "y-kien",
            "còn trống; ghi rõ nhiệm vụ nào cần sửa hoặc bổ sung",
        ));
    }
    let mut store = province.store().province(&warrant).await?;
    let sent = newest(&store, agency, of, version).await?;
    if sent.decision == Decision::Returned {
        return Err(Error::Stale);
    }
    decide(
        &mut store,
        ctx,
        &sent,
        Decision::Returned,
        remark,
        ReportReturn::ACTION,
    )
    .await?;
    Ok(store.save().await?)
}
