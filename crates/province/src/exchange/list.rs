//! What was sent for a period, and the last comparison.

use pbgdpl_scope::ProvinceCtx;
use pbgdpl_scope::action::ReportFollow;
use pbgdpl_store::province::{Reconciliation, Sending};

use crate::report::Term;
use crate::{Error, Province};

/// The exchange of a period.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Exchanged {
    /// What was sent, newest version first within each record.
    pub sendings: Vec<Sending>,
    /// The last comparison.
    pub reconciliation: Option<Reconciliation>,
}

/// Reads the exchange of a period.
///
/// # Errors
/// [`Error::Denied`], or a fault of the store.
#[tracing::instrument(name = "province.exchange.list", skip_all)]
pub async fn list(province: &Province, ctx: &ProvinceCtx, term: Term) -> Result<Exchanged, Error> {
    let warrant = ctx.warrant::<ReportFollow>()?;
    let store = province.store().province_reader(&warrant).await?;
    Ok(Exchanged {
        sendings: store.sendings(term.word(), term.year).await?,
        reconciliation: store.reconciliation(term.word(), term.year).await?,
    })
}

/// Reads one version of a record, for who carries it.
///
/// # Errors
/// [`Error::Denied`], [`Error::NotFound`], or a fault of the store.
#[tracing::instrument(name = "province.exchange.list.one", skip_all)]
pub async fn one(
    province: &Province,
    ctx: &ProvinceCtx,
    record: &str,
    version: i32,
) -> Result<Sending, Error> {
    let warrant = ctx.warrant::<ReportFollow>()?;
    let store = province.store().province_reader(&warrant).await?;
    store.sending(record, version).await?.ok_or(Error::NotFound)
}
