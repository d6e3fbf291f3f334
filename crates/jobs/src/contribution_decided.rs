//! The province returned an agency's report on a plan: told by letter to its reporters.

use pbgdpl_app::plan::plans;
use pbgdpl_mail::letter::ReportReturned;
use pbgdpl_model::policy::Role;
use pbgdpl_scope::Tenant;
use pbgdpl_store::machinery::outbox::{Follower, Header};
use pbgdpl_store::province::{Decision, SentContribution};

use crate::failure::Failure;
use crate::letter::{addressed, for_holders, send, still_there};
use crate::plan_due::{place, plan_words};
use crate::report_due::SPEAKER;
use crate::work::Work;

/// The letter to one of them.
pub(crate) const LETTER: &str = "letter-contribution-decided";

/// Left by the province, which writes no tenant row: the subject is `plan/year/version`.
pub(crate) async fn run(work: &Work, header: &Header) -> Result<Vec<Follower>, Failure> {
    let tenant = work.tenant_of(header)?;
    if returned(work, &tenant, &header.subject).await?.is_none() {
        return Ok(Vec::new());
    }
    for_holders(work, LETTER, &tenant, &[Role::Reporter], &header.subject).await
}

/// Tells one of them, unless the decision is another one by now.
pub(crate) async fn letter(work: &Work, header: &Header) -> Result<(), Failure> {
    let tenant = work.tenant_of(header)?;
    let (to, what) = addressed(header)?;
    let Some(sent) = returned(work, &tenant, what).await? else {
        return Ok(());
    };
    let place_of = tenant.id().into();
    let Some(reader) = still_there(work, to, place_of, Some(Role::Reporter)).await? else {
        return Ok(());
    };
    let store = work.app.store().read().tenant(&tenant).await?;
    let plans = plans(&store).await?;
    let Some(plan) = plans.of_year(&sent.plan, sent.year) else {
        return Ok(());
    };
    let words = ReportReturned {
        agency: tenant.official(work.app.now().day()),
        form: &plan_words(&plan.title),
        period: &plan.term_words(sent.year),
        remark: &sent.remark,
        link: &work.desk_link(&tenant, &place(&sent.plan, sent.year)),
    };
    send(work, header, SPEAKER, &words, &reader).await
}

/// What the agency sent, if it came back and is still the newest.
async fn returned(work: &Work, tenant: &Tenant, subject: &str) -> Result<Option<SentContribution>, Failure> {
    let parts: Vec<&str> = subject.split('/').collect();
    let [plan, year, version] = parts.as_slice() else {
        return Err(Failure::never("the subject names no report on a plan"));
    };
    let (Ok(year), Ok(version)) = (year.parse::<i32>(), version.parse::<i32>()) else {
        return Err(Failure::never("the subject names no report on a plan"));
    };
    let reader = work.app.store().read().tenant(tenant).await?;
    let newest = reader.sent_contributions(plan, year).await?.into_iter().next();
    Ok(newest.filter(|sent| sent.version == version && sent.decision == Decision::Returned))
}
