//! Takes leases on messages and carries them out, several at once, on as many nodes as there are.

use std::sync::Arc;
use std::time::Duration;

use pbgdpl_app::App;
use pbgdpl_mail::Sender;
use pbgdpl_store::Hint;
use pbgdpl_store::machinery::outbox::Header;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use tracing::{Instrument, Span};

use crate::failure::Failure;
use crate::work::Work;
use crate::{
    account_invited, article_returned, article_submitted, factor_reset, new_device, poll, report_decided,
    report_submitted, roll_up, section_changed, share_answered, share_invited,
};

/// Without a hint the outbox is looked at this often.
const EVERY: Duration = Duration::from_millis(500);
/// Messages leased at once, and so at work at once.
const BATCH: u64 = 8;
/// A node that dies gives its messages back after this long; longer than any letter takes.
const LEASE_SECONDS: i64 = 180;

/// The outbox and the schedule.
#[derive(Debug, Clone)]
pub struct Jobs {
    work: Arc<Work>,
}

impl Jobs {
    /// With the acts, the way out for letters, and where the desk is.
    #[must_use]
    pub fn new(app: App, sender: Sender, desk_url: &str) -> Self {
        Self::following(app, sender, desk_url, |_, _| {})
    }

    /// The same, continuing the trace of each act: `follow` makes a span the child of a `traceparent`.
    #[must_use]
    pub fn following(app: App, sender: Sender, desk_url: &str, follow: fn(&Span, &str)) -> Self {
        Self {
            work: Arc::new(Work {
                app,
                sender,
                desk: desk_url.trim_end_matches('/').to_owned(),
                follow,
            }),
        }
    }

    /// Works until stopped, then ends what it has begun. Keeps the node current too.
    pub async fn run_until(&self, stop: CancellationToken) {
        let polling = tokio::spawn(poll::keep_current(self.work.app.clone(), stop.clone()));
        let mut hints = self.work.app.store().hints().hear();
        while !stop.is_cancelled() {
            let found = self.round().await.unwrap_or_else(|error| {
                tracing::warn!(%error, "the outbox cannot be read now");
                0
            });
            if found > 0 {
                continue;
            }
            tokio::select! {
                () = stop.cancelled() => break,
                () = tokio::time::sleep(EVERY) => {}
                () = told_of_work(&mut hints) => {}
            }
        }
        let _ = polling.await;
    }

    /// Works until nothing is due: for tests, the demo and the command line. Returns how much was done.
    ///
    /// # Errors
    /// Where the outbox cannot be read.
    pub async fn run_once_until_idle(&self) -> Result<u64, Failure> {
        let mut all = 0;
        loop {
            match self.round().await? {
                0 => return Ok(all),
                done => all += done,
            }
        }
    }

    /// One look at the outbox and at the due list.
    async fn round(&self) -> Result<u64, Failure> {
        let machinery = self.work.app.store().machinery();
        let leased = machinery.lease(self.work.app.now(), LEASE_SECONDS, BATCH).await?;
        let mut done = u64::try_from(leased.len()).unwrap_or(0);
        let mut running = JoinSet::new();
        for header in leased {
            running.spawn(settle(Arc::clone(&self.work), header));
        }
        while let Some(ended) = running.join_next().await {
            if let Err(error) = ended {
                // The lease runs out and the message is tried again.
                tracing::error!(%error, "a job broke off");
            }
        }
        done += roll_up::run(&self.work).await?;
        Ok(done)
    }
}

/// Carries one message out and writes down what came of it.
async fn settle(work: Arc<Work>, header: Header) {
    let span = tracing::info_span!("job", kind = %header.kind, id = %header.id, attempt = header.attempts);
    if let Some(trace) = &header.trace {
        (work.follow)(&span, trace);
    }
    async {
        let machinery = work.app.store().machinery();
        let written = match carry_out(&work, &header).await {
            Ok(()) => machinery.done(header.id).await,
            Err(failure) => {
                tracing::warn!(retry = failure.retry, reason = %failure.reason, "job failed");
                let now = work.app.now();
                machinery
                    .failed(&header, now, failure.retry, &failure.reason)
                    .await
            }
        };
        if let Err(error) = written {
            // The lease runs out and the message is tried again: jobs do not mind.
            tracing::warn!(%error, "the end of a job is not written down");
        }
    }
    .instrument(span)
    .await;
}

/// Every kind of message and the job that carries it out.
async fn carry_out(work: &Work, header: &Header) -> Result<(), Failure> {
    match header.kind.as_str() {
        "section-changed" => section_changed::run(work).await,
        "article-submitted" => article_submitted::run(work, header).await,
        "article-returned" => article_returned::run(work, header).await,
        "share-invited" => share_invited::run(work, header).await,
        "share-answered" => share_answered::run(work, header).await,
        "report-submitted" => report_submitted::run(work, header).await,
        "report-decided" => report_decided::run(work, header).await,
        "new-device" => new_device::run(work, header).await,
        "account-invited" => account_invited::run(work, header).await,
        "factor-reset" => factor_reset::run(work, header).await,
        // Left by a newer version of the program: a node of that version will carry it out.
        unknown => Err(Failure::later(format!("no job for “{unknown}” here"))),
    }
}

async fn told_of_work(hints: &mut Receiver<Hint>) {
    loop {
        match hints.recv().await {
            Ok(Hint::Work) | Err(RecvError::Lagged(_)) => return,
            Ok(_) => {}
            Err(RecvError::Closed) => std::future::pending().await,
        }
    }
}
