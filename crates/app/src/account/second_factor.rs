//! The second half of signing in: the code. Each code is good once, each ticket for five tries.

use pbgdpl_model::id::AccountId;
use pbgdpl_store::identity::{AccountStatus, Ticket};

use super::session::{self, Cookie};
use super::{Visit, lockout, random, sign_in, totp};
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
    let key = code_key(ticket.account);
    if !lockout::may_try(app, &key, now).await? {
        let mut identity = app.store().identity().await?;
        identity.use_ticket(&ticket.token_hash, now).await?;
        identity.save().await?;
        return Ok(Outcome::Over);
    }
    let mut identity = app.store().identity().await?;
    let step = match identity.totp(ticket.account).await? {
        Some(factor) if factor.confirmed_at.is_some() => totp::step_of(&factor.secret, code, now)?,
        _ => None,
    };
    // Both in one statement each: of equal codes sent at once, one finds its step and its ticket unused.
    let accepted = match step {
        Some(step) => {
            identity.use_totp_step(ticket.account, step).await?
                && identity.use_ticket(&ticket.token_hash, now).await?
        }
        None => false,
    };
    if !accepted {
        drop(identity);
        let left = lockout::tries_left(app, &key, now).await?;
        return Ok(if left == 0 {
            Outcome::Over
        } else {
            Outcome::Wrong { left }
        });
    }
    identity.add_attempt(&key, true, app.now()).await?;
    let cookie = session::begin(&mut identity, ticket.account, true, visit, now).await?;
    identity.save().await?;
    Ok(Outcome::SignedIn(cookie))
}

/// Under which tries at a person's code are counted: over all their tickets, or a new ticket would mean new tries.
pub(super) fn code_key(account: AccountId) -> String {
    format!("code:{account}")
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
