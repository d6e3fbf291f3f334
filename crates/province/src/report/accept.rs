//! Accepts a report: its figures count in the province's form.

use pbgdpl_model::id::TenantId;
use pbgdpl_model::policy::Action;
use pbgdpl_model::report::CellRemark;
use pbgdpl_scope::ProvinceCtx;
use pbgdpl_scope::action::{Act, ReportAccept};
use pbgdpl_store::province::{Decision, ProvinceReader, ProvinceRecord, ProvinceStore, SubmittedReport};
use serde_json::json;

use super::Term;
use crate::{Error, Province};

/// Accepts the newest version, which must be the one the officer read.
///
/// # Errors
/// [`Error::Denied`], [`Error::NotFound`], [`Error::Stale`] where a newer version came or somebody decided already, or a
/// fault of the store.
#[tracing::instrument(name = "province.report.accept", skip_all)]
pub async fn accept(
    province: &Province,
    ctx: &ProvinceCtx,
    agency: TenantId,
    (form, term): (&str, Term),
    version: i32,
) -> Result<(), Error> {
    let warrant = ctx.warrant::<ReportAccept>()?;
    let mut store = province.store().province(&warrant).await?;
    let sent = newest(&store, agency, (form, term), version).await?;
    if sent.decision != Decision::Waiting {
        return Err(Error::Stale);
    }
    decide(
        &mut store,
        ctx,
        &sent,
        Decision::Accepted,
        ("", &[]),
        ReportAccept::ACTION,
    )
    .await?;
    Ok(store.save().await?)
}

/// Accepts several at once: all of them or none (REP-10). `read`: whose, on which form, in which version.
///
/// # Errors
/// As [`accept`], for the first of them that cannot be accepted; nothing is accepted then.
#[tracing::instrument(name = "province.report.accept.accept_all", skip_all)]
pub async fn accept_all(
    province: &Province,
    ctx: &ProvinceCtx,
    term: Term,
    read: &[(TenantId, String, i32)],
) -> Result<(), Error> {
    let warrant = ctx.warrant::<ReportAccept>()?;
    let mut store = province.store().province(&warrant).await?;
    let reports = store.reports(term.word(), term.year).await?;
    for (agency, form, version) in read {
        let sent = newest_of(&reports, *agency, form, *version)?;
        if sent.decision != Decision::Waiting {
            return Err(Error::Stale);
        }
        decide(
            &mut store,
            ctx,
            &sent,
            Decision::Accepted,
            ("", &[]),
            ReportAccept::ACTION,
        )
        .await?;
    }
    Ok(store.save().await?)
}

/// The version that was read, if it is still the newest.
pub(super) async fn newest(
    store: &ProvinceReader,
    agency: TenantId,
    (form, term): (&str, Term),
    version: i32,
) -> Result<SubmittedReport, Error> {
    let reports = store.reports_of(agency, term.word(), term.year).await?;
    newest_of(&reports, agency, form, version)
}

fn newest_of(
    reports: &[SubmittedReport],
    agency: TenantId,
    form: &str,
    version: i32,
) -> Result<SubmittedReport, Error> {
    let newest = reports
        .iter()
        .filter(|report| report.tenant == agency && report.form == form)
        .max_by_key(|report| report.version)
        .ok_or(Error::NotFound)?;
    if newest.version == version {
        Ok(newest.clone())
    } else if version < newest.version {
        Err(Error::Stale)
    } else {
        Err(Error::NotFound)
    }
}

/// Writes a decision, tells the agency, records.
pub(super) async fn decide(
    store: &mut ProvinceStore,
    ctx: &ProvinceCtx,
    sent: &SubmittedReport,
    decision: Decision,
    (remark, cells): (&str, &[CellRemark]),
    action: Action,
) -> Result<(), Error> {
    let by = (ctx.actor().account(), ctx.actor().name());
    if !store
        .decide(sent, decision, (remark, cells), by, ctx.now())
        .await?
    {
        return Err(Error::Stale);
    }
    let subject = format!("{}/{}/{}/{}", sent.form, sent.period, sent.year, sent.version);
    store
        .send(
            sent.tenant,
            "report-decided",
            &subject,
            ctx.request().trace(),
            ctx.now(),
        )
        .await?;
    let record = ProvinceRecord {
        action,
        object_kind: "report",
        object_id: sent.report.0,
        reason: remark,
        detail: json!({
            "form": sent.form, "period": sent.period, "year": sent.year, "version": sent.version, "hash": sent.hash,
            "before": sent.decision.word(), "after": decision.word(), "cells": cells.len(),
        }),
    };
    Ok(store.record(ctx, record).await?)
}
