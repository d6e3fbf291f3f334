//! Sessions: begun, resumed with each request, ended. A new value at every sign-in and every second factor.

use pbgdpl_model::clock::Moment;
use pbgdpl_model::id::{AccountId, DomainId};
use pbgdpl_model::policy::Role;
use pbgdpl_scope::Actor;
use pbgdpl_store::identity::{IdentityStore, Session, SignedIn};

use super::{Visit, random};
use crate::{App, Error};

/// The end of every session, in seconds: twelve hours (SECURITY 5.3).
pub const ABSOLUTE: i64 = 12 * 3600;
/// How long staff may rest, in seconds.
pub const IDLE: i64 = 15 * 60;
/// How long administrators may rest, in seconds.
pub const IDLE_ADMINISTRATOR: i64 = 5 * 60;
/// Use is written down once a minute.
const TOUCH: i64 = 60;

/// The value of a session's cookie; only its hash is kept.
#[derive(Clone, PartialEq, Eq)]
pub struct Cookie(String);

impl Cookie {
    /// The value, for `Set-Cookie`.
    #[must_use]
    pub fn value(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Cookie {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Cookie(…)")
    }
}

/// Begins a session in place of the one the browser had, and tells the person of a device not seen before.
pub(super) async fn begin(
    identity: &mut IdentityStore,
    account: AccountId,
    second_factor: bool,
    visit: &Visit,
    now: Moment,
) -> Result<Cookie, Error> {
    if let Some(old) = &visit.old_session {
        identity.end_session(&random::hash_of(old)).await?;
    }
    let value = random::value()?;
    let session = Session {
        token_hash: random::hash_of(&value),
        account,
        created_at: now,
        seen_at: now,
        second_factor_at: second_factor.then_some(now),
        ends_at: now.plus_seconds(ABSOLUTE),
        device: visit.device.label().to_owned(),
    };
    identity.add_session(&session).await?;
    let device = visit.device.hash_for(account);
    if identity
        .add_device(account, &device, visit.device.label(), now)
        .await?
    {
        let subject = format!("{account}:{device}");
        identity
            .send("new-device", &subject, visit.trace.as_deref(), now)
            .await?;
    }
    Ok(Cookie(value))
}

/// The person behind a cookie, unless the session ended, rested too long, or the account is disabled.
///
/// # Errors
/// Where the store fails.
#[tracing::instrument(name = "account.session.resume", skip_all)]
pub async fn resume(app: &App, cookie: &str) -> Result<Option<SignedIn>, Error> {
    let now = app.now();
    let hash = random::hash_of(cookie);
    let found = app.store().read().identity().await?.signed_in(&hash, now).await?;
    let Some(person) = found.filter(|person| now < person.session.seen_at.plus_seconds(idle_seconds(person)))
    else {
        return Ok(None);
    };
    if now >= person.session.seen_at.plus_seconds(TOUCH) {
        let mut identity = app.store().identity().await?;
        identity.touch_session(&hash, now).await?;
        identity.save().await?;
    }
    Ok(Some(person))
}

/// How long a person may rest, in seconds: administrators shorter.
#[must_use]
pub fn idle_seconds(person: &SignedIn) -> i64 {
    let administers = person
        .memberships
        .iter()
        .any(|(_, roles)| roles.has(Role::AgencyAdmin) || roles.has(Role::ProvinceAdmin));
    if administers { IDLE_ADMINISTRATOR } else { IDLE }
}

/// The person as an actor in one place, with the roles held there and nowhere else.
#[must_use]
pub fn actor_in(person: &SignedIn, domain: DomainId) -> Actor {
    Actor::person(
        person.session.account,
        person.display_name.clone(),
        person.roles_in(domain),
        person.session.second_factor_at.is_some(),
    )
}
