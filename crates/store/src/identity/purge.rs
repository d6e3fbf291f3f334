//! What is kept of people only as long as it serves: tries a day, tickets and sessions to their end, devices a year, removed views a month.

use pbgdpl_model::clock::Moment;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::entity::{account_device, account_session, account_ticket, account_view, sign_in_attempt};
use crate::error::StoreError;
use crate::identity::IdentityStore;

const DAY: i64 = 24 * 3600;

impl IdentityStore {
    /// Removes tries older than a day, tickets and sessions that have ended, devices not seen for a year, and saved views that were
    /// removed a month ago: how many rows.
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
        let views = account_view::Entity::delete_many()
            .filter(account_view::Column::RemovedAt.lt(now.plus_seconds(-30 * DAY).millis()))
            .exec(tx)
            .await?;
        let gone = [tries, tickets, sessions, devices, views];
        Ok(gone.iter().map(|gone| gone.rows_affected).sum())
    }
}
