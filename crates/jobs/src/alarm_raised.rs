//! Looks for odd acts in the logs every five minutes, and writes to those in charge of what was raised (AUD-07).

use std::sync::Arc;
use std::time::Duration;

use pbgdpl_mail::letter::AlarmRaised;
use pbgdpl_model::id::AlarmId;
use pbgdpl_province::alarm::list::one;
use pbgdpl_province::alarm::watch::{IN_CHARGE, is_due, watch};
use pbgdpl_scope::{ProvinceCtx, RequestId};
use pbgdpl_store::machinery::outbox::Header;
use pbgdpl_vietnamese::number;
use tokio_util::sync::CancellationToken;

use crate::failure::Failure;
use crate::letter::{about, addressed, send, still_there};
use crate::work::Work;

/// The letter to one of those in charge.
pub(crate) const LETTER: &str = pbgdpl_province::alarm::watch::LETTER;

const NAME: &str = "Theo dõi nhật ký";
const EVERY: Duration = Duration::from_secs(5 * 60);

/// Looks at the start, then every five minutes, until stopped.
pub(crate) async fn regularly(work: Arc<Work>, stop: CancellationToken) {
    loop {
        match run_if_due(&work).await {
            Ok(0) => {}
            Ok(raised) => tracing::warn!(raised, "odd acts stand in the logs"),
            Err(error) => tracing::warn!(%error, "the logs are not looked through yet"),
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(EVERY) => {}
        }
    }
}

/// Looks unless another node just did.
async fn run_if_due(work: &Work) -> Result<u64, Failure> {
    // A little less than the schedule: two nodes that began together take turns.
    let every = i64::try_from(EVERY.as_secs()).unwrap_or(0) - 30;
    if is_due(&work.province, &ctx(work), every).await? {
        run(work).await
    } else {
        Ok(0)
    }
}

/// Looks once; returns how many alarms are new.
pub(crate) async fn run(work: &Work) -> Result<u64, Failure> {
    let mut seen = work.watched.lock().await;
    let raised = watch(&work.province, &ctx(work), &mut seen).await?;
    Ok(u64::try_from(raised.len()).unwrap_or(u64::MAX))
}

fn ctx(work: &Work) -> ProvinceCtx {
    let snapshot = work.app.store().registry().now();
    ProvinceCtx::of_system(
        snapshot,
        NAME,
        work.app.now(),
        RequestId::new("alarm-watch".into()),
    )
}

/// Tells one of them, unless somebody answered meanwhile.
pub(crate) async fn letter(work: &Work, header: &Header) -> Result<(), Failure> {
    let (to, what) = addressed(header)?;
    let id: AlarmId = about(what)?;
    let read = one(&work.province, &ctx(work), id, 1).await?;
    if read.alarm.answer.is_some() {
        return Ok(());
    }
    let province = work.app.store().registry().now().province().clone();
    let mut reader = None;
    for role in IN_CHARGE {
        if reader.is_none() {
            reader = still_there(work, to, province.id.into(), Some(role)).await?;
        }
    }
    let Some(reader) = reader else {
        return Ok(());
    };
    let words = AlarmRaised {
        title: &read.alarm.title,
        entries: &number::grouped(i64::try_from(read.count).unwrap_or(i64::MAX)),
        from: read.alarm.first_at,
        to: read.alarm.last_at,
        advice: read
            .rule
            .as_ref()
            .map_or("từng mục nhật ký ở trang dưới đây.", |rule| {
                &rule.advice
            }),
        link: &format!("{}/giam-sat/canh-bao/{id}", work.desk),
    };
    let speaker = format!("Phổ biến, giáo dục pháp luật {}", province.name);
    send(work, header, &speaker, &words, &reader).await
}
