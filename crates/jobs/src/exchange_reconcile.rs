//! What the Ministry holds of a period is read and compared with what was sent.

use std::collections::BTreeMap;
use std::time::Duration;

use pbgdpl_exchange::{Client, ExchangeError};
use pbgdpl_model::exchange::Bodies;
use pbgdpl_model::report::{hash_of, period_of};
use pbgdpl_province::exchange::Reconciliation;
use pbgdpl_province::exchange::list::list;
use pbgdpl_province::exchange::reconcile::{Failed, Sides, finish, latest};
use pbgdpl_province::report::Term;
use pbgdpl_scope::ProvinceCtx;
use pbgdpl_store::machinery::outbox::{Header, MOST_ATTEMPTS};

use crate::failure::Failure;
use crate::work::Work;

pub(crate) use pbgdpl_province::exchange::reconcile::MESSAGE;

/// How long both sides may take to be read: within the lease of the message.
const PATIENCE: Duration = Duration::from_secs(60);

const NAME: &str = "Hệ thống: đối chiếu với Bộ Tư pháp";

/// The subject is `period/year`. A comparison that was done since is not done again.
pub(crate) async fn run(work: &Work, header: &Header) -> Result<(), Failure> {
    let term = header.subject.split_once('/').and_then(|(period, year)| {
        Some(Term {
            kind: period_of(period)?,
            year: year.parse().ok()?,
        })
    });
    let term = term.ok_or_else(|| Failure::never("the subject names no period"))?;
    let ctx = work.province_ctx(NAME, header);
    let exchanged = list(&work.province, &ctx, term).await?;
    let waits = |asked: &Reconciliation| asked.done_at.is_none();
    let Some(asked) = exchanged.reconciliation.filter(waits) else {
        return Ok(());
    };
    let reading = both(work, work.exchange()?, &ctx, term, latest(exchanged.sendings));
    let read = tokio::time::timeout(PATIENCE, reading).await;
    let read = read.unwrap_or_else(|_| {
        Err(ExchangeError {
            retry: true,
            reason: "đọc các bản ghi quá một phút".to_owned(),
        })
    });
    let failed = read.as_ref().err().cloned();
    let read = read.map_err(|error| Failed {
        reason: error.reason,
        again: error.retry && header.attempts < MOST_ATTEMPTS,
    });
    finish(&work.province, &ctx, term, asked.asked_at, read).await?;
    match failed {
        None => Ok(()),
        Some(error) => Err(Failure {
            retry: error.retry,
            reason: error.reason,
        }),
    }
}

/// What was sent, the list there, and of records with other bytes the records themselves; one that cannot be read hides no other.
async fn both(
    work: &Work,
    client: &Client,
    ctx: &ProvinceCtx,
    term: Term,
    sent: BTreeMap<String, (i32, String)>,
) -> Result<Sides, ExchangeError> {
    let slug = ctx.snapshot().province().slug.clone();
    let listed = client.list(&slug, term.word(), term.year, work.app.now()).await?;
    let mut bodies = Bodies::new();
    for one in &listed {
        let others = sent
            .get(&one.record)
            .is_some_and(|(version, envelope)| *version == one.version && hash_of(envelope) != one.hash);
        if others {
            let read = client.fetch(&one.record, work.app.now()).await;
            let read = read.map_err(|error| error.reason).and_then(|read| {
                let same = (read.record.as_str(), read.version) == (one.record.as_str(), one.version);
                same.then_some(read)
                    .ok_or_else(|| "bên nhận trả về bản khác với danh sách".to_owned())
            });
            bodies.insert(one.record.clone(), read);
        }
    }
    Ok(Sides { sent, listed, bodies })
}
