//! Lets go of what an agency's audit chain and timeline say of people; entries, seals and hashes stay (AUD-06).

use pbgdpl_model::audit::Whose;
use pbgdpl_model::clock::Moment;
use pbgdpl_scope::Permit;
use pbgdpl_scope::action::PersonErase;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, Set};

use crate::entity::{audit, timeline};
use crate::error::StoreError;
use crate::tenant::{TenantReader, TenantStore};

impl TenantReader {
    /// The last entry before a moment that still has its words.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn last_worded(&self, before: Moment) -> Result<Option<i64>, StoreError> {
        let query = self
            .find::<audit::Entity>()
            .filter(audit::Column::Salt.is_not_null())
            .filter(audit::Column::At.lt(before.millis()))
            .select_only()
            .column_as(audit::Column::Seq.max(), "last");
        let found: Option<Option<i64>> = query.into_tuple().one(&self.tx).await?;
        Ok(found.flatten())
    }
}

impl TenantStore {
    /// Lets the words go, for good. How many entries had some. Of a person the names on the timeline go too.
    ///
    /// # Errors
    /// Where the database fails or the permit is of another agency.
    pub async fn erase_words(
        &mut self,
        permit: &Permit<PersonErase>,
        whose: Whose,
    ) -> Result<u64, StoreError> {
        self.check(permit)?;
        let of = match whose {
            Whose::Account(account) => Condition::all().add(audit::Column::Actor.eq(account.0)),
            Whose::Through(last) => Condition::all().add(audit::Column::Seq.lte(last)),
        };
        let gone = audit::Entity::update_many()
            .set(audit::ActiveModel {
                actor_name: Set(String::new()),
                reason: Set(String::new()),
                salt: Set(None),
                ..Default::default()
            })
            .filter(audit::Column::TenantId.eq(self.tenant().0))
            .filter(audit::Column::Salt.is_not_null())
            .filter(of)
            .exec(&self.reader.tx)
            .await?;
        if let Whose::Account(account) = whose {
            timeline::Entity::update_many()
                .set(timeline::ActiveModel {
                    actor_name: Set(String::new()),
                    ..Default::default()
                })
                .filter(timeline::Column::TenantId.eq(self.tenant().0))
                .filter(timeline::Column::Actor.eq(account.0))
                .filter(timeline::Column::ActorName.ne(""))
                .exec(&self.reader.tx)
                .await?;
        }
        Ok(gone.rows_affected)
    }
}
