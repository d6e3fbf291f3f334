//! The province's forms: every version there is, and one of them to be traced.

use pbgdpl_model::manifest::FormFile;
use pbgdpl_model::report::{Forms, Span, period_of};
use pbgdpl_scope::action::OversightRead;
use pbgdpl_scope::{ProvinceCtx, Recency};
use pbgdpl_store::province::{Consolidation, ProvinceReader};

use crate::report::consolidate::{Made, made};
use crate::report::{Term, unreadable};
use crate::{Error, Province};

/// One version of a form of the province.
#[derive(Debug, Clone)]
pub struct Version {
    /// The form, in the wording of its period.
    pub form: FormFile,
    /// The days it speaks of.
    pub span: Span,
    /// The version.
    pub made: Consolidation,
}

/// A page of every version of every form of the province, the newest year first; and how many there are.
///
/// # Errors
/// [`Error::Denied`], or a fault of the store.
#[tracing::instrument(name = "province.trace.sum.list", skip_all)]
pub async fn list(
    province: &Province,
    ctx: &ProvinceCtx,
    page: u64,
    per_page: u64,
) -> Result<(Vec<Version>, u64), Error> {
    let warrant = ctx.warrant::<OversightRead>()?;
    let read = async |store: ProvinceReader| listed(&store, page, per_page).await;
    province.store().look_over(&warrant, Recency::Now, read).await
}

async fn listed(store: &ProvinceReader, page: u64, per_page: u64) -> Result<(Vec<Version>, u64), Error> {
    let entries = store.catalogue_of(&Forms::KINDS).await?;
    let forms = Forms::read(&entries).map_err(unreadable)?;
    let (made, count) = store.all_consolidations(page, per_page).await?;
    let versions = made.into_iter().filter_map(|made| {
        let span = forms.span(period_of(&made.period)?, made.year)?;
        let form = forms.form(&made.form, &span)?.clone();
        Some(Version { form, span, made })
    });
    Ok((versions.collect(), count))
}

/// One version of a form of the province; the newest where none is named.
///
/// # Errors
/// [`Error::Denied`], [`Error::NotFound`] before the first consolidation, or a fault of the store.
#[tracing::instrument(name = "province.trace.sum", skip_all)]
pub async fn sum(
    province: &Province,
    ctx: &ProvinceCtx,
    form: &str,
    term: Term,
    version: Option<i32>,
) -> Result<Made, Error> {
    let warrant = ctx.warrant::<OversightRead>()?;
    let read = async |store: ProvinceReader| made(&store, form, term, version).await;
    province.store().look_over(&warrant, Recency::Now, read).await
}
