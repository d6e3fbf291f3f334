//! The province asks for a report out of turn, or takes that back: a letter to the agency's reporters.

use pbgdpl_app::report::forms;
use pbgdpl_mail::letter::ReportRequested;
use pbgdpl_model::policy::Role;
use pbgdpl_model::report::{Request, period_of};
use pbgdpl_province::request::MESSAGE;
use pbgdpl_scope::Tenant;
use pbgdpl_store::machinery::outbox::{Follower, Header};

use crate::failure::Failure;
use crate::letter::{addressed, for_holders, send, still_there};
use crate::report_decided::form_words;
use crate::report_due::SPEAKER;
use crate::work::Work;

/// What the act leaves.
pub(crate) const KIND: &str = MESSAGE;
/// The letter to one of them.
pub(crate) const LETTER: &str = "letter-report-requested";

/// Left by the province: the subject is `form/period/year`. What stands by then is added for the letter, so that of a request
/// that was withdrawn a second letter goes out.
pub(crate) async fn run(work: &Work, header: &Header) -> Result<Vec<Follower>, Failure> {
    let tenant = work.tenant_of(header)?;
    let Some(request) = request(work, &tenant, &header.subject).await? else {
        return Ok(Vec::new());
    };
    let about = format!("{}/{}", header.subject, stands(&request));
    for_holders(work, LETTER, &tenant, &[Role::Reporter], &about).await
}

/// Tells one of them, unless it stands otherwise by now.
pub(crate) async fn letter(work: &Work, header: &Header) -> Result<(), Failure> {
    let tenant = work.tenant_of(header)?;
    let (to, what) = addressed(header)?;
    let (subject, stood) = what.rsplit_once('/').ok_or_else(malformed)?;
    let request = request(work, &tenant, subject).await?;
    let Some(request) = request.filter(|request| stands(request) == stood) else {
        return Ok(());
    };
    let Some(reader) = still_there(work, to, tenant.id().into(), Some(Role::Reporter)).await? else {
        return Ok(());
    };
    let form = subject.split('/').next().unwrap_or_default();
    let withdrawn = request.withdrawn.as_ref();
    let words = ReportRequested {
        agency: tenant.official(work.app.now().day()),
        form: &form_words(form),
        title: &request.title(),
        from: request.from,
        to: request.to,
        due: request.due,
        reference: &request.reference,
        reason: withdrawn.map_or(request.reason.as_str(), |withdrawn| withdrawn.reason.as_str()),
        withdrawn: withdrawn.is_some(),
        link: &work.desk_link(&tenant, "bieu"),
    };
    send(work, header, SPEAKER, &words, &reader).await
}

const fn stands(request: &Request) -> &'static str {
    if request.withdrawn.is_some() {
        "withdrawn"
    } else {
        "open"
    }
}

fn malformed() -> Failure {
    Failure::never("the subject names no request")
}

/// The request, read through the agency's own door, where it concerns it.
async fn request(work: &Work, tenant: &Tenant, subject: &str) -> Result<Option<Request>, Failure> {
    let parts: Vec<&str> = subject.split('/').collect();
    let [_, period, year] = parts.as_slice() else {
        return Err(malformed());
    };
    let (Some(kind), Ok(year)) = (period_of(period), year.parse()) else {
        return Err(malformed());
    };
    let reader = work.app.store().read().tenant(tenant).await?;
    let span = forms(&reader).await?.span(kind, year);
    let request = span.and_then(|span| span.request);
    Ok(request.filter(|request| request.concerns(tenant.id())))
}
