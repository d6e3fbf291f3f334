//! Takes a lost second factor, or a forgotten password, away: the person is invited anew, so that the proof is the one of the first enrolment (ASVS 6.4.4).

use pbgdpl_store::identity::AccountStatus;

use super::trail::{self, By, Trace};
use super::{password, sign_in_link};
use crate::{App, Error};

/// Takes the second factor and the password of the account with this address, ends its sessions, tells the person by letter.
/// The answer is the value of the one-time link with which the person begins again: a password, then a new factor.
///
/// # Errors
/// [`Error::NotFound`] where no account uses the address, [`Error::Invalid`] where it is disabled, or a fault of the store.
#[tracing::instrument(name = "account.reset_factor", skip_all)]
pub async fn reset_factor(app: &App, by: By<'_>, email: &str) -> Result<String, Error> {
    let now = app.now();
    let mut identity = app.store().identity().await?;
    let found = identity.account_by_email(email).await?.ok_or(Error::NotFound)?;
    let account = identity.lock_account(found.id).await?.ok_or(Error::NotFound)?;
    if account.status != AccountStatus::Active {
        return Err(Error::invalid("email", "là của một tài khoản đã khoá."));
    }
    identity.remove_totp(account.id).await?;
    // Whoever knows the password only must not be the one who enrols: it goes with the factor.
    identity.unset_password(account.id, password::UNSET, now).await?;
    identity.end_sessions(account.id).await?;
    identity.end_tickets(account.id, None).await?;
    let link = sign_in_link::mint_invitation(app, &mut identity, account.id).await?;
    let subject = format!("{}:{}", account.id, now.millis());
    identity.send("factor-reset", &subject, None, now).await?;
    trail::record(&mut identity, by, Trace::ResetFactor, account.id, now).await?;
    identity.save().await?;
    Ok(link)
}
