//! One report as an agency sent it, for those who oversee.

use pbgdpl_model::id::TenantId;
use pbgdpl_scope::action::OversightRead;
use pbgdpl_scope::{ProvinceCtx, Recency};
use pbgdpl_store::province::ProvinceReader;

use crate::report::Term;
use crate::report::read::{Reading, reading};
use crate::{Error, Province};

/// Reads a version; the newest where none is named.
///
/// # Errors
/// [`Error::Denied`], [`Error::NotFound`], or a fault of the store.
#[tracing::instrument(name = "province.trace.report", skip_all)]
pub async fn report(
    province: &Province,
    ctx: &ProvinceCtx,
    agency: TenantId,
    (form, term): (&str, Term),
    version: Option<i32>,
) -> Result<Reading, Error> {
    let warrant = ctx.warrant::<OversightRead>()?;
    let read = async |store: ProvinceReader| reading(&store, agency, (form, term), version).await;
    province.store().look_over(&warrant, Recency::Now, read).await
}
