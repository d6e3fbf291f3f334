//! Accounts: e-mail, name, password hash, status; and the devices they signed in from.

use pbgdpl_model::clock::Moment;
use pbgdpl_model::id::AccountId;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set};

use crate::convert::moment;
use crate::database::Engine;
use crate::entity::{account, account_device};
use crate::error::StoreError;
use crate::identity::{IdentityReader, IdentityStore};

/// Whether an account may sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountStatus {
    /// Yes.
    Active,
    /// No; its sessions are dead too.
    Disabled,
}

/// A person's account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Permanent id.
    pub id: AccountId,
    /// E-mail as written.
    pub email: String,
    /// Name on the screen and in records.
    pub display_name: String,
    /// PHC string of Argon2id.
    pub password_hash: String,
    /// Whether it may sign in.
    pub status: AccountStatus,
    /// When it was made.
    pub created_at: Moment,
}

/// The form of an e-mail address under which an account is found: lower case, no white space around it.
pub(crate) fn email_key(email: &str) -> String {
    email.trim().to_lowercase()
}

impl IdentityReader {
    /// The account with this e-mail address.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn account_by_email(&self, email: &str) -> Result<Option<Account>, StoreError> {
        let row = account::Entity::find()
            .filter(account::Column::EmailKey.eq(email_key(email)))
            .one(&self.tx)
            .await?;
        Ok(row.map(read))
    }

    /// The account with this id.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn account(&self, id: AccountId) -> Result<Option<Account>, StoreError> {
        Ok(account::Entity::find_by_id(id.0).one(&self.tx).await?.map(read))
    }

    /// All accounts, by e-mail address.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn accounts(&self) -> Result<Vec<Account>, StoreError> {
        let rows = account::Entity::find()
            .order_by_asc(account::Column::EmailKey)
            .all(&self.tx)
            .await?;
        Ok(rows.into_iter().map(read).collect())
    }

    /// The label of a device the account signed in from, if it is known.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn device(
        &self,
        id: AccountId,
        device_hash: &str,
    ) -> Result<Option<(String, Moment)>, StoreError> {
        let row = account_device::Entity::find_by_id((id.0, device_hash.to_owned()))
            .one(&self.tx)
            .await?;
        Ok(row.map(|row| (row.label, moment(row.first_seen_at))))
    }
}

impl IdentityStore {
    /// Writes a new account.
    ///
    /// # Errors
    /// [`StoreError::Exists`] where the e-mail address is taken.
    pub async fn add_account(&mut self, new: &Account) -> Result<(), StoreError> {
        account::ActiveModel {
            id: Set(new.id.0),
            email_key: Set(email_key(&new.email)),
            email: Set(new.email.trim().to_owned()),
            display_name: Set(new.display_name.clone()),
            password_hash: Set(new.password_hash.clone()),
            status: Set(status_word(new.status).to_owned()),
            created_at: Set(new.created_at.millis()),
            changed_at: Set(new.created_at.millis()),
            roles_version: Set(0),
        }
        .insert(&self.reader.tx)
        .await?;
        Ok(())
    }

    /// Writes a new password hash in place of the one that was read; `false` where it, or the status, changed meanwhile.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn set_password(
        &mut self,
        id: AccountId,
        old: &str,
        new: &str,
        now: Moment,
    ) -> Result<bool, StoreError> {
        let changed = account::Entity::update_many()
            .set(account::ActiveModel {
                password_hash: Set(new.to_owned()),
                changed_at: Set(now.millis()),
                ..Default::default()
            })
            .filter(account::Column::Id.eq(id.0))
            .filter(account::Column::PasswordHash.eq(old))
            .filter(account::Column::Status.eq(status_word(AccountStatus::Active)))
            .exec(&self.reader.tx)
            .await?;
        Ok(changed.rows_affected == 1)
    }

    /// Lets an account sign in, or not any more.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn set_status(
        &mut self,
        id: AccountId,
        status: AccountStatus,
        now: Moment,
    ) -> Result<(), StoreError> {
        account::Entity::update_many()
            .set(account::ActiveModel {
                status: Set(status_word(status).to_owned()),
                changed_at: Set(now.millis()),
                ..Default::default()
            })
            .filter(account::Column::Id.eq(id.0))
            .exec(&self.reader.tx)
            .await?;
        Ok(())
    }

    /// The account as it is now, and as it stays until the end of this transaction.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn lock_account(&mut self, id: AccountId) -> Result<Option<Account>, StoreError> {
        let mut query = account::Entity::find_by_id(id.0);
        if self.inner.database.engine() == Engine::Postgres {
            query = query.lock_exclusive();
        }
        Ok(query.one(&self.reader.tx).await?.map(read))
    }

    /// Takes the password and the sign-ins it made with it: the account is as it was when it was invited.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn unset_password(
        &mut self,
        id: AccountId,
        unset: &str,
        now: Moment,
    ) -> Result<(), StoreError> {
        account::Entity::update_many()
            .set(account::ActiveModel {
                password_hash: Set(unset.to_owned()),
                changed_at: Set(now.millis()),
                ..Default::default()
            })
            .filter(account::Column::Id.eq(id.0))
            .exec(&self.reader.tx)
            .await?;
        Ok(())
    }

    /// Remembers a device; `true` where it was not known.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn add_device(
        &mut self,
        id: AccountId,
        device_hash: &str,
        label: &str,
        now: Moment,
    ) -> Result<bool, StoreError> {
        let seen = account_device::Entity::update_many()
            .set(account_device::ActiveModel {
                seen_at: Set(now.millis()),
                ..Default::default()
            })
            .filter(account_device::Column::AccountId.eq(id.0))
            .filter(account_device::Column::DeviceHash.eq(device_hash))
            .exec(&self.reader.tx)
            .await?;
        if seen.rows_affected > 0 {
            return Ok(false);
        }
        let row = account_device::ActiveModel {
            account_id: Set(id.0),
            device_hash: Set(device_hash.to_owned()),
            first_seen_at: Set(now.millis()),
            label: Set(label.to_owned()),
            seen_at: Set(now.millis()),
        };
        account_device::Entity::insert(row)
            .on_conflict(
                OnConflict::columns([
                    account_device::Column::AccountId,
                    account_device::Column::DeviceHash,
                ])
                .do_nothing()
                .to_owned(),
            )
            .exec_without_returning(&self.reader.tx)
            .await?;
        Ok(true)
    }
}

const fn status_word(status: AccountStatus) -> &'static str {
    match status {
        AccountStatus::Active => "active",
        AccountStatus::Disabled => "disabled",
    }
}

fn read(row: account::Model) -> Account {
    Account {
        id: AccountId(row.id),
        email: row.email,
        display_name: row.display_name,
        password_hash: row.password_hash,
        status: if row.status == "active" {
            AccountStatus::Active
        } else {
            AccountStatus::Disabled
        },
        created_at: moment(row.created_at),
    }
}
