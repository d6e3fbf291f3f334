//! Tries at what can be guessed: noted before they are looked at, so that of many at once only so many may go on.

use pbgdpl_model::clock::Moment;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, Set, Statement, Value,
};
use uuid::Uuid;

use crate::convert::moment;
use crate::database::Engine;
use crate::entity::sign_in_attempt;
use crate::error::StoreError;
use crate::identity::{IdentityReader, IdentityStore};

impl IdentityReader {
    /// How many tries under a key failed since a moment, after the last success.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn failed_attempts(&self, key: &str, since: Moment) -> Result<u64, StoreError> {
        let after = self.counts_after(key, since).await?;
        Ok(failures(key, after).count(&self.tx).await?)
    }

    /// When the try failed that is the `nth` newest of those that count, from 1: with its end the next one may be made.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn failed_at(&self, key: &str, since: Moment, nth: u64) -> Result<Option<Moment>, StoreError> {
        let after = self.counts_after(key, since).await?;
        let row = failures(key, after)
            .order_by_desc(sign_in_attempt::Column::At)
            .offset(nth.saturating_sub(1))
            .limit(1)
            .one(&self.tx)
            .await?;
        Ok(row.map(|row| moment(row.at)))
    }

    async fn counts_after(&self, key: &str, since: Moment) -> Result<i64, StoreError> {
        let success = sign_in_attempt::Entity::find()
            .filter(sign_in_attempt::Column::AccountKey.eq(key))
            .filter(sign_in_attempt::Column::Succeeded.eq(true))
            .order_by_desc(sign_in_attempt::Column::At)
            .one(&self.tx)
            .await?;
        Ok(success.map_or(since.millis(), |row| row.at.max(since.millis())))
    }
}

fn failures(key: &str, after: i64) -> sea_orm::Select<sign_in_attempt::Entity> {
    sign_in_attempt::Entity::find()
        .filter(sign_in_attempt::Column::AccountKey.eq(key))
        .filter(sign_in_attempt::Column::Succeeded.eq(false))
        .filter(sign_in_attempt::Column::At.gt(after))
}

impl IdentityStore {
    /// Notes a try as failed before it is looked at, unless `most` failed since a moment already: `None` then. Tries under
    /// one key wait for each other, so that of many at once exactly `most` may go on. The answer names the try.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn note_try(
        &mut self,
        key: &str,
        since: Moment,
        most: u64,
        now: Moment,
    ) -> Result<Option<Uuid>, StoreError> {
        // On SQLite writers wait for each other anyway.
        if self.inner.database.engine() == Engine::Postgres {
            let wait = Statement::from_sql_and_values(
                DbBackend::Postgres,
                "select pg_advisory_xact_lock(hashtextextended($1, 0))",
                [Value::from(key)],
            );
            self.reader.tx.execute_raw(wait).await?;
        }
        if self.failed_attempts(key, since).await? >= most {
            return Ok(None);
        }
        Ok(Some(self.add_attempt(key, false, now).await?))
    }

    /// Forgets a try that was not looked at, or that a network is not to be blamed for.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn forget_try(&mut self, id: Uuid) -> Result<(), StoreError> {
        sign_in_attempt::Entity::delete_by_id(id)
            .exec(&self.reader.tx)
            .await?;
        Ok(())
    }

    /// Remembers a try.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn add_attempt(&mut self, key: &str, succeeded: bool, now: Moment) -> Result<Uuid, StoreError> {
        let id = pbgdpl_model::id::fresh(now);
        sign_in_attempt::ActiveModel {
            id: Set(id),
            account_key: Set(key.to_owned()),
            at: Set(now.millis()),
            succeeded: Set(succeeded),
        }
        .insert(&self.reader.tx)
        .await?;
        Ok(id)
    }
}
