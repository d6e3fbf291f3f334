//! A form was submitted: a letter to those who consolidate in the province.

use pbgdpl_mail::letter::ReportSubmitted;
use pbgdpl_model::outbox::Message;
use pbgdpl_model::policy::Role;
use pbgdpl_model::report::period_word;
use pbgdpl_store::machinery::outbox::Header;

use crate::failure::Failure;
use crate::letter::{holding, post};
use crate::report_decided::{form_words, period_words};
use crate::work::{Work, misdirected};

pub(crate) async fn run(work: &Work, header: &Header) -> Result<(), Failure> {
    let (tenant, message) = work.message(header).await?;
    let Message::ReportSubmitted { report } = message else {
        return Err(misdirected());
    };
    let sent = {
        let reader = work.app.store().read().tenant(&tenant).await?;
        reader.report(report).await?
    };
    let sent = sent.ok_or_else(|| Failure::never("the report does not exist"))?;
    let period = period_word(sent.period);
    let agency = tenant.official(work.app.now().day());
    let words = ReportSubmitted {
        agency,
        form: &form_words(&sent.form),
        period: &period_words(period, sent.year),
        at: sent.submitted_at.unwrap_or(sent.changed_at),
        link: &format!(
            "{}/tinh/bao-cao/{period}/{}/{}",
            work.desk,
            sent.year,
            tenant.slug()
        ),
    };
    let province = work.app.store().registry().now().province().id;
    let identity = work.app.store().read().identity().await?;
    let followers = holding(identity.members(province.into()).await?, Role::ProvinceReporter);
    drop(identity);
    post(work, header, agency, &words, &followers).await
}
