//! Keys that all nodes share: whoever comes first makes one, and everybody uses that one from then on.

use pbgdpl_model::clock::Moment;
use sea_orm::sea_query::OnConflict;
use sea_orm::{EntityTrait, Set};

use crate::entity::service_key;
use crate::error::StoreError;
use crate::machinery::Machinery;

impl Machinery {
    /// The key of this name; `fresh` becomes it where there is none yet.
    ///
    /// # Errors
    /// Where the database fails, or holds a key of another length.
    pub async fn service_key(
        &self,
        name: &str,
        fresh: [u8; 32],
        now: Moment,
    ) -> Result<[u8; 32], StoreError> {
        let tx = self.inner.database.begin_write(None).await?;
        let new = service_key::ActiveModel {
            name: Set(name.to_owned()),
            value: Set(fresh.to_vec()),
            made_at: Set(now.millis()),
        };
        let first = OnConflict::column(service_key::Column::Name)
            .do_nothing()
            .to_owned();
        service_key::Entity::insert(new)
            .on_conflict(first)
            .exec_without_returning(&tx)
            .await?;
        let row = service_key::Entity::find_by_id(name).one(&tx).await?;
        tx.commit().await?;
        row.and_then(|row| row.value.try_into().ok())
            .ok_or_else(|| StoreError::Unfit(format!("the key {name} in service_key is not 32 bytes")))
    }
}
