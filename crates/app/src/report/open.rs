//! Opens the form of a period; after a return, or to amend what was accepted, a new version with the old declared cells.

use pbgdpl_model::id::ReportId;
use pbgdpl_model::manifest::PeriodKind;
use pbgdpl_model::policy::Action;
use pbgdpl_model::report::{Report, Stage, may_report, period_word};
use pbgdpl_scope::action::ReportFill;
use pbgdpl_scope::{Ctx, Nothing};
use pbgdpl_store::tenant::{Record, TenantStore};
use pbgdpl_vietnamese::date::dmy;
use serde_json::json;

use super::Outcome;
use super::view::{forms, stage_of};
use crate::{App, Error};

/// Which form is opened.
#[derive(Debug, Clone)]
pub struct Open {
    /// Id of the form: 09d.
    pub form: String,
    /// Kind of period.
    pub period: PeriodKind,
    /// Year.
    pub year: i32,
    /// Why an accepted report is amended (TT 03/2019/TT-BTP, Điều 9); nothing to open only.
    pub amend: Option<String>,
}

/// Opens the form, or returns the version that is open already.
///
/// # Errors
/// [`Error::NotFound`] where the agency does not fill that form, [`Error::Denied`], or a fault of the store.
#[tracing::instrument(name = "report.open", skip_all)]
pub async fn open(app: &App, ctx: &Ctx, order: Open) -> Result<Outcome<ReportId>, Error> {
    let permit = ctx.permit::<ReportFill>(&Nothing)?;
    let mut agency = app.open(ctx).await?;
    let forms = forms(&agency).await?;
    let span = forms.span(order.period, order.year).ok_or(Error::NotFound)?;
    let form = forms
        .filled_by(ctx.tenant().agency().report_row, &span)
        .find(|form| form.id == order.form)
        .ok_or(Error::NotFound)?;
    if let Some(withdrawn) = span.withdrawn() {
        return Ok(Outcome::Refused(format!(
            "Sở Tư pháp đã rút yêu cầu báo cáo này ngày {}: {}",
            dmy(withdrawn.on),
            withdrawn.reason
        )));
    }
    if span
        .request
        .as_ref()
        .is_some_and(|request| !request.concerns(ctx.tenant().id()))
    {
        return Err(Error::NotFound);
    }
    if !may_report(ctx.tenant().agency(), &span) {
        return Ok(Outcome::Refused(format!(
            "Cơ quan không hoạt động trong kỳ {}, nên không lập biểu của kỳ này.",
            span.title()
        )));
    }
    if ctx.now().day() < span.from {
        return Ok(Outcome::Refused(format!(
            "Kỳ báo cáo {} chưa bắt đầu.",
            span.title()
        )));
    }
    let word = period_word(order.period);
    let versions = agency.report_versions(&form.id, word, order.year).await?;
    let latest = versions.first();
    let reason = match latest {
        None => String::new(),
        Some(latest) => match new_version_because(&agency, latest, order.amend.as_deref()).await? {
            Some(reason) => reason,
            None => return Ok(Outcome::Done(latest.id)),
        },
    };
    let new = Report {
        id: ReportId::fresh(ctx.now()),
        form: form.id.clone(),
        period: order.period,
        year: order.year,
        version: latest.map_or(1, |latest| latest.version + 1),
        stage: Stage::Draft,
        ledger_seq: 0,
        body: String::new(),
        hash: String::new(),
        created_by: ctx.actor().account(),
        created_at: ctx.now(),
        changed_at: ctx.now(),
        submitted_at: None,
        checked: None,
        row_version: 1,
    };
    agency.add_report(&permit, &new).await?;
    if let Some(latest) = latest {
        let cells = agency.declared(latest.id).await?;
        agency.put_declared(&permit, new.id, &cells).await?;
    }
    agency.add_report_walk(ctx, new.id, "Lập biểu", &reason).await?;
    record(&mut agency, ctx, &new, &reason).await?;
    agency.save().await?;
    Ok(Outcome::Done(new.id))
}

/// Why a new version is begun; nothing where the latest one is to be gone on with.
async fn new_version_because(
    agency: &TenantStore,
    latest: &Report,
    amend: Option<&str>,
) -> Result<Option<String>, Error> {
    let sent = agency
        .sent_reports(period_word(latest.period), latest.year)
        .await?;
    let sent = sent
        .iter()
        .find(|sent| sent.form == latest.form && sent.version == latest.version);
    match (stage_of(latest, sent), amend.map(str::trim)) {
        (Stage::Returned, _) => Ok(Some("Sửa theo ý kiến trả lại".to_owned())),
        (Stage::Accepted, Some("")) => Err(Error::invalid(
            "ly-do",
            "còn trống; chỉnh lý số liệu đã tiếp nhận phải ghi lý do",
        )),
        (Stage::Accepted, Some(reason)) => Ok(Some(reason.to_owned())),
        _ => Ok(None),
    }
}

async fn record(agency: &mut TenantStore, ctx: &Ctx, new: &Report, reason: &str) -> Result<(), Error> {
    let record = Record {
        action: Action::ReportFill,
        object_kind: "report",
        object_id: new.id.0,
        verb: "Lập biểu",
        note: reason,
        reason,
        version: Some(new.version),
        detail: json!({ "form": new.form, "period": period_word(new.period), "year": new.year }),
    };
    Ok(agency.record(ctx, record).await?)
}
