//! An agency asked for more time: a letter to each of those who follow reports in the province.

use pbgdpl_mail::letter::ExtensionAsked;
use pbgdpl_model::outbox::Message;
use pbgdpl_model::policy::Role;
use pbgdpl_model::report::Extension;
use pbgdpl_scope::Tenant;
use pbgdpl_store::machinery::outbox::{Follower, Header};
use pbgdpl_store::province::OfReport;

use crate::failure::Failure;
use crate::letter::{addressed, for_the_province, send, still_there};
use crate::report_decided::{form_words, period_words};
use crate::work::{Work, misdirected};

/// The letter to one of them.
pub(crate) const LETTER: &str = "letter-extension-asked";

/// Which asking a letter speaks of: `form/period/year/number`.
pub(crate) struct Subject {
    pub form: String,
    pub period: String,
    pub year: i32,
    pub number: i32,
}

impl Subject {
    pub(crate) fn read(text: &str) -> Result<Self, Failure> {
        let malformed = || Failure::never("the subject names no asking");
        let mut parts = text.split('/');
        let mut part = || parts.next().ok_or_else(malformed);
        Ok(Self {
            form: part()?.to_owned(),
            period: part()?.to_owned(),
            year: part()?.parse().map_err(|_| malformed())?,
            number: part()?.parse().map_err(|_| malformed())?,
        })
    }

    /// What was asked, and answered.
    pub(crate) async fn extension(&self, work: &Work, tenant: &Tenant) -> Result<Extension, Failure> {
        let reader = work.app.store().read().tenant(tenant).await?;
        let of = OfReport {
            form: &self.form,
            period: &self.period,
            year: self.year,
        };
        let asked = reader.extensions(of).await?;
        let found = asked.into_iter().find(|asked| asked.number == self.number);
        found.ok_or_else(|| Failure::never("nothing of that number was asked"))
    }
}

/// Who is to be told.
pub(crate) async fn run(work: &Work, header: &Header) -> Result<Vec<Follower>, Failure> {
    let (tenant, message) = work.message(header).await?;
    let Message::ExtensionAsked {
        form,
        period,
        year,
        number,
    } = message
    else {
        return Err(misdirected());
    };
    for_the_province(work, LETTER, &tenant, &format!("{form}/{period}/{year}/{number}")).await
}

/// Tells one of them, unless somebody answered meanwhile.
pub(crate) async fn letter(work: &Work, header: &Header) -> Result<(), Failure> {
    let tenant = work.tenant_of(header)?;
    let (to, what) = addressed(header)?;
    let subject = Subject::read(what)?;
    let asked = subject.extension(work, &tenant).await?;
    if asked.answer.is_some() {
        return Ok(());
    }
    let province = work.app.store().registry().now().province().id;
    let Some(reader) = still_there(work, to, province.into(), Some(Role::ProvinceReporter)).await? else {
        return Ok(());
    };
    let agency = tenant.official(work.app.now().day());
    let words = ExtensionAsked {
        agency,
        form: &form_words(&subject.form),
        period: &period_words(&subject.period, subject.year),
        until: asked.wanted_until,
        reason: &asked.reason,
        link: &format!(
            "{}/tinh/bao-cao/{}/{}/{}/{}/gia-han",
            work.desk,
            subject.form,
            subject.period,
            subject.year,
            tenant.slug()
        ),
    };
    send(work, header, agency, &words, &reader).await
}
