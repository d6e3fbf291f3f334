//! The second half of signing in: the code. Each code is good once, each ticket for five tries.

use pbgdpl_model::clock::Moment;
use pbgdpl_model::id::AccountId;
use pbgdpl_store::identity::{AccountStatus, IdentityStore, Ticket};

use super::lockout::{self, Answer, Door};
use super::session::{self, Cookie, Factor};
use super::{Visit, random, sign_in, totp};
use crate::{App, Error};

/// What came of it.
#[derive(Debug)]
pub enum Outcome {
    /// Signed in, with a second factor.
    SignedIn(Cookie),
    /// Wrong, too old, or used before.
    Wrong {
        /// Tries left.
        left: u64,
    },
    /// The ticket ended or too many tries: from the start again.
    Over,
}

/// The e-mail address a ticket belongs to, to show beside the code; `None` where it has ended.
///
/// # Errors
/// Where the store fails.
#[tracing::instrument(name = "account.second_factor.waiting", skip_all)]
pub async fn waiting(app: &App, ticket: &str) -> Result<Option<String>, Error> {
    let Some((_, email)) = living(app, ticket).await? else {
        return Ok(None);
    };
    Ok(Some(email))
}

/// Signs in with a ticket and a code.
///
/// # Errors
/// Where the store fails.
#[tracing::instrument(name = "account.second_factor.confirm", skip_all)]
pub async fn confirm(app: &App, ticket: &str, code: &str, visit: &Visit) -> Result<Outcome, Error> {
    let now = app.now();
    let Some((ticket, _)) = living(app, ticket).await? else {
        return Ok(Outcome::Over);
    };
    let door = Door::code(ticket.account);
    let noted = match lockout::knock(app, std::slice::from_ref(&door), now).await? {
        Answer::Go(noted) => noted,
        Answer::Closed(_) => {
            let mut identity = app.store().identity().await?;
            identity.use_ticket(&ticket.token_hash, now).await?;
            identity.save().await?;
            return Ok(Outcome::Over);
        }
    };
    let mut identity = app.store().identity().await?;
    let current = identity.lock_account(ticket.account).await?;
    if current.is_none_or(|account| account.status != AccountStatus::Active) {
        return Ok(Outcome::Over);
    }
    // Both in one statement each: of equal codes sent at once, one finds its step and its ticket unused.
    let accepted = takes(&mut identity, ticket.account, code, now).await?
        && identity.use_ticket(&ticket.token_hash, now).await?;
    if !accepted {
        drop(identity);
        let left = lockout::tries_left(app, &door, now).await?;
        return Ok(if left == 0 {
            Outcome::Over
        } else {
            Outcome::Wrong { left }
        });
    }
    lockout::succeeded(&mut identity, &door, &noted, app.now()).await?;
    let cookie = session::begin(&mut identity, ticket.account, Factor::shown(now), visit, now).await?;
    identity.save().await?;
    Ok(Outcome::SignedIn(cookie))
}

/// Whether this is a right code of a factor that is on; it is used up then.
pub(super) async fn takes(
    identity: &mut IdentityStore,
    account: AccountId,
    code: &str,
    now: Moment,
) -> Result<bool, Error> {
    let step = match identity.totp(account).await? {
        Some(factor) if factor.confirmed_at.is_some() => totp::step_of(&factor.secret, code, now)?,
        _ => None,
    };
    match step {
        Some(step) => Ok(identity.use_totp_step(account, step).await?),
        None => Ok(false),
    }
}

async fn living(app: &App, ticket: &str) -> Result<Option<(Ticket, String)>, Error> {
    let identity = app.store().read().identity().await?;
    let hash = random::hash_of(ticket);
    let Some(ticket) = identity.ticket(&hash, sign_in::PURPOSE, app.now()).await? else {
        return Ok(None);
    };
    let account = identity.account(ticket.account).await?;
    Ok(account
        .filter(|account| account.status == AccountStatus::Active)
        .map(|account| (ticket, account.email)))
}
