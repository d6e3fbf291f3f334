//! Creates an account whole, with password and second factor: for the demo and for tests.

use pbgdpl_model::id::AccountId;
use pbgdpl_store::StoreError;
use pbgdpl_store::identity::{Account, AccountStatus, Totp};

use super::trail::{self, By, Trace};
use super::{password, totp};
use crate::{App, Error};

/// A person to create.
#[derive(Debug, Clone)]
pub struct NewAccount {
    /// E-mail address.
    pub email: String,
    /// Name on the screen.
    pub display_name: String,
    /// Password; not checked against the rules for people.
    pub password: String,
    /// Base32; a factor that is on already.
    pub totp_secret: Option<String>,
}

/// A new secret for [`NewAccount::totp_secret`].
///
/// # Errors
/// Where the system gives no random numbers.
pub fn totp_secret() -> Result<String, Error> {
    totp::secret()
}

/// Creates the account.
///
/// # Errors
/// [`Error::Invalid`] where the address cannot be one or is taken, or a fault of the store.
#[tracing::instrument(name = "account.create", skip_all)]
pub async fn create(app: &App, new: NewAccount) -> Result<AccountId, Error> {
    let now = app.now();
    let email = checked_email(&new.email)?;
    let account = Account {
        id: AccountId::fresh(now),
        email,
        display_name: new.display_name.trim().to_owned(),
        password_hash: password::hash(&new.password).await?,
        status: AccountStatus::Active,
        created_at: now,
    };
    let mut identity = app.store().identity().await?;
    identity.add_account(&account).await.map_err(taken)?;
    if let Some(secret) = new.totp_secret {
        let on = Totp {
            secret,
            confirmed_at: Some(now),
            last_step: 0,
        };
        identity.put_totp(account.id, &on).await?;
    }
    let by = By::system("tạo sẵn", "");
    trail::record(&mut identity, by, Trace::Create, account.id, now).await?;
    identity.save().await?;
    Ok(account.id)
}

pub(super) fn taken(error: StoreError) -> Error {
    match error {
        StoreError::Exists(_) => Error::invalid("email", "đã có tài khoản dùng địa chỉ này."),
        other => other.into(),
    }
}

pub(crate) fn checked_email(email: &str) -> Result<String, Error> {
    let email = email.trim();
    if pbgdpl_model::email::is_address(email) {
        Ok(email.to_owned())
    } else {
        Err(Error::invalid(
            "email",
            "không phải địa chỉ thư điện tử, ví dụ huong@sotuphap.kontum.gov.vn.",
        ))
    }
}
