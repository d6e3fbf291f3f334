//! Sends a frozen form to the Ministry: what goes out is written down with its hash, a job carries it.

use pbgdpl_model::exchange::{Envelope, record_id};
use pbgdpl_model::report::hash_of;
use pbgdpl_scope::ProvinceCtx;
use pbgdpl_scope::action::{Act, ReportExchange};
use pbgdpl_store::province::{ProvinceRecord, Sending};
use serde_json::json;

use super::exchanged;
use crate::report::Term;
use crate::report::consolidate::made;
use crate::report::export::csv;
use crate::{Error, Province};

/// The kind of the message.
pub const MESSAGE: &str = "exchange-send";

/// Sends a version, which must be frozen. Asked again without a receipt, the same bytes are tried once more at once; with a
/// receipt nothing is done.
///
/// # Errors
/// [`Error::Denied`], [`Error::NotFound`], [`Error::Illegal`] where the version is not frozen, or a fault of the store.
#[tracing::instrument(name = "province.exchange.send", skip_all)]
pub async fn send(
    province: &Province,
    ctx: &ProvinceCtx,
    form: &str,
    term: Term,
    version: i32,
) -> Result<Sending, Error> {
    let warrant = ctx.warrant::<ReportExchange>()?;
    exchanged(term)?;
    let mut store = province.store().province(&warrant).await?;
    store.hold().await?;
    let made = made(&store, form, term, Some(version)).await?;
    if made.consolidation.frozen.is_none() {
        return Err(Error::Illegal(
            "Bản tổng hợp chưa chốt nên chưa gửi được. Chốt số liệu rồi gửi.".to_owned(),
        ));
    }
    let slug = &ctx.snapshot().province().slug;
    let record = record_id(slug, form, term.word(), term.year);
    let sending = match store.sending(&record, version).await? {
        Some(sent) if sent.receipt.is_some() => return Ok(sent),
        Some(sent) => sent,
        None => {
            let table = csv(&made.form, &made.figures)
                .map_err(|error| Error::Store(pbgdpl_store::StoreError::Unreadable(error.to_string())))?;
            let of = (version, made.consolidation.hash.as_str());
            let envelope = Envelope::of(slug, (&made.form, &made.span), of, &made.figures, table);
            let envelope = envelope.canonical().map_err(crate::report::unreadable)?;
            let new = Sending {
                record: record.clone(),
                version,
                form: form.to_owned(),
                period: term.word().to_owned(),
                year: term.year,
                hash: hash_of(&envelope),
                envelope,
                asked_at: ctx.now(),
                receipt: None,
                problem: String::new(),
                changed_at: ctx.now(),
            };
            store.add_sending(&new).await?;
            new
        }
    };
    let subject = format!("{record}/{version}");
    store
        .send_out(MESSAGE, &subject, ctx.request().trace(), ctx.now())
        .await?;
    let record = ProvinceRecord {
        action: ReportExchange::ACTION,
        object_kind: "consolidation",
        object_id: made.consolidation.id.0,
        reason: "",
        detail: json!({ "step": "send", "record": sending.record, "version": version, "hash": sending.hash }),
    };
    store.record(ctx, record).await?;
    store.save().await?;
    Ok(sending)
}
