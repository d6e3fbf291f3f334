//! Invites a person, disables an account, lists them: for the command line.

use pbgdpl_model::id::AccountId;
use pbgdpl_store::identity::{Account, AccountStatus};

use super::{create, password, sign_in_link};
use crate::{App, Error};

/// A person who was invited.
#[derive(Debug, Clone)]
pub struct Invited {
    /// The new account.
    pub account: AccountId,
    /// Value of the one-time link (`{desk}/dang-nhap/lien-ket/{link}`) under which the person chooses a password.
    pub link: String,
}

/// Creates an account without a password, and the link to choose one. An account that never had a password gets a new link.
///
/// # Errors
/// [`Error::Invalid`] where the address cannot be one or is in use, or a fault of the store.
#[tracing::instrument(name = "account.invite", skip_all)]
pub async fn invite(app: &App, email: &str, display_name: &str) -> Result<Invited, Error> {
    let now = app.now();
    let email = create::checked_email(email)?;
    if display_name.trim().is_empty() {
        return Err(Error::invalid("name", "chưa có. Ghi họ và tên."));
    }
    let mut identity = app.store().identity().await?;
    let waiting = identity.account_by_email(&email).await?;
    let account = match waiting {
        Some(known) if known.password_hash == password::UNSET && known.status == AccountStatus::Active => {
            known.id
        }
        _ => {
            let account = Account {
                id: AccountId::fresh(now),
                email,
                display_name: display_name.trim().to_owned(),
                password_hash: password::UNSET.to_owned(),
                status: AccountStatus::Active,
                created_at: now,
            };
            identity.add_account(&account).await.map_err(create::taken)?;
            account.id
        }
    };
    let link = sign_in_link::mint_invitation(app, &mut identity, account).await?;
    identity.save().await?;
    Ok(Invited { account, link })
}

/// Disables an account: its sessions end at once. `false` where there is none.
///
/// # Errors
/// Where the store fails.
#[tracing::instrument(name = "account.invite.disable", skip_all)]
pub async fn disable(app: &App, email: &str) -> Result<bool, Error> {
    let mut identity = app.store().identity().await?;
    let Some(account) = identity.account_by_email(email).await? else {
        return Ok(false);
    };
    identity
        .set_status(account.id, AccountStatus::Disabled, app.now())
        .await?;
    identity.end_sessions(account.id).await?;
    identity.save().await?;
    Ok(true)
}

/// All accounts, by e-mail address.
///
/// # Errors
/// Where the store fails.
#[tracing::instrument(name = "account.invite.list", skip_all)]
pub async fn list(app: &App) -> Result<Vec<Account>, Error> {
    Ok(app.store().read().identity().await?.accounts().await?)
}
