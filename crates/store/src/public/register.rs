//! The public list of báo cáo viên, tuyên truyền viên pháp luật (TT 10/2016/TT-BTP Đ.8.2b).

use pbgdpl_model::id::TenantId;
use pbgdpl_model::register::PublicEntry;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, Select};

use super::{PublicReader, resting};
use crate::convert::from_json;
use crate::entity::published_entry;
use crate::error::StoreError;

impl PublicReader {
    /// Everybody on the agency's public list, in no order; nobody while its section is hidden.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn register(&self, tenant: TenantId) -> Result<Vec<PublicEntry>, StoreError> {
        let rows = listed(tenant).all(self.inner.database.reading()).await?;
        rows.iter().map(|row| from_json(&row.body)).collect()
    }

    /// How many stand on it.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn register_count(&self, tenant: TenantId) -> Result<u64, StoreError> {
        Ok(listed(tenant).count(self.inner.database.reading()).await?)
    }
}

fn listed(tenant: TenantId) -> Select<published_entry::Entity> {
    published_entry::Entity::find()
        .filter(published_entry::Column::TenantId.eq(tenant.0))
        .filter(published_entry::Column::TenantId.not_in_subquery(resting()))
}
