//! A frozen form goes to the Ministry: the same bytes at every attempt, until there is a receipt of exactly these.

use pbgdpl_province::exchange::answer::{Answer, answer};
use pbgdpl_province::exchange::list;
use pbgdpl_store::machinery::outbox::Header;

use crate::failure::Failure;
use crate::work::Work;

pub(crate) use pbgdpl_province::exchange::send::MESSAGE;

const NAME: &str = "Hệ thống: trao đổi với Bộ Tư pháp";

/// The subject is `record/version`.
pub(crate) async fn run(work: &Work, header: &Header) -> Result<(), Failure> {
    let (record, version) = header
        .subject
        .rsplit_once('/')
        .and_then(|(record, version)| Some((record, version.parse::<i32>().ok()?)))
        .ok_or_else(|| Failure::never("the subject names no record"))?;
    let ctx = work.province_ctx(NAME, header);
    let sending = list::one(&work.province, &ctx, record, version).await?;
    if sending.receipt.is_some() {
        return Ok(());
    }
    let client = work.exchange()?;
    let came = client
        .send(record, version, &sending.envelope, work.app.now())
        .await;
    let (said, retry) = match came {
        Ok(receipt) => (Answer::Received(receipt), true),
        Err(error) => (Answer::Nothing(error.reason), error.retry),
    };
    let stands = answer(&work.province, &ctx, record, version, said).await?;
    match stands.receipt {
        Some(_) => Ok(()),
        None => Err(Failure {
            retry,
            reason: stands.problem,
        }),
    }
}
