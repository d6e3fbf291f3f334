//! Lets go of what the province's audit chain says of people; entries, seals and hashes stay (AUD-06).

use pbgdpl_model::audit::Whose;
use pbgdpl_model::clock::Moment;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, Set};

use crate::entity::province_audit;
use crate::error::StoreError;
use crate::province::{ProvinceReader, ProvinceStore};

impl ProvinceReader {
    /// The last entry before a moment that still has its words.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn last_worded(&self, before: Moment) -> Result<Option<i64>, StoreError> {
        let query = province_audit::Entity::find()
            .filter(province_audit::Column::Salt.is_not_null())
            .filter(province_audit::Column::At.lt(before.millis()))
            .select_only()
            .column_as(province_audit::Column::Seq.max(), "last");
        let found: Option<Option<i64>> = query.into_tuple().one(&self.tx).await?;
        Ok(found.flatten())
    }
}

impl ProvinceStore {
    /// Lets the words go, for good. How many entries had some.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn erase_words(&mut self, whose: Whose) -> Result<u64, StoreError> {
        let of = match whose {
            Whose::Account(account) => Condition::all().add(province_audit::Column::Actor.eq(account.0)),
            Whose::Through(last) => Condition::all().add(province_audit::Column::Seq.lte(last)),
        };
        let gone = province_audit::Entity::update_many()
            .set(province_audit::ActiveModel {
                actor_name: Set(String::new()),
                reason: Set(String::new()),
                salt: Set(None),
                ..Default::default()
            })
            .filter(province_audit::Column::Salt.is_not_null())
            .filter(of)
            .exec(&self.reader.tx)
            .await?;
        Ok(gone.rows_affected)
    }
}
