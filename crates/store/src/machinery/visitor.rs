//! Salts of a day and marks of staff (N-17): shared by the nodes, deleted when the day is over.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use pbgdpl_model::engagement::Mark;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set};

use crate::entity::{staff_mark, visitor_salt};
use crate::error::StoreError;
use crate::machinery::Machinery;

/// Marks that are deleted in one transaction: on SQLite every writer waits for it.
const PIECE: u64 = 500;

impl Machinery {
    /// The salt of a day; `fresh` becomes it where there is none yet.
    ///
    /// # Errors
    /// Where the database fails, or holds a salt of another length.
    pub async fn visitor_salt(&self, day: NaiveDate, fresh: [u8; 32]) -> Result<[u8; 32], StoreError> {
        use visitor_salt::{ActiveModel, Column, Entity};
        let tx = self.inner.database.begin_write(None).await?;
        let new = ActiveModel {
            day: Set(day),
            salt: Set(fresh.to_vec()),
        };
        Entity::insert(new)
            .on_conflict(OnConflict::column(Column::Day).do_nothing().to_owned())
            .exec_without_returning(&tx)
            .await?;
        let row = Entity::find_by_id(day).one(&tx).await?;
        tx.commit().await?;
        row.and_then(|row| row.salt.try_into().ok())
            .ok_or_else(|| StoreError::Unfit("a salt in visitor_salt is not 32 bytes".into()))
    }

    /// Says that a browser used the desk on a day.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn add_staff_mark(&self, day: NaiveDate, mark: Mark) -> Result<(), StoreError> {
        use staff_mark::{ActiveModel, Column, Entity};
        let tx = self.inner.database.begin_write(None).await?;
        let new = ActiveModel {
            day: Set(day),
            mark: Set(mark.0.to_vec()),
        };
        Entity::insert(new)
            .on_conflict(
                OnConflict::columns([Column::Day, Column::Mark])
                    .do_nothing()
                    .to_owned(),
            )
            .exec_without_returning(&tx)
            .await?;
        tx.commit().await?;
        Ok(())
    }

    /// The browsers that used the desk on these days.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn staff_marks(
        &self,
        days: &BTreeSet<NaiveDate>,
    ) -> Result<BTreeSet<(NaiveDate, Mark)>, StoreError> {
        let rows = staff_mark::Entity::find()
            .filter(staff_mark::Column::Day.is_in(days.iter().copied()))
            .all(self.inner.database.reading())
            .await?;
        Ok(rows
            .into_iter()
            .filter_map(|row| Some((row.day, Mark(row.mark.try_into().ok()?))))
            .collect())
    }

    /// Deletes salts and marks of the days before this one: nobody can find out any more whose a mark was. The salts go first and at
    /// once, the marks piece by piece: no other writer waits for a busy day. Returns how many rows.
    ///
    /// # Errors
    /// Where the database fails; what was deleted until then stays deleted.
    pub async fn forget_visitors(&self, before: NaiveDate) -> Result<u64, StoreError> {
        let tx = self.inner.database.begin_write(None).await?;
        let salts = visitor_salt::Entity::delete_many()
            .filter(visitor_salt::Column::Day.lt(before))
            .exec(&tx)
            .await?;
        tx.commit().await?;
        let mut gone = salts.rows_affected;
        loop {
            let piece = staff_mark::Entity::find()
                .filter(staff_mark::Column::Day.lt(before))
                .order_by_asc(staff_mark::Column::Day)
                .limit(PIECE)
                .all(self.inner.database.reading())
                .await?;
            if piece.is_empty() {
                return Ok(gone);
            }
            for of_day in piece.chunk_by(|one, next| one.day == next.day) {
                gone += self.forget_marks(of_day).await?;
            }
        }
    }

    /// Deletes marks of one day.
    async fn forget_marks(&self, marks: &[staff_mark::Model]) -> Result<u64, StoreError> {
        let Some(first) = marks.first() else {
            return Ok(0);
        };
        let tx = self.inner.database.begin_write(None).await?;
        let gone = staff_mark::Entity::delete_many()
            .filter(staff_mark::Column::Day.eq(first.day))
            .filter(staff_mark::Column::Mark.is_in(marks.iter().map(|row| row.mark.clone())))
            .exec(&tx)
            .await?;
        tx.commit().await?;
        Ok(gone.rows_affected)
    }
}
