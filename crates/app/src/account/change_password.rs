//! Changes the own password: the old one is asked again, every other session ends.

use pbgdpl_store::identity::SignedIn;

use super::session::{self, Cookie};
use super::{Visit, lockout, password};
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
    Locked,
    /// The new password is too easy: the reason, in the words of the screen.
    Unfit(String),
}

/// Changes the password.
///
/// # Errors
/// [`Error::NotFound`] where the account is gone, or a fault of the store.
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
    if !lockout::may_try(app, &person.email, now).await? {
        return Ok(Outcome::Locked);
    }
    let account = app
        .store()
        .read()
        .identity()
        .await?
        .account(person.session.account)
        .await?;
    let account = account.ok_or(Error::NotFound)?;
    if !password::matches(old, Some(&account.password_hash)).await? {
        return Ok(Outcome::Wrong {
            left: lockout::tries_left(app, &person.email, now).await?,
        });
    }
    let hash = password::hash(new).await?;
    let mut identity = app.store().identity().await?;
    // Hashing takes its time: an account that was disabled, or changed elsewhere meanwhile, stays as it is.
    if !identity
        .set_password(account.id, &account.password_hash, &hash, now)
        .await?
    {
        return Err(Error::Stale);
    }
    identity.add_attempt(&person.email, true, app.now()).await?;
    identity.end_sessions(account.id).await?;
    let second_factor = person.session.second_factor_at.is_some();
    let cookie = session::begin(&mut identity, account.id, second_factor, visit, now).await?;
    identity.save().await?;
    Ok(Outcome::Changed(cookie))
}
