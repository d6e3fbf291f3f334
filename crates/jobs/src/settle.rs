//! Carries one message out and writes down what came of it.

use std::sync::Arc;

use pbgdpl_store::machinery::outbox::{Follower, Header};
use tracing::Instrument;

use crate::failure::Failure;
use crate::work::Work;
use crate::{
    account_invited, alarm_raised, article_returned, article_submitted, contribution_decided,
    exchange_reconcile, exchange_send, extension_answered, extension_asked, factor_reset, file_dropped,
    host_due, host_troubled, new_device, person_erased, place_due, place_picture, place_troubled, plan_due,
    report_decided, report_due, report_requested, report_submitted, section_changed, share_answered,
    share_invited, summary,
};

/// Carries the message out, in the trace of the act that left it.
pub(crate) async fn settle(work: Arc<Work>, header: Header) {
    let span = tracing::info_span!("job", kind = %header.kind, id = %header.id, attempt = header.attempts);
    if let Some(trace) = &header.trace {
        (work.follow)(&span, trace);
    }
    async {
        let machinery = work.app.store().machinery();
        let written = match carry_out(&work, &header).await {
            Ok(followers) => machinery.done(&header, work.app.now(), &followers).await,
            Err(failure) => {
                tracing::warn!(retry = failure.retry, reason = %failure.reason, "job failed");
                let now = work.app.now();
                machinery
                    .failed(&header, now, failure.retry, &failure.reason)
                    .await
            }
        };
        match written {
            Ok(true) => {}
            Ok(false) => tracing::warn!("the lease ran out before the job ended"),
            // The lease runs out and the message is tried again: jobs do not mind.
            Err(error) => tracing::warn!(%error, "the end of a job is not written down"),
        }
    }
    .instrument(span)
    .await;
}

/// Every kind of message and the job that carries it out. Returns the letters it leads to.
async fn carry_out(work: &Work, header: &Header) -> Result<Vec<Follower>, Failure> {
    match header.kind.as_str() {
        "section-changed" => section_changed::run(work).await?,
        "share-answered" => share_answered::run(work, header).await?,
        "article-submitted" => return article_submitted::run(work, header).await,
        "share-invited" => return share_invited::run(work, header).await,
        "report-submitted" => return report_submitted::run(work, header).await,
        "extension-asked" => return extension_asked::run(work, header).await,
        "extension-answered" => return extension_answered::run(work, header).await,
        "contribution-decided" => return contribution_decided::run(work, header).await,
        report_requested::KIND => return report_requested::run(work, header).await,
        "report-decided" => return report_decided::run(work, header).await,
        host_troubled::MESSAGE => return host_troubled::run(work, header).await,
        host_troubled::LETTER => host_troubled::letter(work, header).await?,
        host_due::MESSAGE => host_due::run(work, header).await?,
        place_troubled::MESSAGE => return place_troubled::run(work, header).await,
        place_troubled::LETTER => place_troubled::letter(work, header).await?,
        place_due::MESSAGE => place_due::run(work, header).await?,
        place_picture::MESSAGE => place_picture::run(work, header).await?,
        file_dropped::MESSAGE => file_dropped::run(work, header).await?,
        person_erased::MESSAGE => return person_erased::run(work, header).await,
        person_erased::IN_AGENCY => person_erased::in_agency(work, header).await?,
        exchange_reconcile::MESSAGE => exchange_reconcile::run(work, header).await?,
        exchange_send::MESSAGE => exchange_send::run(work, header).await?,
        "article-returned" => article_returned::letter(work, header).await?,
        "new-device" => new_device::letter(work, header).await?,
        "account-invited" => account_invited::letter(work, header).await?,
        "factor-reset" => factor_reset::letter(work, header).await?,
        alarm_raised::LETTER => alarm_raised::letter(work, header).await?,
        article_submitted::LETTER => article_submitted::letter(work, header).await?,
        share_invited::LETTER => share_invited::letter(work, header).await?,
        report_submitted::LETTER => report_submitted::letter(work, header).await?,
        report_decided::LETTER => report_decided::letter(work, header).await?,
        extension_asked::LETTER => extension_asked::letter(work, header).await?,
        extension_answered::LETTER => extension_answered::letter(work, header).await?,
        contribution_decided::LETTER => contribution_decided::letter(work, header).await?,
        plan_due::LETTER => plan_due::letter(work, header).await?,
        plan_due::LATE => plan_due::late(work, header).await?,
        report_requested::LETTER => report_requested::letter(work, header).await?,
        report_due::LETTER => report_due::letter(work, header).await?,
        report_due::LATE => report_due::late(work, header).await?,
        summary::LETTER => summary::letter(work, header).await?,
        // Left by a newer version of the program: a node of that version will carry it out.
        unknown => return Err(Failure::later(format!("no job for “{unknown}” here"))),
    }
    Ok(Vec::new())
}
