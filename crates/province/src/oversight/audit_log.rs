//! Reads audit logs page by page: the province's own, and an agency's, which is logged as a reading.

use pbgdpl_model::audit::Entry;
use pbgdpl_model::id::TenantId;
use pbgdpl_model::policy::Action;
use pbgdpl_scope::action::AuditRead;
use pbgdpl_scope::{ProvinceCtx, Recency};
use pbgdpl_store::province::{AuditFilter, ProvinceReader};
use pbgdpl_store::tenant::TenantReader;
use serde_json::json;

use super::reading::{self, Reading};
use crate::{Error, Province};

/// Entries of one page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogPage {
    /// Newest first.
    pub entries: Vec<Entry>,
    /// Entries on all pages.
    pub count: u64,
}

/// Entries a page.
pub const PER_PAGE: u64 = 50;

/// The province's own log.
///
/// # Errors
/// [`Error::Denied`], or a fault of the store.
#[tracing::instrument(name = "province.oversight.audit_log.of_province", skip_all)]
pub async fn of_province(
    province: &Province,
    ctx: &ProvinceCtx,
    filter: &AuditFilter,
    page: u64,
) -> Result<LogPage, Error> {
    let warrant = ctx.warrant::<AuditRead>()?;
    let search = async |store: ProvinceReader| -> Result<_, Error> {
        Ok(store.audit_search(filter, page, PER_PAGE).await?)
    };
    let (entries, count) = province.store().look_over(&warrant, Recency::Now, search).await?;
    Ok(LogPage { entries, count })
}

/// An agency's log; the reading is logged first.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Denied`], or a fault of the store.
#[tracing::instrument(name = "province.oversight.audit_log.of_agency", skip_all)]
pub async fn of_agency(
    province: &Province,
    ctx: &ProvinceCtx,
    agency: TenantId,
    filter: &AuditFilter,
    page: u64,
) -> Result<LogPage, Error> {
    ctx.warrant::<AuditRead>()?;
    let reading = Reading {
        action: Action::AuditRead,
        object_kind: "audit",
        object_id: agency.0,
        detail: json!({ "page": page }),
    };
    let search = async |reader: TenantReader| -> Result<_, Error> {
        Ok(reader.audit_search(filter, page, PER_PAGE).await?)
    };
    let ctx = ctx.clone().of_now();
    let (entries, count) = reading::read(province, &ctx, agency, reading, search).await?;
    Ok(LogPage { entries, count })
}
