//! Reads the province's report on a plan: as it would be now, or a frozen version of it.

use pbgdpl_model::plan::{Changed, Document, changes};
use pbgdpl_scope::ProvinceCtx;
use pbgdpl_scope::action::ReportFollow;
use pbgdpl_store::province::{PlanReport, ProvinceReader};

use super::draw::{Drawn, draw};
use super::{Of, plan};
use crate::{Error, Province};

/// A frozen version.
#[derive(Debug, Clone)]
pub struct FrozenReport {
    /// The version.
    pub report: PlanReport,
    /// What was frozen.
    pub document: Document,
    /// What differs from the version before.
    pub changes: Vec<Changed>,
    /// Frozen versions, newest first.
    pub versions: Vec<PlanReport>,
    /// Whether the hash is that of the bytes.
    pub intact: bool,
}

/// The report of now.
///
/// # Errors
/// [`Error::Denied`], [`Error::NotFound`], or a fault of the store.
#[tracing::instrument(name = "province.plan.read", skip_all)]
pub async fn read(province: &Province, ctx: &ProvinceCtx, of: Of<'_>) -> Result<Drawn, Error> {
    let warrant = ctx.warrant::<ReportFollow>()?;
    let store = province.store().province_reader(&warrant).await?;
    draw(&store, ctx, of).await
}

/// A frozen version; the newest where none is named.
///
/// # Errors
/// [`Error::Denied`], [`Error::NotFound`], or a fault of the store.
#[tracing::instrument(name = "province.plan.read.version", skip_all)]
pub async fn version(
    province: &Province,
    ctx: &ProvinceCtx,
    of: Of<'_>,
    version: Option<i32>,
) -> Result<FrozenReport, Error> {
    let warrant = ctx.warrant::<ReportFollow>()?;
    let store = province.store().province_reader(&warrant).await?;
    frozen_report(&store, of, version).await
}

/// The same from a store that is open.
pub(super) async fn frozen_report(
    store: &ProvinceReader,
    of: Of<'_>,
    version: Option<i32>,
) -> Result<FrozenReport, Error> {
    let plan = plan(store, of).await?;
    let mut versions = store.plan_reports(&plan.id, of.1).await?;
    versions.retain(|report| report.frozen.is_some());
    let report = versions
        .iter()
        .find(|report| version.is_none_or(|version| report.version == version))
        .cloned()
        .ok_or(Error::NotFound)?;
    let document = Document::read(&report.body)?;
    let before = versions.iter().find(|other| other.version < report.version);
    let changes = match before {
        Some(before) => changes(&Document::read(&before.body)?, &document),
        None => Vec::new(),
    };
    Ok(FrozenReport {
        intact: pbgdpl_model::report::hash_of(&report.body) == report.hash,
        document,
        report,
        changes,
        versions,
    })
}
