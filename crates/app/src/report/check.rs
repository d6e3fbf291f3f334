//! Checks a report: người kiểm tra, who is not the person that filled it (TT 03/2019/TT-BTP: both sign).

use pbgdpl_model::id::ReportId;
use pbgdpl_model::policy::Action;
use pbgdpl_model::report::{CheckedFigures, Finding, Report, Step, next};
use pbgdpl_scope::action::ReportCheck;
use pbgdpl_scope::{Ctx, Nothing};
use pbgdpl_store::tenant::Record;
use serde_json::json;

use super::{Moved, Outcome, View, view};
use crate::{App, Error};

/// Says that the figures were checked. `read`: hash of the figures that the checker had before their eyes
/// ([`View::figures`]); they are kept, and what is sent later must be the same.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Denied`], [`Error::Stale`], or a fault of the store.
#[tracing::instrument(name = "report.check", skip_all)]
pub async fn check(
    app: &App,
    ctx: &Ctx,
    report: ReportId,
    read: &str,
    remark: &str,
) -> Result<Outcome<()>, Error> {
    let permit = ctx.permit::<ReportCheck>(&Nothing)?;
    let mut agency = app.open(ctx).await?;
    let seen = view(&agency, ctx.tenant().agency(), report).await?;
    let stage = match next(seen.stage(), Step::Check) {
        Ok(stage) => stage,
        Err(refused) => return Ok(refused.into()),
    };
    if let Some(lock) = seen.lock(ctx.now().day()) {
        return Ok(Outcome::Refused(lock.sentence()));
    }
    if filled_by_actor(ctx, &seen) {
        return Ok(Outcome::Refused(
            "Người kiểm tra phải khác người lập biểu. Nhờ một người khác của cơ quan kiểm tra.".to_owned(),
        ));
    }
    if seen.figures != read {
        return Ok(Outcome::Moved(Moved::SinceRead));
    }
    if seen.is_blocked() {
        return Ok(Outcome::Unmet(
            seen.findings.into_iter().filter(Finding::blocks).collect(),
        ));
    }
    let changed = Report {
        stage,
        changed_at: ctx.now(),
        checked: Some(CheckedFigures {
            ledger_seq: seen.ledger_seq,
            lines: seen.lines,
            hash: seen.figures.clone(),
        }),
        ..seen.report
    };
    // The books before the report, as when it is sent: two who wait for each other would both fail.
    agency.hold_ledger().await?;
    agency.move_report(&permit, &changed).await?;
    let remark = remark.trim();
    agency.add_report_walk(ctx, report, "Kiểm tra", remark).await?;
    let record = Record {
        action: Action::ReportCheck,
        object_kind: "report",
        object_id: report.0,
        verb: "Kiểm tra biểu",
        note: remark,
        reason: "",
        version: Some(changed.version),
        detail: json!({ "ledger": seen.ledger_seq, "figures": seen.figures }),
    };
    agency.record(ctx, record).await?;
    agency.save().await?;
    Ok(Outcome::Done(()))
}

/// The system may do both: it fills the demo and imports.
fn filled_by_actor(ctx: &Ctx, seen: &View) -> bool {
    let who = ctx.actor().account();
    !ctx.actor().is_system()
        && (seen.report.created_by == who || seen.declared.iter().any(|cell| cell.by == who))
}
