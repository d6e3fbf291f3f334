//! Shows the second factor once more before a weighty act (SECURITY 5.3): the session goes on under a new value.

use pbgdpl_model::clock::Moment;
use pbgdpl_store::identity::SignedIn;

use super::lockout::{self, Answer, Door};
use super::session::{self, Cookie, Factor};
use super::{Visit, second_factor};
use crate::{App, Error};

/// What came of it.
#[derive(Debug)]
pub enum Outcome {
    /// Shown; the session has a new value, and the old one is dead.
    Shown(Cookie),
    /// Wrong, too old, or used before.
    Wrong {
        /// Tries left.
        left: u64,
    },
    /// Too many wrong tries.
    Locked {
        /// When the next one is looked at.
        until: Moment,
    },
}

/// Takes the code of a person who is signed in: the same tries, and each code once, as at signing in.
///
/// # Errors
/// [`Error::Stale`] where the session ended meanwhile, or a fault of the store.
#[tracing::instrument(name = "account.step_up", skip_all)]
pub async fn step_up(app: &App, person: &SignedIn, code: &str, visit: &Visit) -> Result<Outcome, Error> {
    let now = app.now();
    let account = person.session.account;
    let door = Door::code(account);
    let noted = match lockout::knock(app, std::slice::from_ref(&door), now).await? {
        Answer::Go(noted) => noted,
        Answer::Closed(until) => return Ok(Outcome::Locked { until }),
    };
    let mut identity = app.store().identity().await?;
    identity.lock_account(account).await?;
    let old = person.session.token_hash;
    if identity.signed_in(&old, now).await?.is_none() {
        return Err(Error::Stale);
    }
    if !second_factor::takes(&mut identity, account, code, now).await? {
        drop(identity);
        return match lockout::tries_left(app, &door, now).await? {
            0 => Ok(Outcome::Locked {
                until: lockout::opens_at(app, &door, now).await?,
            }),
            left => Ok(Outcome::Wrong { left }),
        };
    }
    lockout::succeeded(&mut identity, &door, &noted, app.now()).await?;
    identity.end_session(&old).await?;
    let cookie = session::go_on(&mut identity, &person.session, Factor::shown(now), visit, now).await?;
    identity.save().await?;
    Ok(Outcome::Shown(cookie))
}
