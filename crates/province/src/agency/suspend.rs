//! Suspends a section: read-only or hidden, with a reason (TEN-05).

use pbgdpl_model::agency::Status;
use pbgdpl_model::id::TenantId;
use pbgdpl_model::policy::Action;
use pbgdpl_scope::ProvinceCtx;
use pbgdpl_scope::action::AgencySuspend;
use pbgdpl_store::province::ProvinceRecord;
use serde_json::json;

use crate::{Error, Province};

/// How a section rests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rest {
    /// Everybody reads, nobody writes.
    ReadOnly,
    /// Nobody reads either.
    Hidden,
}

impl Rest {
    /// The status it leads to.
    #[must_use]
    pub const fn status(self) -> Status {
        match self {
            Self::ReadOnly => Status::ReadOnly,
            Self::Hidden => Status::Hidden,
        }
    }
}

/// Suspends the section, or changes how it rests.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Denied`], [`Error::Invalid`] without a reason or where it rests so already.
#[tracing::instrument(name = "province.agency.suspend", skip_all)]
pub async fn suspend(
    province: &Province,
    ctx: &ProvinceCtx,
    agency: TenantId,
    rest: Rest,
    reason: &str,
) -> Result<(), Error> {
    let warrant = ctx.warrant::<AgencySuspend>()?;
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Error::invalid(
            "ly-do",
            "còn trống; ghi căn cứ hoặc lý do tạm dừng",
        ));
    }
    let mut store = province.store().province(&warrant).await?;
    let before = store.registered(agency).await?.ok_or(Error::NotFound)?.status;
    if before == rest.status() {
        return Err(Error::invalid("cach-dung", "chuyên mục đang ở tình trạng này"));
    }
    store.put_status(agency, rest.status(), ctx.now()).await?;
    let record = ProvinceRecord {
        action: Action::AgencySuspend,
        object_kind: "agency",
        object_id: agency.0,
        reason,
        detail: json!({ "before": before.word(), "after": rest.status().word() }),
    };
    store.record(ctx, record).await?;
    store.save().await?;
    province.store().machinery().poll_registry().await?;
    Ok(())
}
