//! A form was submitted: a letter to each of those who consolidate in the province.

use pbgdpl_mail::letter::ReportSubmitted;
use pbgdpl_model::id::ReportId;
use pbgdpl_model::outbox::Message;
use pbgdpl_model::policy::Role;
use pbgdpl_model::report::period_word;
use pbgdpl_store::machinery::outbox::{Follower, Header};

use crate::failure::Failure;
use crate::letter::{about, addressed, for_the_province, send, still_there};
use crate::report_decided::{form_words, period_words};
use crate::work::{Work, misdirected};

/// The letter to one of them.
pub(crate) const LETTER: &str = "letter-report-submitted";

/// Who is to be told.
pub(crate) async fn run(work: &Work, header: &Header) -> Result<Vec<Follower>, Failure> {
    let (tenant, message) = work.message(header).await?;
    let Message::ReportSubmitted { report } = message else {
        return Err(misdirected());
    };
    for_the_province(work, LETTER, &tenant, &report.to_string()).await
}

/// Tells one of them.
pub(crate) async fn letter(work: &Work, header: &Header) -> Result<(), Failure> {
    let tenant = work.tenant_of(header)?;
    let (to, what) = addressed(header)?;
    let report: ReportId = about(what)?;
    let sent = {
        let reader = work.app.store().read().tenant(&tenant).await?;
        reader.report(report).await?
    };
    let sent = sent.ok_or_else(|| Failure::never("the report does not exist"))?;
    let province = work.app.store().registry().now().province().id;
    let Some(reader) = still_there(work, to, province.into(), Some(Role::ProvinceReporter)).await? else {
        return Ok(());
    };
    let period = period_word(sent.period);
    let agency = tenant.official(work.app.now().day());
    let words = ReportSubmitted {
        agency,
        form: &form_words(&sent.form),
        period: &period_words(period, sent.year),
        at: sent.submitted_at.unwrap_or(sent.changed_at),
        link: &format!(
            "{}/tinh/bao-cao/{}/{period}/{}/{}",
            work.desk,
            sent.form,
            sent.year,
            tenant.slug()
        ),
    };
    send(work, header, agency, &words, &reader).await
}
