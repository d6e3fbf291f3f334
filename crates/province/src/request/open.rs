//! Opens a request: a form, agencies, days, a last day, the letter that asks for it, and why.

use chrono::{Datelike, NaiveDate};
use pbgdpl_model::id::TenantId;
use pbgdpl_model::manifest::RequestNumber;
use pbgdpl_model::report::{Forms, Request, Span, is_expected};
use pbgdpl_scope::ProvinceCtx;
use pbgdpl_scope::action::{Act, ReportRequest};
use pbgdpl_store::province::ProvinceRecord;
use serde_json::json;

use super::{asked, forms, tell};
use crate::{Error, Province};

/// What is asked for.
#[derive(Debug, Clone)]
pub struct Order {
    /// The form under which the reports are collected.
    pub form: String,
    /// Slugs; nobody to ask everybody who fills it.
    pub agencies: Vec<String>,
    /// First day that is counted.
    pub from: NaiveDate,
    /// Last day that is counted.
    pub to: NaiveDate,
    /// Last day to send.
    pub due: NaiveDate,
    /// The letter that asks for it.
    pub reference: String,
    /// Why.
    pub reason: String,
}

/// Opens it under the next number of the year; every agency that is asked is told by letter.
///
/// # Errors
/// [`Error::Denied`], [`Error::Invalid`] for a form, agencies, days or words that cannot be taken, [`Error::Illegal`] after the
/// last number of a year, or a fault of the store.
#[tracing::instrument(name = "province.request.open", skip_all)]
pub async fn open(province: &Province, ctx: &ProvinceCtx, order: Order) -> Result<Request, Error> {
    let warrant = ctx.warrant::<ReportRequest>()?;
    let mut store = province.store().province(&warrant).await?;
    store.hold().await?;
    let mut forms = forms(&store).await?;
    let today = ctx.now().day();
    let of_year = forms
        .requests
        .iter()
        .filter(|request| request.year == today.year());
    let last = of_year.map(|request| request.number).max().unwrap_or(0);
    let request = Request {
        number: last.saturating_add(1),
        year: today.year(),
        form: order.form,
        agencies: named(ctx, &order.agencies)?,
        from: order.from,
        to: order.to,
        due: order.due,
        reference: order.reference.trim().to_owned(),
        reason: order.reason.trim().to_owned(),
        withdrawn: None,
    };
    if RequestNumber::new(request.number).is_none() {
        return Err(Error::Illegal(format!(
            "Năm {} đã có {} yêu cầu đột xuất, không mở thêm được.",
            request.year,
            RequestNumber::LAST
        )));
    }
    if let Some((field, why)) = request.problems(today).into_iter().next() {
        return Err(Error::invalid(field, why));
    }
    // Sent twice by a hand or a browser: one request is one letter to everybody.
    let same = |there: &&Request| {
        there.withdrawn.is_none()
            && Request {
                number: request.number,
                ..(*there).clone()
            } == request
    };
    if let Some(there) = forms.requests.iter().find(same) {
        return Ok(there.clone());
    }
    forms.requests.push(request.clone());
    whom(ctx, &forms, &request)?;
    store
        .put_catalogue(
            Forms::REQUEST,
            &request.code(),
            &serde_json::to_string(&request)?,
            ctx.now(),
        )
        .await?;
    let told = tell(&mut store, ctx, &forms, &request).await?;
    let record = ProvinceRecord {
        action: ReportRequest::ACTION,
        object_kind: "province",
        object_id: ctx.snapshot().province().id.0,
        reason: &request.reason,
        detail: json!({
            "request": request.code(), "form": request.form, "agencies": request.agencies, "from": request.from,
            "to": request.to, "due": request.due, "reference": request.reference, "asked": told,
        }),
    };
    store.record(ctx, record).await?;
    store.save().await?;
    Ok(request)
}

/// The agencies with these slugs.
fn named(ctx: &ProvinceCtx, slugs: &[String]) -> Result<Vec<TenantId>, Error> {
    let mut named = Vec::with_capacity(slugs.len());
    for slug in slugs {
        let mut tenants = ctx.snapshot().tenants();
        let tenant = tenants
            .find(|tenant| tenant.slug() == slug)
            .ok_or_else(|| Error::invalid("co-quan", format!("không có cơ quan `{slug}`")))?;
        named.push(tenant.id());
    }
    Ok(named)
}

/// The form is one that is collected, and whoever is named fills it on the last day.
fn whom(ctx: &ProvinceCtx, forms: &Forms, request: &Request) -> Result<(), Error> {
    let wrong_form = || Error::invalid("bieu", "chọn một biểu mà các cơ quan lập và tỉnh tổng hợp");
    let span = Span::of_request(request).ok_or_else(wrong_form)?;
    let head = forms.collection_of(&request.form, &span).ok_or_else(wrong_form)?;
    let added_up = forms.all.iter().any(|form| {
        let holds = form.valid_from <= span.to && form.valid_to.is_none_or(|to| span.to <= to);
        holds && form.consolidates.contains(&request.form)
    });
    if head.id != request.form || added_up {
        return Err(wrong_form());
    }
    for agency in &request.agencies {
        let tenant = ctx.snapshot().by_id(*agency).ok_or(Error::NotFound)?;
        let fills = is_expected(tenant.agency(), &span)
            && forms.part(head, tenant.agency().report_row, &span).is_some();
        if !fills {
            let name = tenant.short(span.to);
            return Err(Error::invalid(
                "co-quan",
                format!("{name} không lập biểu này vào ngày cuối của số liệu"),
            ));
        }
    }
    if asked(ctx, forms, request).is_empty() {
        return Err(Error::invalid("co-quan", "không cơ quan nào lập biểu này"));
    }
    Ok(())
}
