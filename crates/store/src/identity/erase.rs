//! Erases what is kept of a person: the account stays as an id that records name, and says nothing of anybody.

use pbgdpl_model::clock::Moment;
use pbgdpl_model::id::AccountId;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, Set};

use super::UNSET_PASSWORD;
use crate::entity::{
    account, account_device, account_session, account_summary, account_ticket, account_totp, account_view,
    membership,
};
use crate::error::StoreError;
use crate::identity::IdentityStore;

/// What stands in place of an address that was erased: no mail server takes it (RFC 2606).
const NOWHERE: &str = "invalid";

impl IdentityStore {
    /// Takes every role of the account, in whichever place.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn end_memberships(&mut self, id: AccountId) -> Result<(), StoreError> {
        membership::Entity::delete_many()
            .filter(membership::Column::AccountId.eq(id.0))
            .exec(&self.reader.tx)
            .await?;
        Ok(())
    }

    /// Takes everything of the account but its id: address, name, password, second factor, sessions, devices, links, saved views.
    /// `false` where it was taken before.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn erase_account(&mut self, id: AccountId, now: Moment) -> Result<bool, StoreError> {
        let tx = &self.reader.tx;
        let nowhere = format!("{id}@{NOWHERE}");
        let taken = account::Entity::update_many()
            .set(account::ActiveModel {
                email_key: Set(nowhere.clone()),
                email: Set(nowhere.clone()),
                display_name: Set(String::new()),
                password_hash: Set(UNSET_PASSWORD.to_owned()),
                status: Set("disabled".to_owned()),
                changed_at: Set(now.millis()),
                ..Default::default()
            })
            .filter(account::Column::Id.eq(id.0))
            .filter(account::Column::EmailKey.ne(nowhere))
            .exec(tx)
            .await?;
        account_totp::Entity::delete_many()
            .filter(account_totp::Column::AccountId.eq(id.0))
            .exec(tx)
            .await?;
        account_session::Entity::delete_many()
            .filter(account_session::Column::AccountId.eq(id.0))
            .exec(tx)
            .await?;
        account_ticket::Entity::delete_many()
            .filter(account_ticket::Column::AccountId.eq(id.0))
            .exec(tx)
            .await?;
        account_device::Entity::delete_many()
            .filter(account_device::Column::AccountId.eq(id.0))
            .exec(tx)
            .await?;
        account_summary::Entity::delete_many()
            .filter(account_summary::Column::AccountId.eq(id.0))
            .exec(tx)
            .await?;
        account_view::Entity::delete_many()
            .filter(account_view::Column::AccountId.eq(id.0))
            .exec(tx)
            .await?;
        Ok(taken.rows_affected == 1)
    }
}
