//! Sessions: begun, resumed with each request, ended. A new value at every sign-in and every second factor.

use pbgdpl_model::clock::Moment;
use pbgdpl_model::id::{AccountId, DomainId};
use pbgdpl_model::policy::Role;
use pbgdpl_scope::Actor;
use pbgdpl_store::identity::{IdentityStore, Session, SignedIn};

use super::trail::{self, Trace};
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

/// How long a second factor counts as shown just now, in seconds (SECURITY 5.3).
pub const FRESH: i64 = 10 * 60;
/// How long the old value of a session whose roles changed still answers requests under way, in seconds.
const OVERLAP: i64 = 30;

/// The second factor of a session that begins.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Factor {
    /// When it was shown.
    pub at: Option<Moment>,
    /// Whether it counts for the whole life of the session: a one-time link of the demo.
    pub lasting: bool,
}

impl Factor {
    /// Shown now.
    pub(super) const fn shown(now: Moment) -> Self {
        Self {
            at: Some(now),
            lasting: false,
        }
    }

    /// As in the session that is replaced: nothing new was shown.
    pub(super) const fn of(session: &Session) -> Self {
        Self {
            at: session.second_factor_at,
            lasting: session.lasting,
        }
    }
}

/// Begins a session in place of the one the browser had, and tells the person of a device not seen before.
pub(super) async fn begin(
    identity: &mut IdentityStore,
    account: AccountId,
    factor: Factor,
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
        second_factor_at: factor.at,
        ends_at: now.plus_seconds(ABSOLUTE),
        device: visit.device.label().to_owned(),
        lasting: factor.lasting,
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
        trail::own(identity, visit, Trace::NewDevice, account, now).await?;
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

/// The same session under another value, with its second factor shown again: it lives no longer for that.
pub(super) async fn go_on(
    identity: &mut IdentityStore,
    old: &Session,
    factor: Factor,
    visit: &Visit,
    now: Moment,
) -> Result<Cookie, Error> {
    let value = random::value()?;
    let session = Session {
        token_hash: random::hash_of(&value),
        seen_at: now,
        second_factor_at: factor.at,
        lasting: factor.lasting,
        device: visit.device.label().to_owned(),
        ..old.clone()
    };
    identity.add_session(&session).await?;
    Ok(Cookie(value))
}

/// Whether a second factor was shown just now. `demo`: one-time links exist, whose factor lasts.
#[must_use]
pub fn is_fresh(session: &Session, demo: bool, now: Moment) -> bool {
    let Some(shown) = session.second_factor_at else {
        return false;
    };
    (demo && session.lasting) || now < shown.plus_seconds(FRESH)
}

/// A new value for a session whose person's roles changed (SECURITY 5.3); the old one answers requests under way for a
/// moment. `None` where it was replaced already.
///
/// # Errors
/// Where the store fails.
#[tracing::instrument(name = "account.session.renew", skip_all)]
pub async fn renew(app: &App, person: &SignedIn) -> Result<Option<Cookie>, Error> {
    let now = app.now();
    let old = &person.session;
    let value = random::value()?;
    let mut identity = app.store().identity().await?;
    if !identity
        .outdate_session(&old.token_hash, now.plus_seconds(OVERLAP))
        .await?
    {
        return Ok(None);
    }
    let session = Session {
        token_hash: random::hash_of(&value),
        seen_at: now,
        ..old.clone()
    };
    identity.add_session(&session).await?;
    identity.save().await?;
    Ok(Some(Cookie(value)))
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
pub fn actor_in(person: &SignedIn, domain: DomainId, demo: bool, now: Moment) -> Actor {
    let fresh = is_fresh(&person.session, demo, now);
    let actor = Actor::person(
        person.session.account,
        person.display_name.clone(),
        person.roles_in(domain),
        fresh,
    );
    if person.session.second_factor_at.is_some() && !fresh {
        actor.with_stale_second_factor()
    } else {
        actor
    }
}
