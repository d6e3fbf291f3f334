//! The public list of báo cáo viên, tuyên truyền viên pháp luật (TT 10/2016/TT-BTP Đ.8.2b).

use chrono::NaiveDate;
use pbgdpl_model::id::TenantId;
use pbgdpl_model::register::PublicEntry;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::{PublicReader, resting};
use crate::convert::from_json;
use crate::entity::published_entry;
use crate::error::StoreError;

impl PublicReader {
    /// Everybody on the agency's public list on a day, in no order: nobody whose level ended before it, nobody while the section
    /// is hidden.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn register(&self, tenant: TenantId, day: NaiveDate) -> Result<Vec<PublicEntry>, StoreError> {
        let rows = published_entry::Entity::find()
            .filter(published_entry::Column::TenantId.eq(tenant.0))
            .filter(published_entry::Column::TenantId.not_in_subquery(resting()))
            .all(self.inner.database.reading())
            .await?;
        let mut told = Vec::new();
        for row in rows {
            let entry: PublicEntry = from_json(&row.body)?;
            if entry.level.is_open_on(day) {
                told.push(entry);
            }
        }
        Ok(told)
    }

    /// How many stand on it on a day.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn register_count(&self, tenant: TenantId, day: NaiveDate) -> Result<usize, StoreError> {
        Ok(self.register(tenant, day).await?.len())
    }
}
