//! What is kept of signing in only as long as it serves: tries a day, tickets and sessions to their end, devices a year.

use pbgdpl_model::clock::Moment;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::entity::{account_device, account_session, account_ticket, sign_in_attempt};
use crate::error::StoreError;
use crate::identity::IdentityStore;

const DAY: i64 = 24 * 3600;

impl IdentityStore {
    /// Removes tries older than a day, tickets and sessions that have ended, and devices not seen for a year: how many rows.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn purge(&mut self, now: Moment) -> Result<u64, StoreError> {
        let tx = &self.reader.tx;
        let tries = sign_in_attempt::Entity::delete_many()
            .filter(sign_in_attempt::Column::At.lt(now.plus_seconds(-DAY).millis()))
            .exec(tx)
            .await?;
        let tickets = account_ticket::Entity::delete_many()
            .filter(account_ticket::Column::EndsAt.lte(now.millis()))
            .exec(tx)
            .await?;
        let sessions = account_session::Entity::delete_many()
            .filter(account_session::Column::EndsAt.lte(now.millis()))
            .exec(tx)
            .await?;
        let devices = account_device::Entity::delete_many()
            .filter(account_device::Column::SeenAt.lt(now.plus_seconds(-365 * DAY).millis()))
            .exec(tx)
            .await?;
        Ok(tries.rows_affected + tickets.rows_affected + sessions.rows_affected + devices.rows_affected)
    }
}
