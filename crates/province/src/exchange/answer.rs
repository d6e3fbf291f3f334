//! What came of an attempt to send: a receipt, or why there is none. The job writes it down.

use pbgdpl_model::exchange::Receipt;
use pbgdpl_scope::ProvinceCtx;
use pbgdpl_scope::action::{Act, ReportExchange};
use pbgdpl_store::province::{ProvinceRecord, Sending};
use serde_json::json;

use crate::{Error, Province};

/// What the other side said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// The record was received.
    Received(Receipt),
    /// It was not, or its receipt is of something else: why, in the words of the screen.
    Nothing(String),
}

/// Writes the answer down. A receipt is compared with what was sent; one that is of something else is none. The same problem
/// twice is written once, and nothing takes the place of a receipt. Returns the sending as it stands then.
///
/// # Errors
/// [`Error::Denied`], [`Error::NotFound`], or a fault of the store.
#[tracing::instrument(name = "province.exchange.answer", skip_all)]
pub async fn answer(
    province: &Province,
    ctx: &ProvinceCtx,
    record: &str,
    version: i32,
    answer: Answer,
) -> Result<Sending, Error> {
    let warrant = ctx.warrant::<ReportExchange>()?;
    let mut store = province.store().province(&warrant).await?;
    store.hold().await?;
    let sent = store.sending(record, version).await?.ok_or(Error::NotFound)?;
    let (receipt, problem) = match answer {
        Answer::Nothing(problem) => (None, problem),
        Answer::Received(receipt) => match receipt.differs(record, version, &sent.envelope) {
            Some(problem) => (None, problem.to_owned()),
            None => (
                Some((receipt.receipt.trim().to_owned(), receipt.at())),
                String::new(),
            ),
        },
    };
    if sent.receipt.is_some() || (receipt.is_none() && problem == sent.problem) {
        return Ok(sent);
    }
    let changed = Sending {
        receipt,
        problem,
        changed_at: ctx.now(),
        ..sent
    };
    store.answer_sending(&changed).await?;
    let number = changed.receipt.as_ref().map(|(number, _)| number.as_str());
    let consolidations = store
        .consolidations(&changed.form, &changed.period, changed.year)
        .await?;
    let of = consolidations.iter().find(|made| made.version == version);
    let line = ProvinceRecord {
        action: ReportExchange::ACTION,
        object_kind: "consolidation",
        object_id: of.ok_or(Error::NotFound)?.id.0,
        reason: &changed.problem,
        detail: json!({
            "step": "answer", "record": record, "version": version, "hash": changed.hash, "receipt": number,
        }),
    };
    store.record(ctx, line).await?;
    store.save().await?;
    Ok(changed)
}
