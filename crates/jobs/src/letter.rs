//! Letters: one outbox row a reader, so that a retry reaches only who lacks it. Its id names the letter.

use std::str::FromStr;
use std::time::Duration;

use pbgdpl_mail::{Envelope, Letter, Words};
use pbgdpl_model::id::{AccountId, DomainId};
use pbgdpl_model::policy::Role;
use pbgdpl_scope::Tenant;
use pbgdpl_store::identity::{AccountStatus, Membership};
use pbgdpl_store::machinery::outbox::{Follower, Header};

use crate::failure::Failure;
use crate::work::Work;

/// A mail server that takes longer has hung: well within a lease, so that no other node sends the same letter.
const PATIENCE: Duration = Duration::from_secs(60);

/// Somebody who reads.
#[derive(Debug, Clone)]
pub(crate) struct Reader {
    pub name: String,
    pub address: String,
}

/// Everybody with a role in an agency.
pub(crate) async fn members(work: &Work, tenant: &Tenant) -> Result<Vec<Membership>, Failure> {
    let reader = work.app.store().read().tenant(tenant).await?;
    Ok(reader.members().await?)
}

/// One letter of this kind for each of those who hold a role; `about` says of what, in ids and codes.
pub(crate) fn for_each(
    kind: &'static str,
    tenant: &Tenant,
    members: &[Membership],
    role: Role,
    about: &str,
) -> Vec<Follower> {
    let holders = members.iter().filter(|member| member.role == role);
    holders
        .map(|member| Follower {
            tenant: Some(tenant.id()),
            kind,
            subject: format!("{}/{about}", member.account),
        })
        .collect()
}

/// One letter of this kind for each of those who hold one of these roles in the agency; who holds two gets one.
pub(crate) async fn for_holders(
    work: &Work,
    kind: &'static str,
    tenant: &Tenant,
    roles: &[Role],
    about: &str,
) -> Result<Vec<Follower>, Failure> {
    let members = members(work, tenant).await?;
    let mut all: Vec<Follower> = Vec::new();
    for role in roles {
        for letter in for_each(kind, tenant, &members, *role, about) {
            if !all.contains(&letter) {
                all.push(letter);
            }
        }
    }
    Ok(all)
}

/// One letter of this kind for each of those who follow reports in the province.
pub(crate) async fn for_the_province(
    work: &Work,
    kind: &'static str,
    tenant: &Tenant,
    about: &str,
) -> Result<Vec<Follower>, Failure> {
    let province = work.app.store().registry().now().province().id;
    let identity = work.app.store().read().identity().await?;
    let members = identity.members(province.into()).await?;
    Ok(for_each(kind, tenant, &members, Role::ProvinceReporter, about))
}

/// Whom a letter of [`for_each`] is for, and what it is about.
pub(crate) fn addressed(header: &Header) -> Result<(AccountId, &str), Failure> {
    let malformed = || Failure::never("the subject names no reader");
    let (account, about) = header.subject.split_once('/').ok_or_else(malformed)?;
    Ok((account.parse().map_err(|_| malformed())?, about))
}

/// Reads the id that a letter is about.
pub(crate) fn about<T: FromStr>(text: &str) -> Result<T, Failure> {
    text.parse()
        .map_err(|_| Failure::never("the subject names nothing to write about"))
}

/// The person, if the account may still sign in and still holds this role (any, where none is named) in this place.
/// Asked when the letter leaves, which may be days after the act: who left the agency learns nothing more of it.
pub(crate) async fn still_there(
    work: &Work,
    account: AccountId,
    place: DomainId,
    role: Option<Role>,
) -> Result<Option<Reader>, Failure> {
    let identity = work.app.store().read().identity().await?;
    let person = identity.account(account).await?;
    let Some(person) = person.filter(|person| person.status == AccountStatus::Active) else {
        return Ok(None);
    };
    let places = identity.memberships(account).await?;
    let held = places
        .iter()
        .any(|(domain, roles)| *domain == place && role.map_or(!roles.is_empty(), |role| roles.has(role)));
    Ok(held.then_some(Reader {
        name: person.display_name,
        address: person.email,
    }))
}

/// Sends the letter of this row.
pub(crate) async fn send(
    work: &Work,
    header: &Header,
    speaker: &str,
    words: &impl Words,
    reader: &Reader,
) -> Result<(), Failure> {
    if reader.address.is_empty() {
        return Ok(());
    }
    let envelope = Envelope {
        outbox_id: header.id.0,
        at: work.app.now(),
        speaker,
        to_name: &reader.name,
        to_address: &reader.address,
    };
    let letter = Letter::write(words, &envelope)
        .map_err(|error| Failure::never(format!("the letter cannot be written: {error}")))?;
    match tokio::time::timeout(PATIENCE, work.sender.send(&letter)).await {
        Ok(sent) => Ok(sent?),
        Err(_) => Err(Failure::later("the mail server did not take the letter in time")),
    }
}
