//! Reads what one agency sent under a plan, with all its versions.

use pbgdpl_model::id::TenantId;
use pbgdpl_model::manifest::PlanFile;
use pbgdpl_model::plan::Contribution;
use pbgdpl_scope::ProvinceCtx;
use pbgdpl_scope::action::ReportFollow;
use pbgdpl_store::province::SentContribution;

use super::{Of, plan};
use crate::{Error, Province};

/// One version of a contribution as the province reads it.
#[derive(Debug, Clone)]
pub struct Reading {
    /// The plan, in the wording of the year.
    pub plan: PlanFile,
    /// What was sent.
    pub sent: SentContribution,
    /// Its texts and figures.
    pub body: Contribution,
    /// All versions, newest first.
    pub versions: Vec<SentContribution>,
    /// Whether the hash is that of the bytes.
    pub intact: bool,
}

/// Reads a version; the newest where none is named.
///
/// # Errors
/// [`Error::Denied`], [`Error::NotFound`], or a fault of the store.
#[tracing::instrument(name = "province.plan.contribution", skip_all)]
pub async fn contribution(
    province: &Province,
    ctx: &ProvinceCtx,
    agency: TenantId,
    of: Of<'_>,
    version: Option<i32>,
) -> Result<Reading, Error> {
    let warrant = ctx.warrant::<ReportFollow>()?;
    let store = province.store().province_reader(&warrant).await?;
    let plan = plan(&store, of).await?;
    let mut versions = store.contributions(&plan.id, of.1).await?;
    versions.retain(|sent| sent.tenant == agency);
    let sent = versions
        .iter()
        .find(|sent| version.is_none_or(|version| sent.version == version))
        .cloned()
        .ok_or(Error::NotFound)?;
    Ok(Reading {
        body: Contribution::read(&sent.body)?,
        intact: pbgdpl_model::report::hash_of(&sent.body) == sent.hash,
        plan,
        sent,
        versions,
    })
}
