//! What the Ministry holds of a period is read and compared with what was sent.

use std::collections::BTreeMap;

use pbgdpl_exchange::{Client, ExchangeError};
use pbgdpl_model::report::{hash_of, period_of};
use pbgdpl_province::exchange::Reconciliation;
use pbgdpl_province::exchange::list::list;
use pbgdpl_province::exchange::reconcile::{Theirs, finish, latest};
use pbgdpl_province::report::Term;
use pbgdpl_scope::ProvinceCtx;
use pbgdpl_store::machinery::outbox::Header;

use crate::failure::Failure;
use crate::work::Work;

pub(crate) use pbgdpl_province::exchange::reconcile::MESSAGE;

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
    if !exchanged.reconciliation.as_ref().is_some_and(waits) {
        return Ok(());
    }
    let sent = latest(exchanged.sendings);
    let came = theirs(work, work.exchange()?, &ctx, term, &sent).await?;
    let failed = came.as_ref().err().cloned();
    finish(&work.province, &ctx, term, came.map_err(|error| error.reason)).await?;
    match failed {
        None => Ok(()),
        Some(error) => Err(Failure {
            retry: error.retry,
            reason: error.reason,
        }),
    }
}

/// The list, and of records with other bytes the records themselves.
async fn theirs(
    work: &Work,
    client: &Client,
    ctx: &ProvinceCtx,
    term: Term,
    sent: &BTreeMap<String, (i32, String)>,
) -> Result<Result<Theirs, ExchangeError>, Failure> {
    let slug = ctx.snapshot().province().slug.clone();
    let listed = match client.list(&slug, term.word(), term.year, work.app.now()).await {
        Ok(listed) => listed,
        Err(error) => return Ok(Err(error)),
    };
    let mut bodies = BTreeMap::new();
    for one in &listed {
        let others = sent
            .get(&one.record)
            .is_some_and(|(version, envelope)| *version == one.version && hash_of(envelope) != one.hash);
        if !others {
            continue;
        }
        match client.fetch(&one.record, work.app.now()).await {
            Ok(envelope) => {
                bodies.insert(one.record.clone(), envelope);
            }
            Err(error) if error.retry => return Ok(Err(error)),
            Err(_) => {}
        }
    }
    Ok(Ok(Theirs { listed, bodies }))
}
