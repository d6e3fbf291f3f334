//! The report on a plan leaves the house, as a file or on paper; the taking is recorded.

use pbgdpl_model::plan::Document;
use pbgdpl_scope::ProvinceCtx;
use pbgdpl_scope::action::{Act, ReportExport};
use pbgdpl_store::province::{Frozen, ProvinceRecord};
use serde_json::json;
use uuid::Uuid;

use super::Of;
use super::draw::draw;
use super::read::frozen_report;
use crate::{Error, Province};

/// What is taken out.
#[derive(Debug, Clone)]
pub struct Taken {
    /// The report.
    pub document: Document,
    /// SHA-256 of its bytes.
    pub hash: String,
    /// When it was frozen and by whom; nothing while it is open.
    pub frozen: Option<Frozen>,
}

/// Takes out a frozen version, or the report of now where none is named.
///
/// # Errors
/// [`Error::Denied`], [`Error::NotFound`], or a fault of the store.
#[tracing::instrument(name = "province.plan.export.take", skip_all)]
pub async fn take(
    province: &Province,
    ctx: &ProvinceCtx,
    of: Of<'_>,
    version: Option<i32>,
) -> Result<Taken, Error> {
    let warrant = ctx.warrant::<ReportExport>()?;
    let mut store = province.store().province(&warrant).await?;
    let (taken, id) = match version {
        Some(_) => {
            let read = frozen_report(&store, of, version).await?;
            let taken = Taken {
                document: read.document,
                hash: read.report.hash.clone(),
                frozen: read.report.frozen.clone(),
            };
            (taken, read.report.id.0)
        }
        None => {
            let drawn = draw(&store, ctx, of).await?;
            let id = drawn.open().map_or(Uuid::nil(), |open| open.id.0);
            let taken = Taken {
                document: drawn.document,
                hash: drawn.hash,
                frozen: None,
            };
            (taken, id)
        }
    };
    let record = ProvinceRecord {
        action: ReportExport::ACTION,
        object_kind: "plan-report",
        object_id: id,
        reason: "",
        detail: json!({
            "plan": of.0, "year": of.1, "version": taken.document.version, "hash": taken.hash,
            "frozen": taken.frozen.is_some(),
        }),
    };
    store.record(ctx, record).await?;
    store.save().await?;
    Ok(taken)
}
