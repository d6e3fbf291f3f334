//! Logs that somebody of the province reads records inside an agency. Without this entry nothing is read.

use pbgdpl_model::id::TenantId;
use pbgdpl_model::policy::Action;
use pbgdpl_scope::action::EvidenceRead;
use pbgdpl_scope::{AuditWarrant, ProvinceCtx, Recency};
use pbgdpl_store::province::ProvinceRecord;
use pbgdpl_store::tenant::TenantReader;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{Error, Province};

/// What is about to be read.
pub(crate) struct Reading {
    pub action: Action,
    pub object_kind: &'static str,
    pub object_id: Uuid,
    pub detail: Value,
}

/// The warrant for the agency, after the reading was logged.
async fn logged(
    province: &Province,
    ctx: &ProvinceCtx,
    agency: TenantId,
    reading: Reading,
) -> Result<AuditWarrant, Error> {
    let tenant = ctx.snapshot().by_id(agency).ok_or(Error::NotFound)?;
    let audit = ctx.audit_warrant(&tenant)?;
    let warrant = ctx.warrant::<EvidenceRead>()?;
    let mut store = province.store().province(&warrant).await?;
    // Of whom it is stands in every reading: readings are counted by agency.
    let mut detail = reading.detail;
    if let Some(said) = detail.as_object_mut() {
        said.insert("agency".to_owned(), json!(agency));
    }
    let record = ProvinceRecord {
        action: reading.action,
        object_kind: reading.object_kind,
        object_id: reading.object_id,
        reason: "",
        detail,
    };
    store.record(ctx, record).await?;
    store.save().await?;
    Ok(audit)
}

/// Reads the agency after the reading was logged. The record is committed on the primary before anything is read anywhere.
pub(crate) async fn read<T, F>(
    province: &Province,
    ctx: &ProvinceCtx,
    agency: TenantId,
    reading: Reading,
    read: impl Fn(TenantReader) -> F,
) -> Result<T, Error>
where
    F: Future<Output = Result<T, Error>>,
{
    let warrant = logged(province, ctx, agency, reading).await?;
    province.store().look_into(&warrant, Recency::Now, read).await
}
