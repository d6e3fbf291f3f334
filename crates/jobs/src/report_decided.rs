//! The province decided on a form: the agency's own copy follows, a return is told by letter to its reporters.

use pbgdpl_app::report::follow_decision::{Decided, follow_decision};
use pbgdpl_mail::letter::ReportReturned;
use pbgdpl_model::policy::Role;
use pbgdpl_model::report::period_of;
use pbgdpl_scope::Tenant;
use pbgdpl_store::machinery::outbox::{Follower, Header};
use pbgdpl_store::province::{Decision, SubmittedReport};

use crate::failure::Failure;
use crate::letter::{addressed, for_holders, send, still_there};
use crate::work::Work;

const NAME: &str = "Hệ thống: quyết định về báo cáo";

/// The letter to one of them.
pub(crate) const LETTER: &str = "letter-report-decided";

/// Left by the province, which writes no tenant row: the subject is `form/period/year/version`.
pub(crate) async fn run(work: &Work, header: &Header) -> Result<Vec<Follower>, Failure> {
    let tenant = work.tenant_of(header)?;
    let decided = decided(&header.subject)?;
    let ctx = work.ctx(tenant.clone(), NAME, header);
    follow_decision(&work.app, &ctx, &decided).await?;
    if returned(work, &tenant, &decided).await?.is_none() {
        return Ok(Vec::new());
    }
    for_holders(work, LETTER, &tenant, &[Role::Reporter], &header.subject).await
}

/// Tells one of them, unless the decision is another one by now.
pub(crate) async fn letter(work: &Work, header: &Header) -> Result<(), Failure> {
    let tenant = work.tenant_of(header)?;
    let (to, what) = addressed(header)?;
    let decided = decided(what)?;
    let Some(report) = returned(work, &tenant, &decided).await? else {
        return Ok(());
    };
    let place = tenant.id().into();
    let Some(reader) = still_there(work, to, place, Some(Role::Reporter)).await? else {
        return Ok(());
    };
    let agency = tenant.official(work.app.now().day());
    let words = ReportReturned {
        agency,
        form: &form_words(&decided.form),
        period: &period_words(&decided.period, decided.year),
        remark: &report.remark,
        link: &work.desk_link(
            &tenant,
            &format!("bieu/{}/{}/{}", decided.form, decided.period, decided.year),
        ),
    };
    send(work, header, "Sở Tư pháp", &words, &reader).await
}

fn decided(subject: &str) -> Result<Decided, Failure> {
    Decided::read(subject).ok_or_else(|| Failure::never("the subject names no report"))
}

/// What the province holds of the report, if it sent it back.
async fn returned(
    work: &Work,
    tenant: &Tenant,
    decided: &Decided,
) -> Result<Option<SubmittedReport>, Failure> {
    let reader = work.app.store().read().tenant(tenant).await?;
    let sent = reader.sent_reports(&decided.period, decided.year).await?;
    Ok(sent.into_iter().find(|sent| {
        sent.form == decided.form && sent.version == decided.version && sent.decision == Decision::Returned
    }))
}

/// As people call it: `biểu 09c`.
pub(crate) fn form_words(form: &str) -> String {
    format!("biểu {form}")
}

/// As people say it: `năm 2021`.
pub(crate) fn period_words(period: &str, year: i32) -> String {
    let kind = period_of(period);
    kind.map_or_else(|| format!("năm {year}"), |kind| kind.title(year).to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_read_as_people_say_them() {
        assert_eq!(period_words("nam", 2021), "năm 2021");
        assert_eq!(period_words("6-thang", 2021), "6 tháng năm 2021");
        assert_eq!(period_words("dot-xuat-3", 2021), "đột xuất số 3 năm 2021");
        assert_eq!(form_words("09d"), "biểu 09d");
    }
}
