//! Withdraws a request with a reason: from then on nobody is asked, and nothing more is written; what was sent stays.

use pbgdpl_model::report::{Forms, Request, Withdrawn};
use pbgdpl_scope::ProvinceCtx;
use pbgdpl_scope::action::{Act, ReportRequest};
use pbgdpl_store::province::ProvinceRecord;
use serde_json::json;

use super::{forms, tell};
use crate::{Error, Province};

/// Withdraws it; every agency that was asked is told by letter.
///
/// # Errors
/// [`Error::Denied`], [`Error::NotFound`], [`Error::Invalid`] without a reason, [`Error::Stale`] where it is withdrawn already,
/// or a fault of the store.
#[tracing::instrument(name = "province.request.withdraw", skip_all)]
pub async fn withdraw(
    province: &Province,
    ctx: &ProvinceCtx,
    (year, number): (i32, u8),
    reason: &str,
) -> Result<Request, Error> {
    let warrant = ctx.warrant::<ReportRequest>()?;
    let mut store = province.store().province(&warrant).await?;
    store.hold().await?;
    let forms = forms(&store).await?;
    let mut requests = forms.requests.iter();
    let request = requests
        .find(|request| (request.year, request.number) == (year, number))
        .ok_or(Error::NotFound)?;
    if request.withdrawn.is_some() {
        return Err(Error::Stale);
    }
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Error::invalid(
            "ly-do-rut",
            "còn trống; rút yêu cầu phải ghi lý do",
        ));
    }
    let request = Request {
        withdrawn: Some(Withdrawn {
            on: ctx.now().day(),
            reason: reason.to_owned(),
        }),
        ..request.clone()
    };
    store
        .put_catalogue(
            Forms::REQUEST,
            &request.code(),
            &serde_json::to_string(&request)?,
            ctx.now(),
        )
        .await?;
    tell(&mut store, ctx, &forms, &request).await?;
    let record = ProvinceRecord {
        action: ReportRequest::ACTION,
        object_kind: "province",
        object_id: ctx.snapshot().province().id.0,
        reason,
        detail: json!({ "request": request.code(), "before": "open", "after": "withdrawn" }),
    };
    store.record(ctx, record).await?;
    store.save().await?;
    Ok(request)
}
