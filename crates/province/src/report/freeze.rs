//! Freezes the province's form: its bytes, their hash and the ledger position of every report in it never change again.

use pbgdpl_scope::ProvinceCtx;
use pbgdpl_scope::action::{Act, ReportFreeze};
use pbgdpl_store::province::{Consolidation, Frozen, ProvinceRecord};
use serde_json::json;

use super::Term;
use super::consolidate::add_up;
use crate::{Error, Province};

/// Freezes the newest version, which must have the hash that the officer read, and must still be what the accepted reports
/// add up to: they are added up once more in the same transaction.
///
/// # Errors
/// [`Error::Denied`], [`Error::NotFound`], [`Error::Stale`] where it was made anew since or a report in it was returned or
/// replaced, [`Error::Illegal`] where it is frozen already, or a fault of the store.
#[tracing::instrument(name = "province.report.freeze", skip_all)]
pub async fn freeze(
    province: &Province,
    ctx: &ProvinceCtx,
    form: &str,
    term: Term,
    hash: &str,
) -> Result<Consolidation, Error> {
    let warrant = ctx.warrant::<ReportFreeze>()?;
    let mut store = province.store().province(&warrant).await?;
    store.hold().await?;
    let newest = store.consolidations(form, term.word(), term.year).await?;
    let newest = newest.into_iter().next().ok_or(Error::NotFound)?;
    if newest.hash != hash {
        return Err(Error::Stale);
    }
    if newest.frozen.is_some() {
        return Err(Error::Illegal("Bản tổng hợp này đã được chốt.".to_owned()));
    }
    let (_, body) = add_up(&store, ctx, form, term).await?;
    if body != newest.body {
        return Err(Error::Stale);
    }
    let frozen = Consolidation {
        frozen: Some(Frozen {
            at: ctx.now(),
            by: ctx.actor().account(),
            name: ctx.actor().name().to_owned(),
        }),
        ..newest
    };
    store.put_consolidation(&frozen).await?;
    let record = ProvinceRecord {
        action: ReportFreeze::ACTION,
        object_kind: "consolidation",
        object_id: frozen.id.0,
        reason: "",
        detail: json!({
            "form": frozen.form, "period": frozen.period, "year": frozen.year, "version": frozen.version,
            "hash": frozen.hash,
        }),
    };
    store.record(ctx, record).await?;
    store.save().await?;
    Ok(frozen)
}
