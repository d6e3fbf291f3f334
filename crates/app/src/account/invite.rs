//! Invites a person, disables an account, lists them: for the command line.

use pbgdpl_model::id::{AccountId, DomainId};
use pbgdpl_model::policy::Role;
use pbgdpl_store::identity::{Account, AccountStatus};

use super::trail::{self, By, Trace};
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
pub async fn invite(app: &App, by: By<'_>, email: &str, display_name: &str) -> Result<Invited, Error> {
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
    trail::record(&mut identity, by, Trace::Invite, account, now).await?;
    identity.save().await?;
    Ok(Invited { account, link })
}

/// Disables an account: its sessions end at once, links and sign-ins half done too. `false` where there is none.
///
/// # Errors
/// [`Error::Invalid`] where nobody would be left to administer the province (AUZ-14), or a fault of the store.
#[tracing::instrument(name = "account.invite.disable", skip_all)]
pub async fn disable(app: &App, by: By<'_>, email: &str) -> Result<bool, Error> {
    let now = app.now();
    let province: DomainId = app.store().registry().now().province().id.into();
    let mut identity = app.store().identity().await?;
    identity.lock_members(province).await?;
    let Some(account) = identity.account_by_email(email).await? else {
        return Ok(false);
    };
    let administrators: Vec<AccountId> = identity
        .members(province)
        .await?
        .into_iter()
        .filter(|member| member.role == Role::ProvinceAdmin)
        .map(|member| member.account)
        .collect();
    if administrators == [account.id] {
        return Err(Error::invalid(
            "email",
            "là của quản trị cấp tỉnh cuối cùng; hãy giao vai trò này cho người khác trước.",
        ));
    }
    identity
        .set_status(account.id, AccountStatus::Disabled, now)
        .await?;
    identity.end_sessions(account.id).await?;
    identity.end_tickets(account.id, None).await?;
    trail::record(&mut identity, by, Trace::Disable, account.id, now).await?;
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
