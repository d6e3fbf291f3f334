//! The province answered an agency that asked for more time: a letter to its reporters.

use pbgdpl_mail::letter::ExtensionAnswered;
use pbgdpl_model::policy::Role;
use pbgdpl_store::machinery::outbox::{Follower, Header};

use crate::extension_asked::Subject;
use crate::failure::Failure;
use crate::letter::{addressed, for_holders, send, still_there};
use crate::report_decided::{form_words, period_words};
use crate::work::Work;

/// The letter to one of them.
pub(crate) const LETTER: &str = "letter-extension-answered";

/// Left by the province, which writes no tenant row: the subject is `form/period/year/number`.
pub(crate) async fn run(work: &Work, header: &Header) -> Result<Vec<Follower>, Failure> {
    let tenant = work.tenant_of(header)?;
    Subject::read(&header.subject)?;
    for_holders(work, LETTER, &tenant, &[Role::Reporter], &header.subject).await
}

/// Tells one of them.
pub(crate) async fn letter(work: &Work, header: &Header) -> Result<(), Failure> {
    let tenant = work.tenant_of(header)?;
    let (to, what) = addressed(header)?;
    let subject = Subject::read(what)?;
    let Some(answer) = subject.extension(work, &tenant).await?.answer else {
        return Ok(());
    };
    let Some(reader) = still_there(work, to, tenant.id().into(), Some(Role::Reporter)).await? else {
        return Ok(());
    };
    let words = ExtensionAnswered {
        agency: tenant.official(work.app.now().day()),
        form: &form_words(&subject.form),
        period: &period_words(&subject.period, subject.year),
        until: answer.until,
        reason: &answer.reason,
        link: &work.desk_link(
            &tenant,
            &format!("bieu/{}/{}/{}", subject.form, subject.period, subject.year),
        ),
    };
    send(work, header, "Sở Tư pháp", &words, &reader).await
}
