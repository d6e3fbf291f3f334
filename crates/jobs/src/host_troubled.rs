//! Something is the matter with a host name of an agency's own: a letter to each who answers for the section (TEN-22).

use pbgdpl_mail::letter::HostTroubled;
use pbgdpl_model::clock::Moment;
use pbgdpl_model::id::HostId;
use pbgdpl_model::outbox::Message;
use pbgdpl_model::own_host::{GRACE_SECONDS, Standing};
use pbgdpl_model::policy::Role;
use pbgdpl_scope::Tenant;
use pbgdpl_store::machinery::outbox::{Follower, Header};
use pbgdpl_store::tenant::HostClaim;
use pbgdpl_vietnamese::date;

use crate::failure::Failure;
use crate::letter::{about, addressed, for_holders, send, still_there};
use crate::work::{Work, misdirected};

/// The message.
pub(crate) const MESSAGE: &str = "host-troubled";
/// The letter to one of them.
pub(crate) const LETTER: &str = "letter-host-troubled";

pub(crate) async fn run(work: &Work, header: &Header) -> Result<Vec<Follower>, Failure> {
    let (tenant, message) = work.message(header).await?;
    let Message::HostTroubled { host } = message else {
        return Err(misdirected());
    };
    if troubled(work, &tenant, host).await?.is_none() {
        return Ok(Vec::new());
    }
    for_holders(work, LETTER, &tenant, &[Role::AgencyAdmin], &host.to_string()).await
}

/// Tells one of them, unless all is well again.
pub(crate) async fn letter(work: &Work, header: &Header) -> Result<(), Failure> {
    let tenant = work.tenant_of(header)?;
    let (to, what) = addressed(header)?;
    let id: HostId = about(what)?;
    let Some(claim) = troubled(work, &tenant, id).await? else {
        return Ok(());
    };
    let Some(reader) = still_there(work, to, tenant.id().into(), Some(Role::AgencyAdmin)).await? else {
        return Ok(());
    };
    let losing = claim.claim.standing() == Standing::Losing;
    let until = claim.claim.missed_since.filter(|_| losing);
    let words = HostTroubled {
        agency: tenant.official(work.app.now().day()),
        host: &claim.host,
        standing: claim.claim.standing().label(),
        matters: claim
            .findings
            .iter()
            .map(|one| (one.says(), one.advises()))
            .collect(),
        until: until.map(|since| moment(since.plus_seconds(GRACE_SECONDS))),
        off: claim.claim.standing() == Standing::Suspended,
        link: &work.desk_link(&tenant, "ten-mien"),
    };
    send(work, header, "Hệ thống PBGDPL", &words, &reader).await
}

/// "8 giờ 15 ngày 01/02/2026".
fn moment(at: Moment) -> String {
    let local = date::local_datetime(at.utc());
    format!(
        "{} ngày {}",
        date::hour_minute(&local),
        date::dmy(local.date_naive())
    )
}

/// The claim, if there is still something to be said of it.
async fn troubled(work: &Work, tenant: &Tenant, id: HostId) -> Result<Option<HostClaim>, Failure> {
    let reader = work.app.store().read().tenant(tenant).await?;
    let claim = reader.host_claim(id).await?;
    Ok(claim.filter(|claim| !claim.findings.is_empty() || claim.claim.standing() == Standing::Suspended))
}
