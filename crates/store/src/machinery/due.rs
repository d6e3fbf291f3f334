//! The due list: days of agencies whose totals must be recomputed. Marked by acts, cleared by the job that recomputed.

use chrono::NaiveDate;
use pbgdpl_model::clock::Moment;
use pbgdpl_model::id::TenantId;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set};
use uuid::Uuid;

use crate::entity::due_day;
use crate::error::StoreError;
use crate::machinery::Machinery;

/// A day to recompute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DueDay {
    /// Whose.
    pub tenant: TenantId,
    /// Which.
    pub day: NaiveDate,
    mark: Uuid,
}

/// Puts a day on the list. Marked again while being recomputed, it stays: the mark is another one then.
pub(crate) async fn mark(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    day: NaiveDate,
    now: Moment,
) -> Result<(), StoreError> {
    let row = due_day::ActiveModel {
        tenant_id: Set(tenant.0),
        day: Set(day),
        marked_at: Set(now.millis()),
        mark: Set(Uuid::new_v4()),
    };
    due_day::Entity::insert(row)
        .on_conflict(
            OnConflict::columns([due_day::Column::TenantId, due_day::Column::Day])
                .update_columns([due_day::Column::Mark])
                .to_owned(),
        )
        .exec_without_returning(db)
        .await?;
    Ok(())
}

impl Machinery {
    /// The days that wait, oldest mark first.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn due_days(&self, most: u64) -> Result<Vec<DueDay>, StoreError> {
        let rows = due_day::Entity::find()
            .order_by_asc(due_day::Column::MarkedAt)
            .limit(most)
            .all(self.inner.database.reading())
            .await?;
        Ok(rows
            .into_iter()
            .map(|row| DueDay {
                tenant: TenantId(row.tenant_id),
                day: row.day,
                mark: row.mark,
            })
            .collect())
    }

    /// Takes a day off the list, unless it was marked again since it was read.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn clear_due(&self, day: DueDay) -> Result<(), StoreError> {
        let tx = self.inner.database.begin_write(None).await?;
        due_day::Entity::delete_many()
            .filter(due_day::Column::TenantId.eq(day.tenant.0))
            .filter(due_day::Column::Day.eq(day.day))
            .filter(due_day::Column::Mark.eq(day.mark))
            .exec(&tx)
            .await?;
        tx.commit().await?;
        Ok(())
    }
}
