//! Asks the province for more time to report; another person, of the level above, answers.

use chrono::{Days, NaiveDate};
use pbgdpl_model::manifest::PeriodKind;
use pbgdpl_model::outbox::Message;
use pbgdpl_model::policy::Action;
use pbgdpl_model::report::{Extension, Request, Stage, period_word};
use pbgdpl_scope::action::ExtensionAsk;
use pbgdpl_scope::{Ctx, Nothing};
use pbgdpl_store::province::OfReport;
use pbgdpl_store::tenant::Record;
use serde_json::json;
use uuid::Uuid;

use crate::report::{Outcome, forms, stage_of};
use crate::{App, Error};

/// The longest time that may be asked for, in days.
const LONGEST: u64 = 90;

/// What is asked.
#[derive(Debug, Clone)]
pub struct Ask {
    /// Id of the form.
    pub form: String,
    /// Kind of period.
    pub period: PeriodKind,
    /// Year.
    pub year: i32,
    /// Until which day.
    pub until: NaiveDate,
    /// Why.
    pub reason: String,
}

/// Asks. Returns the number of what was asked.
///
/// # Errors
/// [`Error::NotFound`] where the agency does not fill that form, [`Error::Denied`], [`Error::Invalid`] for a day or a reason
/// that cannot be taken, or a fault of the store.
#[tracing::instrument(name = "extension.ask", skip_all)]
pub async fn ask(app: &App, ctx: &Ctx, order: Ask) -> Result<Outcome<i32>, Error> {
    let permit = ctx.permit::<ExtensionAsk>(&Nothing)?;
    let mut agency = app.open(ctx).await?;
    let forms = forms(&agency).await?;
    let span = forms.span(order.period, order.year).ok_or(Error::NotFound)?;
    forms
        .filled_by(ctx.tenant().agency().report_row, &span)
        .find(|form| form.id == order.form)
        .ok_or(Error::NotFound)?;
    let concerns = |request: &Request| request.concerns(ctx.tenant().id());
    if !span.request.as_ref().is_none_or(concerns) {
        return Err(Error::NotFound);
    }
    if span.withdrawn().is_some() {
        return Ok(Outcome::Refused(
            "Yêu cầu báo cáo này đã được rút, không phải gửi nữa.".to_owned(),
        ));
    }
    let reason = order.reason.trim();
    let today = ctx.now().day();
    if reason.is_empty() {
        return Err(Error::invalid(
            "ly-do-gia-han",
            "còn trống; nêu vì sao cần thêm thời gian",
        ));
    }
    if order.until < today
        || today
            .checked_add_days(Days::new(LONGEST))
            .is_some_and(|last| order.until > last)
    {
        let message = format!("phải từ hôm nay đến {LONGEST} ngày tới");
        return Err(Error::invalid("den-ngay", message));
    }
    let of = OfReport {
        form: &order.form,
        period: period_word(order.period),
        year: order.year,
    };
    let versions = agency.report_versions(of.form, of.period, of.year).await?;
    if let Some(latest) = versions.first() {
        let sent = agency.sent_reports(of.period, of.year).await?;
        let sent = sent
            .iter()
            .find(|sent| sent.form == latest.form && sent.version == latest.version);
        if matches!(stage_of(latest, sent), Stage::Submitted | Stage::Accepted) {
            return Ok(Outcome::Refused(
                "Biểu đã gửi. Muốn sửa, lập bản mới rồi xin gia hạn nếu kỳ đã khóa.".to_owned(),
            ));
        }
    }
    let before = agency.extensions(of).await?;
    if before.iter().any(|asked| asked.answer.is_none()) {
        return Ok(Outcome::Refused(
            "Đã có một đề nghị gia hạn đang chờ Sở Tư pháp trả lời.".to_owned(),
        ));
    }
    let asked = Extension {
        number: before.first().map_or(1, |last| last.number + 1),
        wanted_until: order.until,
        reason: reason.to_owned(),
        by: ctx.actor().account(),
        by_name: ctx.actor().name().to_owned(),
        at: ctx.now(),
        answer: None,
    };
    agency.ask_extension(&permit, of, &asked).await?;
    let record = Record {
        action: Action::ExtensionAsk,
        object_kind: "extension",
        object_id: Uuid::nil(),
        verb: "Xin gia hạn",
        note: reason,
        reason,
        version: None,
        detail: json!({
            "form": order.form, "period": of.period, "year": order.year, "number": asked.number, "until": order.until,
        }),
    };
    agency.record(ctx, record).await?;
    let message = Message::ExtensionAsked {
        form: order.form.clone(),
        period: of.period.to_owned(),
        year: order.year,
        number: asked.number,
    };
    agency.send(ctx, &message).await?;
    agency.save().await?;
    Ok(Outcome::Done(asked.number))
}
