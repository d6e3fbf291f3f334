//! The second factor: a shared secret, and the last step it was used for, so that a code is good once (RFC 6238 5.2).

use pbgdpl_model::clock::Moment;
use pbgdpl_model::id::AccountId;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, Set};

use crate::convert::moment;
use crate::entity::account_totp;
use crate::error::StoreError;
use crate::identity::{IdentityReader, IdentityStore};

/// A second factor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Totp {
    /// Base32, as the authenticator holds it.
    pub secret: String,
    /// When the first right code was shown; before that it does not count.
    pub confirmed_at: Option<Moment>,
    /// The last step used.
    pub last_step: i64,
}

impl IdentityReader {
    /// A person's second factor.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn totp(&self, id: AccountId) -> Result<Option<Totp>, StoreError> {
        let row = account_totp::Entity::find_by_id(id.0).one(&self.tx).await?;
        Ok(row.map(|row| Totp {
            secret: row.secret,
            confirmed_at: row.confirmed_at.map(moment),
            last_step: row.last_step,
        }))
    }
}

impl IdentityStore {
    /// Writes a second factor in place of the old one.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn put_totp(&mut self, id: AccountId, totp: &Totp) -> Result<(), StoreError> {
        let row = account_totp::ActiveModel {
            account_id: Set(id.0),
            secret: Set(totp.secret.clone()),
            confirmed_at: Set(totp.confirmed_at.map(Moment::millis)),
            last_step: Set(totp.last_step),
        };
        account_totp::Entity::insert(row)
            .on_conflict(
                OnConflict::column(account_totp::Column::AccountId)
                    .update_columns([
                        account_totp::Column::Secret,
                        account_totp::Column::ConfirmedAt,
                        account_totp::Column::LastStep,
                    ])
                    .to_owned(),
            )
            .exec_without_returning(&self.reader.tx)
            .await?;
        Ok(())
    }

    /// Takes a second factor away, where there is one.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn remove_totp(&mut self, id: AccountId) -> Result<(), StoreError> {
        account_totp::Entity::delete_by_id(id.0)
            .exec(&self.reader.tx)
            .await?;
        Ok(())
    }

    /// Uses a step; `false` where it, or a later one, was used before. One statement, so that of two equal codes one loses.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn use_totp_step(&mut self, id: AccountId, step: i64) -> Result<bool, StoreError> {
        let used = account_totp::Entity::update_many()
            .col_expr(account_totp::Column::LastStep, Expr::value(step))
            .filter(account_totp::Column::AccountId.eq(id.0))
            .filter(account_totp::Column::LastStep.lt(step))
            .exec(&self.reader.tx)
            .await?;
        Ok(used.rows_affected == 1)
    }
}
