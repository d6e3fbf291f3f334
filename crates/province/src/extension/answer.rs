//! Grants or refuses more time: never by the person who asked, always with a reason; what is granted closes by itself.

use chrono::{Days, NaiveDate};
use pbgdpl_model::id::TenantId;
use pbgdpl_model::report::Answer;
use pbgdpl_scope::ProvinceCtx;
use pbgdpl_scope::action::{Act, ExtensionDecide};
use pbgdpl_store::province::{OfReport, ProvinceRecord};
use serde_json::json;

use crate::report::{Term, forms_of};
use crate::{Error, Province};

/// The longest time that may be granted, in days from today.
const LONGEST: u64 = 90;

/// What the officer says.
#[derive(Debug, Clone, Copy)]
pub struct Says<'a> {
    /// Number of what was asked.
    pub number: i32,
    /// Until which day it is granted; nothing to refuse.
    pub until: Option<NaiveDate>,
    /// Why.
    pub reason: &'a str,
}

/// Answers what was asked.
///
/// # Errors
/// [`Error::Denied`] also to the person who asked, [`Error::NotFound`], [`Error::Invalid`] for a day in the past or without a
/// reason, [`Error::Stale`] where somebody answered already, or a fault of the store.
#[tracing::instrument(name = "province.extension.answer", skip_all)]
pub async fn answer(
    province: &Province,
    ctx: &ProvinceCtx,
    agency: TenantId,
    (form, term): (&str, Term),
    says: Says<'_>,
) -> Result<(), Error> {
    let (reason, today) = (says.reason.trim(), ctx.now().day());
    let warrant = ctx.warrant::<ExtensionDecide>()?;
    let mut store = province.store().province(&warrant).await?;
    let asked = store.extensions(term.word(), term.year).await?;
    let asked = asked
        .into_iter()
        .find(|asked| {
            (asked.tenant, asked.form.as_str(), asked.extension.number) == (agency, form, says.number)
        })
        .ok_or(Error::NotFound)?
        .extension;
    // Not who asked (N-07).
    ctx.warrant_for::<ExtensionDecide>(&asked)?;
    if asked.answer.is_some() {
        return Err(Error::Stale);
    }
    if reason.is_empty() {
        return Err(Error::invalid("ly-do", "còn trống; trả lời phải có lý do"));
    }
    if says.until.is_some_and(|until| until < today) {
        return Err(Error::invalid(
            "den-ngay",
            "đã qua; chọn hôm nay hoặc một ngày sau đó",
        ));
    }
    let (_, span) = forms_of(&store, term).await?;
    if says.until.is_some() && span.withdrawn().is_some() {
        return Err(Error::Illegal(
            "Yêu cầu báo cáo này đã được rút, không ai phải gửi nữa; chỉ từ chối được đề nghị gia hạn."
                .to_owned(),
        ));
    }
    let last = today.checked_add_days(Days::new(LONGEST));
    if says.until > last {
        return Err(Error::invalid(
            "den-ngay",
            format!("quá xa; nhiều nhất là {LONGEST} ngày tới"),
        ));
    }
    let answer = Answer {
        until: says.until,
        reason: reason.to_owned(),
        by: ctx.actor().account(),
        by_name: ctx.actor().name().to_owned(),
        at: ctx.now(),
    };
    let of = OfReport {
        form,
        period: term.word(),
        year: term.year,
    };
    if !store.answer_extension(agency, of, says.number, &answer).await? {
        return Err(Error::Stale);
    }
    let subject = format!("{form}/{}/{}/{}", term.word(), term.year, says.number);
    store
        .send(
            agency,
            "extension-answered",
            &subject,
            ctx.request().trace(),
            ctx.now(),
        )
        .await?;
    let record = ProvinceRecord {
        action: ExtensionDecide::ACTION,
        object_kind: "extension",
        object_id: agency.0,
        reason,
        detail: json!({
            "form": form, "period": term.word(), "year": term.year, "number": says.number,
            "before": "waiting", "after": if says.until.is_some() { "granted" } else { "refused" }, "until": says.until,
        }),
    };
    store.record(ctx, record).await?;
    Ok(store.save().await?)
}
