//! Throws away what was carried out long ago: headers and what they said. Dead messages stay until somebody looks.

use pbgdpl_model::clock::Moment;
use pbgdpl_model::id::TenantId;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::entity::{TenantOwned, agency_address, outbox, outbox_message};
use crate::error::StoreError;
use crate::machinery::Machinery;

/// Rows of one transaction: on SQLite every writer waits for it.
const BATCH: u64 = 500;

impl Machinery {
    /// Removes messages that were carried out and were last due before a moment, each agency's in a transaction inside
    /// that agency. Returns how many. Twice, or on two nodes at once, is as good as once.
    ///
    /// # Errors
    /// Where the database fails; what was removed until then stays removed.
    pub async fn purge_outbox(&self, before: Moment) -> Result<u64, StoreError> {
        let mut removed = 0;
        loop {
            let old = outbox::Entity::find()
                .filter(outbox::Column::State.eq("done"))
                .filter(outbox::Column::DueAt.lt(before.millis()))
                .order_by_asc(outbox::Column::TenantId)
                .limit(BATCH)
                .all(self.inner.database.reading())
                .await?;
            if old.is_empty() {
                return Ok(removed);
            }
            for part in old.chunk_by(|one, next| one.tenant_id == next.tenant_id) {
                let tenant = part.first().and_then(|row| row.tenant_id).map(TenantId);
                let ids: Vec<Uuid> = part.iter().map(|row| row.id).collect();
                removed += self.remove(tenant, &ids).await?;
            }
        }
    }

    /// Lets go of host names that were only kept from others, and long enough. Returns how many.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn purge_hosts(&self, now: Moment) -> Result<u64, StoreError> {
        let tx = self.inner.database.begin_write(None).await?;
        let gone = agency_address::Entity::delete_many()
            .filter(agency_address::Column::Kind.eq("host"))
            .filter(agency_address::Column::Open.eq(false))
            .filter(agency_address::Column::EndsAt.lt(now.millis()))
            .exec(&tx)
            .await?;
        tx.commit().await?;
        Ok(gone.rows_affected)
    }

    async fn remove(&self, tenant: Option<TenantId>, ids: &[Uuid]) -> Result<u64, StoreError> {
        let tx = self.inner.database.begin_write(tenant.map(|id| id.0)).await?;
        if let Some(tenant) = tenant {
            outbox_message::Entity::delete_many()
                .filter(outbox_message::Entity::TENANT.eq(tenant.0))
                .filter(outbox_message::Column::Id.is_in(ids.iter().copied()))
                .exec(&tx)
                .await?;
        }
        let gone = outbox::Entity::delete_many()
            .filter(outbox::Column::Id.is_in(ids.iter().copied()))
            .filter(outbox::Column::State.eq("done"))
            .exec(&tx)
            .await?;
        tx.commit().await?;
        Ok(gone.rows_affected)
    }
}
