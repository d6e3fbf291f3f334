//! Sends a report to the province: its figures are frozen with a hash and the position of the ledger.

use pbgdpl_model::id::ReportId;
use pbgdpl_model::outbox::Message;
use pbgdpl_model::policy::Action;
use pbgdpl_model::report::{
    Amendment, Body, Difference, Extended, Finding, Lock, Report, Sender, Stage, Step, Timeliness, Walk,
    hash_of, next, period_word,
};
use pbgdpl_scope::action::ReportSubmit;
use pbgdpl_scope::{Ctx, Nothing, Permit};
use pbgdpl_store::province::{Decision, SubmittedReport};
use pbgdpl_store::tenant::{Record, TenantStore};
use serde_json::json;

use super::view::unreadable;
use super::{Moved, Outcome, View, in_words, view};
use crate::{App, Error};

/// Sends the report. `read`: hash of the figures that the sender had before their eyes ([`View::figures`]). Only figures
/// that were checked are sent: where they moved since, the report is a draft again. Returns the hash of what was frozen.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Denied`], [`Error::Stale`], or a fault of the store.
#[tracing::instrument(name = "report.submit", skip_all)]
pub async fn submit(
    app: &App,
    ctx: &Ctx,
    report: ReportId,
    read: &str,
    remark: &str,
) -> Result<Outcome<String>, Error> {
    let permit = ctx.permit::<ReportSubmit>(&Nothing)?;
    let mut agency = app.open(ctx).await?;
    // Nobody writes into the books between what is read and what is frozen; the hour is one at which they are held.
    agency.hold_ledger().await?;
    let sent_at = app.now();
    let seen = view(&agency, ctx.tenant().agency(), report).await?;
    if let (Stage::Checked, Some(moved)) = (seen.report.stage, seen.moved.clone()) {
        step_back(agency, ctx, &permit, seen, &moved).await?;
        return Ok(Outcome::Moved(Moved::SinceChecked(moved)));
    }
    let stage = match next(seen.stage(), Step::Submit) {
        Ok(stage) => stage,
        Err(refused) => return Ok(refused.into()),
    };
    if let Some(lock) = seen.lock(ctx.now().day()) {
        return Ok(Outcome::Refused(lock.sentence()));
    }
    if seen.figures != read {
        return Ok(Outcome::Moved(Moved::SinceRead));
    }
    if seen.is_blocked() {
        return Ok(Outcome::Unmet(
            seen.findings.into_iter().filter(Finding::blocks).collect(),
        ));
    }
    if ctx.now().day() < seen.span.actual_to {
        return Ok(Outcome::Refused(format!(
            "Số liệu thực tế tính đến {}; gửi từ ngày đó trở đi.",
            pbgdpl_vietnamese::date::dmy(seen.span.actual_to)
        )));
    }
    let today = ctx.now().day();
    let closed = Lock::of(seen.closes, &[], today).is_some();
    let late = !seen.was_in_time && seen.due.is_some_and(|due| today > due);
    let body = body_of(ctx, &seen, remark.trim())
        .sent(Timeliness {
            late,
            extended: Extended::on(&seen.extensions, today).filter(|_| late || closed),
        })
        .canonical()
        .map_err(unreadable)?;
    let hash = hash_of(&body);
    let sent = SubmittedReport {
        tenant: ctx.tenant().id(),
        form: seen.form.id.clone(),
        period: period_word(seen.span.kind).to_owned(),
        year: seen.span.year,
        version: seen.report.version,
        report,
        body: body.clone(),
        hash: hash.clone(),
        ledger_seq: seen.ledger_seq,
        submitted_at: sent_at,
        submitted_name: ctx.actor().name().to_owned(),
        late,
        decision: Decision::Waiting,
        remark: String::new(),
        cell_remarks: Vec::new(),
        decided_name: None,
        decided_at: None,
    };
    let changed = Report {
        stage,
        ledger_seq: seen.ledger_seq,
        body,
        hash: hash.clone(),
        changed_at: sent_at,
        submitted_at: Some(sent_at),
        ..seen.report
    };
    agency.move_report(&permit, &changed).await?;
    agency.send_report(&permit, &sent).await?;
    agency
        .add_report_walk(ctx, report, "Gửi Sở Tư pháp", remark.trim())
        .await?;
    let record = Record {
        action: Action::ReportSubmit,
        object_kind: "report",
        object_id: report.0,
        verb: "Gửi biểu",
        note: remark.trim(),
        reason: "",
        version: Some(changed.version),
        detail: json!({ "hash": hash, "ledger": changed.ledger_seq, "late": sent.late }),
    };
    agency.record(ctx, record).await?;
    agency.send(ctx, &Message::ReportSubmitted { report }).await?;
    agency.save().await?;
    Ok(Outcome::Done(hash))
}

/// What was checked is not what would be sent: a draft again, and everybody reads why.
async fn step_back(
    mut agency: TenantStore,
    ctx: &Ctx,
    permit: &Permit<ReportSubmit>,
    seen: View,
    moved: &[Difference],
) -> Result<(), Error> {
    let Ok(stage) = next(seen.report.stage, Step::Move) else {
        return Err(Error::Stale);
    };
    let note = in_words(moved);
    let changed = Report {
        stage,
        changed_at: ctx.now(),
        ..seen.report
    };
    agency.move_report(permit, &changed).await?;
    agency
        .add_report_walk(ctx, changed.id, "Phải kiểm tra lại", &note)
        .await?;
    let record = Record {
        action: Action::ReportSubmit,
        object_kind: "report",
        object_id: changed.id.0,
        verb: "Phải kiểm tra lại",
        note: &note,
        reason: "",
        version: Some(changed.version),
        detail: json!({
            "checked": changed.checked.as_ref().map(|checked| &checked.hash), "figures": seen.figures,
            "ledger": { "before": changed.checked.as_ref().map(|checked| checked.ledger_seq), "after": seen.ledger_seq },
        }),
    };
    agency.record(ctx, record).await?;
    Ok(agency.save().await?)
}

/// The figures with what is printed around them.
pub(super) fn body_of(ctx: &Ctx, seen: &View, remark: &str) -> Body {
    let agency = ctx.tenant().agency();
    let sender = Sender {
        id: agency.id,
        slug: agency.slug.clone(),
        name: agency.official_on(seen.span.to).to_owned(),
        report_row: agency.report_row,
    };
    let last = |wanted: &[&str]| {
        let mut walk = seen.walk.iter().rev();
        walk.find(|step: &&Walk| wanted.contains(&step.step.as_str()))
            .map(|step| step.by_name.clone())
    };
    let signers = [last(&["Khai số liệu", "Lập biểu"]), last(&["Kiểm tra"])]
        .into_iter()
        .flatten()
        .chain([ctx.actor().name().to_owned()])
        .collect();
    let version = seen.report.version;
    // The first step of a later version says why it was begun.
    let amends = (version > 1).then(|| Amendment {
        version: version - 1,
        reason: seen
            .walk
            .first()
            .map_or_else(String::new, |begun| begun.note.clone()),
    });
    Body::new(
        &seen.form,
        &seen.span,
        version,
        sender,
        seen.ledger_seq,
        signers,
        remark.to_owned(),
        amends,
        seen.lines.clone(),
    )
}
