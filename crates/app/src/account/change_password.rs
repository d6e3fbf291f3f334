//! Changes the own password: the old one is asked again, every other session and every sign-in half done ends.

use pbgdpl_model::clock::Moment;
use pbgdpl_store::identity::SignedIn;

use super::lockout::{self, Answer, Door};
use super::session::{self, Cookie, Factor};
use super::trail::{self, Trace};
use super::{Visit, password, sign_in};
use crate::{App, Error};

/// What came of it.
#[derive(Debug)]
pub enum Outcome {
    /// Changed; this session goes on under a new value.
    Changed(Cookie),
    /// The old password is wrong.
    Wrong {
        /// Tries left.
        left: u64,
    },
    /// Too many wrong tries.
    Locked {
        /// When the next one is looked at.
        until: Moment,
    },
    /// The new password is too easy: the reason, in the words of the screen.
    Unfit(String),
}

/// Changes the password.
///
/// # Errors
/// [`Error::NotFound`] where the account is gone, [`Error::Stale`] where it or the session changed meanwhile,
/// [`Error::Overload`], or a fault of the store.
#[tracing::instrument(name = "account.change_password", skip_all)]
pub async fn change_password(
    app: &App,
    person: &SignedIn,
    old: &str,
    new: &str,
    visit: &Visit,
) -> Result<Outcome, Error> {
    let now = app.now();
    if let Some(reason) = password::cannot_be_used(new, &person.email) {
        return Ok(Outcome::Unfit(reason));
    }
    let door = Door::address(&person.email);
    let noted = match lockout::knock(app, std::slice::from_ref(&door), now).await? {
        Answer::Go(noted) => noted,
        Answer::Closed(until) => return Ok(Outcome::Locked { until }),
    };
    let account = app
        .store()
        .read()
        .identity()
        .await?
        .account(person.session.account)
        .await?;
    let account = account.ok_or(Error::NotFound)?;
    let hash = match replaced(old, &account.password_hash, new).await {
        Err(Error::Overload) => {
            // Nobody looked at it to the end: it must not count against the person.
            lockout::forget(app, &noted).await?;
            return Err(Error::Overload);
        }
        looked_at => looked_at?,
    };
    let Some(hash) = hash else {
        return Ok(Outcome::Wrong {
            left: lockout::tries_left(app, &door, now).await?,
        });
    };
    let mut identity = app.store().identity().await?;
    // Hashing takes its time: an account that was disabled, or changed elsewhere meanwhile, stays as it is.
    if !identity
        .set_password(account.id, &account.password_hash, &hash, now)
        .await?
        || identity
            .signed_in(&person.session.token_hash, now)
            .await?
            .is_none()
    {
        return Err(Error::Stale);
    }
    lockout::succeeded(&mut identity, &door, &noted, app.now()).await?;
    identity.end_sessions(account.id).await?;
    identity.end_tickets(account.id, Some(sign_in::PURPOSE)).await?;
    let factor = Factor::of(&person.session);
    let cookie = session::begin(&mut identity, account.id, factor, visit, now).await?;
    trail::own(&mut identity, visit, Trace::ChangePassword, account.id, now).await?;
    identity.save().await?;
    Ok(Outcome::Changed(cookie))
}

/// The hash of the new password; `None` where the old one is wrong.
async fn replaced(old: &str, stored: &str, new: &str) -> Result<Option<String>, Error> {
    if password::matches(old, Some(stored)).await? {
        Ok(Some(password::hash(new).await?))
    } else {
        Ok(None)
    }
}
