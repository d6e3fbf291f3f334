//! Compares what was sent for a period with what the Ministry holds: asked for by an officer, carried out by a job.

use std::collections::BTreeMap;

use pbgdpl_model::clock::Moment;
use pbgdpl_model::exchange::{Bodies, Listed, reconcile as compare};
use pbgdpl_scope::ProvinceCtx;
use pbgdpl_scope::action::{Act, ReportExchange};
use pbgdpl_store::province::{ProvinceRecord, ProvinceStore, Reconciliation, Sending};
use serde_json::json;

use super::exchanged;
use crate::report::Term;
use crate::{Error, Province};

/// The kind of the message.
pub const MESSAGE: &str = "exchange-reconcile";

/// Both sides of a period, as they were read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sides {
    /// What was sent before the other side was asked: the latest version of each record with its bytes.
    pub sent: BTreeMap<String, (i32, String)>,
    /// The records there.
    pub listed: Vec<Listed>,
    /// Those whose bytes are others than ours.
    pub bodies: Bodies,
}

/// Why both sides could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failed {
    /// In the words of the screen.
    pub reason: String,
    /// Whether it will be tried again by itself.
    pub again: bool,
}

/// Asks for a comparison. While one waits it is asked for once more, which does no harm.
///
/// # Errors
/// [`Error::Denied`], or a fault of the store.
#[tracing::instrument(name = "province.exchange.reconcile", skip_all)]
pub async fn reconcile(province: &Province, ctx: &ProvinceCtx, term: Term) -> Result<(), Error> {
    let warrant = ctx.warrant::<ReportExchange>()?;
    exchanged(term)?;
    let mut store = province.store().province(&warrant).await?;
    store.hold().await?;
    let asked = Reconciliation {
        asked_at: ctx.now(),
        done_at: None,
        records: 0,
        mismatches: Vec::new(),
        problem: String::new(),
    };
    store.put_reconciliation(term.word(), term.year, &asked).await?;
    let subject = format!("{}/{}", term.word(), term.year);
    store
        .send_out(MESSAGE, &subject, ctx.request().trace(), ctx.now())
        .await?;
    record(
        &mut store,
        ctx,
        json!({ "step": "reconcile", "period": term.word(), "year": term.year }),
    )
    .await?;
    Ok(store.save().await?)
}

/// Writes down what the comparison brought, or why there is none. Returns what stands: where somebody asked again since
/// `asked_at`, that request is left to its own comparison.
///
/// # Errors
/// [`Error::Denied`], [`Error::NotFound`] where nobody asked, or a fault of the store.
#[tracing::instrument(name = "province.exchange.reconcile.finish", skip_all)]
pub async fn finish(
    province: &Province,
    ctx: &ProvinceCtx,
    term: Term,
    asked_at: Moment,
    read: Result<Sides, Failed>,
) -> Result<Reconciliation, Error> {
    let warrant = ctx.warrant::<ReportExchange>()?;
    let mut store = province.store().province(&warrant).await?;
    store.hold().await?;
    let asked = store
        .reconciliation(term.word(), term.year)
        .await?
        .ok_or(Error::NotFound)?;
    if asked.asked_at != asked_at || asked.done_at.is_some() {
        return Ok(asked);
    }
    let made = match read {
        Err(failed) if failed.again && failed.reason == asked.problem => return Ok(asked),
        Err(failed) => Reconciliation {
            done_at: (!failed.again).then(|| ctx.now()),
            problem: failed.reason,
            ..asked
        },
        Ok(sides) => Reconciliation {
            done_at: Some(ctx.now()),
            records: i32::try_from(sides.listed.len()).unwrap_or(i32::MAX),
            mismatches: compare(&sides.sent, &sides.listed, &sides.bodies),
            problem: String::new(),
            ..asked
        },
    };
    store.put_reconciliation(term.word(), term.year, &made).await?;
    let detail = json!({
        "step": "reconciled", "period": term.word(), "year": term.year, "records": made.records,
        "mismatches": made.mismatches.len(), "problem": made.problem,
    });
    record(&mut store, ctx, detail).await?;
    store.save().await?;
    Ok(made)
}

/// The latest version of each record with its bytes.
pub fn latest(sendings: Vec<Sending>) -> BTreeMap<String, (i32, String)> {
    let mut latest: BTreeMap<String, (i32, String)> = BTreeMap::new();
    for one in sendings {
        let newer = latest
            .get(&one.record)
            .is_none_or(|(version, _)| *version < one.version);
        if newer {
            latest.insert(one.record, (one.version, one.envelope));
        }
    }
    latest
}

async fn record(
    store: &mut ProvinceStore,
    ctx: &ProvinceCtx,
    detail: serde_json::Value,
) -> Result<(), Error> {
    let record = ProvinceRecord {
        action: ReportExchange::ACTION,
        object_kind: "reconciliation",
        object_id: ctx.snapshot().province().id.0,
        reason: "",
        detail,
    };
    Ok(store.record(ctx, record).await?)
}
