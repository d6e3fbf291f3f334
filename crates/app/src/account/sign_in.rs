//! Signs in with e-mail address and password; where a second factor is set up, that is only the first half.

use pbgdpl_model::clock::Moment;
use pbgdpl_model::id::AccountId;
use pbgdpl_store::identity::{Account, AccountStatus, Ticket};

use super::lockout::{self, Answer, Door, Noted};
use super::session::{self, Cookie, Factor};
use super::trail::{self, By, Trace};
use super::{Visit, password, random};
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
    /// Too many wrong tries, at this address (also one that nobody has) or from this network.
    Locked {
        /// When the next one is looked at.
        until: Moment,
    },
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
/// [`Error::Overload`] where too many sign in at once, or a fault of the store.
#[tracing::instrument(name = "account.sign_in", skip_all)]
pub async fn sign_in(app: &App, email: &str, typed: &str, visit: &Visit) -> Result<Outcome, Error> {
    let now = app.now();
    if email.len() > 254 || typed.chars().count() > password::LONGEST {
        return Ok(Outcome::Refused {
            left: lockout::MOST_TRIES,
        });
    }
    let address = Door::address(email);
    let mut doors = vec![address.clone()];
    doors.extend(visit.client.map(Door::network));
    let noted = match lockout::knock(app, &doors, now).await? {
        Answer::Go(noted) => noted,
        Answer::Closed(until) => return Ok(Outcome::Locked { until }),
    };
    let account = app
        .store()
        .read()
        .identity()
        .await?
        .account_by_email(email)
        .await?;
    let stored = account.as_ref().map(|account| account.password_hash.as_str());
    let right = match password::matches(typed, stored).await {
        Err(Error::Overload) => {
            // Nobody looked at it: it must not count against the person.
            lockout::forget(app, &noted).await?;
            return Err(Error::Overload);
        }
        looked_at => looked_at?,
    };
    let tried = account.as_ref().map(|account| account.id);
    let known = account.filter(|account| right && account.status == AccountStatus::Active);
    let begun = match known {
        Some(account) => begin(app, &account, (&address, &noted), visit, now).await?,
        None => None,
    };
    match begun {
        Some(outcome) => Ok(outcome),
        None => {
            let left = lockout::tries_left(app, &address, now).await?;
            if let (0, Some(account)) = (left, tried) {
                locked(app, account, visit, now).await?;
            }
            Ok(Outcome::Refused { left })
        }
    }
}

/// Records that the door of an account closed: once a closing, so at most once in a quarter of an hour. That it costs a
/// writing more than an address nobody has tells a stranger next to nothing: it cannot be asked again before the door opens.
async fn locked(app: &App, account: AccountId, visit: &Visit, now: Moment) -> Result<(), Error> {
    let mut identity = app.store().identity().await?;
    let by = By::system("Đăng nhập", &visit.request);
    trail::record(&mut identity, by, Trace::Locked, account, now).await?;
    Ok(identity.save().await?)
}

/// `None` where the password changed, or the account was disabled, while its hash was computed.
async fn begin(
    app: &App,
    account: &Account,
    (address, noted): (&Door, &Noted),
    visit: &Visit,
    now: Moment,
) -> Result<Option<Outcome>, Error> {
    let mut identity = app.store().identity().await?;
    let unchanged = identity.lock_account(account.id).await?.is_some_and(|current| {
        current.status == AccountStatus::Active && current.password_hash == account.password_hash
    });
    if !unchanged {
        return Ok(None);
    }
    lockout::succeeded(&mut identity, address, noted, app.now()).await?;
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
        Outcome::SignedIn(session::begin(&mut identity, account.id, Factor::default(), visit, now).await?)
    };
    identity.save().await?;
    Ok(Some(outcome))
}
