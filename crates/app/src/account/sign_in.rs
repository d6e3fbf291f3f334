//! Signs in with e-mail address and password; where a second factor is set up, that is only the first half.

use pbgdpl_store::identity::{AccountStatus, Ticket};

use super::session::{self, Cookie};
use super::{Visit, lockout, password, random};
use crate::{App, Error};

/// How long the second half may take, in seconds.
pub const TICKET_LIFE: i64 = 5 * 60;
pub(super) const PURPOSE: &str = "second-factor";

/// What came of it.
#[derive(Debug)]
pub enum Outcome {
    /// Unknown address, wrong password or disabled account: one answer for all three.
    Refused {
        /// Tries left.
        left: u64,
    },
    /// Too many wrong tries; also for addresses nobody has.
    Locked,
    /// Right so far: the code is asked next, with this ticket.
    CodeNeeded {
        /// Value of the sign-in cookie.
        ticket: String,
    },
    /// Signed in without a second factor, because none is set up.
    SignedIn(Cookie),
}

/// Signs in.
///
/// # Errors
/// Where the store fails.
#[tracing::instrument(name = "account.sign_in", skip_all)]
pub async fn sign_in(app: &App, email: &str, typed: &str, visit: &Visit) -> Result<Outcome, Error> {
    let now = app.now();
    if email.len() > 254 || typed.chars().count() > password::LONGEST {
        return Ok(Outcome::Refused {
            left: lockout::MOST_TRIES,
        });
    }
    if !lockout::may_try(app, email, now).await? {
        return Ok(Outcome::Locked);
    }
    let account = app
        .store()
        .read()
        .identity()
        .await?
        .account_by_email(email)
        .await?;
    let stored = account.as_ref().map(|account| account.password_hash.as_str());
    let right = password::matches(typed, stored).await?;
    let Some(account) = account.filter(|account| right && account.status == AccountStatus::Active) else {
        return Ok(Outcome::Refused {
            left: lockout::tries_left(app, email, now).await?,
        });
    };
    let mut identity = app.store().identity().await?;
    identity.add_attempt(email, true, app.now()).await?;
    let factor = identity.totp(account.id).await?;
    let outcome = if factor.is_some_and(|factor| factor.confirmed_at.is_some()) {
        let value = random::value()?;
        let ticket = Ticket {
            token_hash: random::hash_of(&value),
            account: account.id,
            purpose: PURPOSE.to_owned(),
            body: String::new(),
            ends_at: now.plus_seconds(TICKET_LIFE),
        };
        identity.add_ticket(&ticket).await?;
        Outcome::CodeNeeded { ticket: value }
    } else {
        Outcome::SignedIn(session::begin(&mut identity, account.id, false, visit, now).await?)
    };
    identity.save().await?;
    Ok(outcome)
}
