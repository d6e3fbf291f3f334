//! One-time links: the demo's way in, which counts as two factors, and an invited person's way to a first password.

use pbgdpl_model::id::AccountId;
use pbgdpl_store::identity::{Account, AccountStatus, IdentityStore, Ticket};

use super::session::{self, Cookie, Factor};
use super::trail::{self, Trace};
use super::{Visit, password, random};
use crate::{App, Error};

const DEMO: &str = "demo-link";
const INVITATION: &str = "invitation";
/// How long an invitation is good, in seconds: a week.
pub const INVITATION_LIFE: i64 = 7 * 24 * 3600;
/// Longest name of a person, in characters.
const LONGEST_NAME: usize = 100;

/// What a link is good for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// Signs in at once. Minted by `demo` only.
    Demo,
    /// Lets a person choose the first password.
    Invitation {
        /// Whose.
        email: String,
        /// How they are called so far.
        display_name: String,
    },
}

/// Mints a link of the demo, good for a day and once.
///
/// # Errors
/// Where the store fails.
#[tracing::instrument(name = "account.sign_in_link.mint_for_demo", skip_all)]
pub async fn mint_for_demo(app: &App, account: AccountId) -> Result<String, Error> {
    let mut identity = app.store().identity().await?;
    let value = mint(app, &mut identity, account, DEMO, 24 * 3600).await?;
    identity.save().await?;
    Ok(value)
}

pub(super) async fn mint_invitation(
    app: &App,
    identity: &mut IdentityStore,
    account: AccountId,
) -> Result<String, Error> {
    mint(app, identity, account, INVITATION, INVITATION_LIFE).await
}

/// Mints an invitation for the letter of somebody who waits for a first password; `None` where they do no more.
///
/// # Errors
/// Where the store fails.
#[tracing::instrument(name = "account.sign_in_link.mint_for_letter", skip_all)]
pub async fn mint_for_letter(app: &App, account: AccountId) -> Result<Option<(Account, String)>, Error> {
    let mut identity = app.store().identity().await?;
    let found = identity.lock_account(account).await?;
    let waiting = found.filter(|account| {
        account.status == AccountStatus::Active && account.password_hash == password::UNSET
    });
    let Some(invited) = waiting else {
        return Ok(None);
    };
    let link = mint_invitation(app, &mut identity, account).await?;
    identity.save().await?;
    Ok(Some((invited, link)))
}

async fn mint(
    app: &App,
    identity: &mut IdentityStore,
    account: AccountId,
    purpose: &str,
    life: i64,
) -> Result<String, Error> {
    let value = random::value()?;
    let ticket = Ticket {
        token_hash: random::hash_of(&value),
        account,
        purpose: purpose.to_owned(),
        body: String::new(),
        ends_at: app.now().plus_seconds(life),
    };
    identity.add_ticket(&ticket).await?;
    Ok(value)
}

/// What a link is good for; `None` where it was used or ended.
///
/// # Errors
/// Where the store fails.
#[tracing::instrument(name = "account.sign_in_link.kind", skip_all)]
pub async fn kind(app: &App, link: &str) -> Result<Option<Kind>, Error> {
    if living(app, link, DEMO).await?.is_some() {
        return Ok(Some(Kind::Demo));
    }
    let invited = living(app, link, INVITATION)
        .await?
        .filter(|account| account.password_hash == password::UNSET);
    Ok(invited.map(|account| Kind::Invitation {
        email: account.email,
        display_name: account.display_name,
    }))
}

/// Signs in with a link of the demo; `None` where it was used or ended.
///
/// # Errors
/// Where the store fails.
#[tracing::instrument(name = "account.sign_in_link.follow", skip_all)]
pub async fn follow(app: &App, link: &str, visit: &Visit) -> Result<Option<Cookie>, Error> {
    let Some(account) = living(app, link, DEMO).await? else {
        return Ok(None);
    };
    let now = app.now();
    let mut identity = app.store().identity().await?;
    if !identity.use_ticket(&random::hash_of(link), now).await? {
        return Ok(None);
    }
    let lasting = Factor {
        at: Some(now),
        lasting: true,
    };
    let cookie = session::begin(&mut identity, account.id, lasting, visit, now).await?;
    identity.save().await?;
    Ok(Some(cookie))
}

/// Chooses a name (empty: as it is) and the first password with an invitation and signs in, without a second factor; `None` where the link ended.
///
/// # Errors
/// [`Error::Invalid`] where the password is too easy, or a fault of the store.
#[tracing::instrument(name = "account.sign_in_link.accept", skip_all)]
pub async fn accept(
    app: &App,
    link: &str,
    (name, new): (&str, &str),
    visit: &Visit,
) -> Result<Option<Cookie>, Error> {
    let Some(account) = living(app, link, INVITATION).await? else {
        return Ok(None);
    };
    if let Some(reason) = password::cannot_be_used(new, &account.email) {
        return Err(Error::invalid("new", reason));
    }
    let name = name.trim();
    if name.chars().count() > LONGEST_NAME {
        return Err(Error::invalid("name", format!("dài quá {LONGEST_NAME} ký tự.")));
    }
    let now = app.now();
    let hash = password::hash(new).await?;
    let mut identity = app.store().identity().await?;
    if !identity.use_ticket(&random::hash_of(link), now).await? {
        return Ok(None);
    }
    // Of two invitations only the first one used counts: an account that has a password is not taken over by the other.
    if !identity
        .set_password(account.id, password::UNSET, &hash, now)
        .await?
    {
        return Ok(None);
    }
    if !name.is_empty() {
        identity.set_display_name(account.id, name, now).await?;
    }
    identity.end_sessions(account.id).await?;
    let cookie = session::begin(&mut identity, account.id, Factor::default(), visit, now).await?;
    trail::own(&mut identity, visit, Trace::FirstPassword, account.id, now).await?;
    identity.save().await?;
    Ok(Some(cookie))
}

async fn living(app: &App, link: &str, purpose: &str) -> Result<Option<Account>, Error> {
    let identity = app.store().read().identity().await?;
    let Some(ticket) = identity
        .ticket(&random::hash_of(link), purpose, app.now())
        .await?
    else {
        return Ok(None);
    };
    let account = identity.account(ticket.account).await?;
    Ok(account.filter(|account| account.status == AccountStatus::Active))
}
