//! Lets the agency's own copy follow what the province decided. Called by the outbox; repeating changes nothing.

use pbgdpl_model::policy::Action;
use pbgdpl_model::report::{Report, Stage, period_word};
use pbgdpl_scope::action::ReportSubmit;
use pbgdpl_scope::{Ctx, Nothing};
use pbgdpl_store::province::Decision;
use pbgdpl_store::tenant::Record;
use serde_json::json;

use crate::{App, Error};

/// Which report was decided upon: the subject of the outbox header, `form/period/year/version`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// Id of the form.
    pub form: String,
    /// Period, as in addresses.
    pub period: String,
    /// Year.
    pub year: i32,
    /// Version.
    pub version: i32,
}

impl Decided {
    /// Reads the subject of the header.
    #[must_use]
    pub fn read(subject: &str) -> Option<Self> {
        let mut parts = subject.split('/');
        let decided = Self {
            form: parts.next()?.to_owned(),
            period: parts.next()?.to_owned(),
            year: parts.next()?.parse().ok()?,
            version: parts.next()?.parse().ok()?,
        };
        parts.next().is_none().then_some(decided)
    }
}

/// Follows the decision. Returns the report with the remark where something changed: for the letter.
///
/// # Errors
/// [`Error::NotFound`], or a fault of the store.
#[tracing::instrument(name = "report.follow_decision", skip_all)]
pub async fn follow_decision(
    app: &App,
    ctx: &Ctx,
    decided: &Decided,
) -> Result<Option<(Report, String)>, Error> {
    let permit = ctx.permit::<ReportSubmit>(&Nothing)?;
    let mut agency = app.open(ctx).await?;
    let sent = agency.sent_reports(&decided.period, decided.year).await?;
    let sent = sent
        .into_iter()
        .find(|sent| sent.form == decided.form && sent.version == decided.version)
        .ok_or(Error::NotFound)?;
    let report = agency.report(sent.report).await?.ok_or(Error::NotFound)?;
    let (stage, verb) = match sent.decision {
        Decision::Accepted => (Stage::Accepted, "Sở Tư pháp tiếp nhận"),
        Decision::Returned => (Stage::Returned, "Sở Tư pháp trả lại"),
        Decision::Waiting => return Ok(None),
    };
    if report.stage == stage {
        return Ok(None);
    }
    let changed = Report {
        stage,
        changed_at: ctx.now(),
        ..report
    };
    // The books before the report, as when it is sent: two who wait for each other would both fail.
    agency.hold_ledger().await?;
    agency.move_report(&permit, &changed).await?;
    let by = sent.decided_name.unwrap_or_default();
    let note = if sent.remark.is_empty() {
        by
    } else {
        format!("{by}: {}", sent.remark)
    };
    agency.add_report_walk(ctx, changed.id, verb, &note).await?;
    let record = Record {
        action: Action::ReportSubmit,
        object_kind: "report",
        object_id: changed.id.0,
        verb,
        note: &note,
        reason: &sent.remark,
        version: Some(changed.version),
        detail: json!({ "period": period_word(changed.period), "year": changed.year, "decision": sent.decision.word() }),
    };
    agency.record(ctx, record).await?;
    agency.save().await?;
    Ok(Some((changed, sent.remark)))
}
