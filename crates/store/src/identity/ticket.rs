//! Tickets: a random value that works once, between two pages of signing in, or as a link of the demo.

use pbgdpl_model::clock::Moment;
use pbgdpl_model::id::AccountId;
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, Set};

use crate::convert::moment;
use crate::entity::account_ticket;
use crate::error::StoreError;
use crate::identity::{IdentityReader, IdentityStore};

/// A ticket. The value itself is only in the cookie or the link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ticket {
    /// SHA-256 of the value.
    pub token_hash: [u8; 32],
    /// Whose.
    pub account: AccountId,
    /// What it is good for.
    pub purpose: String,
    /// Where to go afterwards, failed tries …
    pub body: String,
    /// The end.
    pub ends_at: Moment,
}

impl IdentityReader {
    /// A ticket that is still good for this purpose.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn ticket(
        &self,
        token_hash: &[u8; 32],
        purpose: &str,
        now: Moment,
    ) -> Result<Option<Ticket>, StoreError> {
        let row = account_ticket::Entity::find_by_id(token_hash.to_vec())
            .one(&self.tx)
            .await?;
        Ok(row
            .filter(|row| row.purpose == purpose && row.used_at.is_none() && row.ends_at > now.millis())
            .map(|row| Ticket {
                token_hash: *token_hash,
                account: AccountId(row.account_id),
                purpose: row.purpose,
                body: row.body,
                ends_at: moment(row.ends_at),
            }))
    }
}

impl IdentityStore {
    /// Writes a ticket.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn add_ticket(&mut self, ticket: &Ticket) -> Result<(), StoreError> {
        account_ticket::ActiveModel {
            token_hash: Set(ticket.token_hash.to_vec()),
            account_id: Set(ticket.account.0),
            purpose: Set(ticket.purpose.clone()),
            body: Set(ticket.body.clone()),
            ends_at: Set(ticket.ends_at.millis()),
            used_at: Set(None),
        }
        .insert(&self.reader.tx)
        .await?;
        Ok(())
    }

    /// Uses a ticket up; `false` where somebody was faster.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn use_ticket(&mut self, token_hash: &[u8; 32], now: Moment) -> Result<bool, StoreError> {
        let used = account_ticket::Entity::update_many()
            .col_expr(account_ticket::Column::UsedAt, Expr::value(now.millis()))
            .filter(account_ticket::Column::TokenHash.eq(token_hash.to_vec()))
            .filter(account_ticket::Column::UsedAt.is_null())
            .exec(&self.reader.tx)
            .await?;
        Ok(used.rows_affected == 1)
    }

    /// Removes the open tickets of a person: all, or those of one purpose.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn end_tickets(
        &mut self,
        account: AccountId,
        purpose: Option<&str>,
    ) -> Result<u64, StoreError> {
        let mut query = account_ticket::Entity::delete_many()
            .filter(account_ticket::Column::AccountId.eq(account.0))
            .filter(account_ticket::Column::UsedAt.is_null());
        if let Some(purpose) = purpose {
            query = query.filter(account_ticket::Column::Purpose.eq(purpose));
        }
        Ok(query.exec(&self.reader.tx).await?.rows_affected)
    }
}
