//! Generations in the database: bumped by acts in their own transaction, polled by every node.

use pbgdpl_model::clock::Moment;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set};
use uuid::Uuid;

use crate::database::Database;
use crate::entity::generation;
use crate::error::StoreError;
use crate::generation::Generations;
use crate::machinery::Machinery;

/// Polling looks back this far, for clocks that differ and commits that were late.
const LOOK_BACK_MILLIS: i64 = 15_000;

/// Raises a subject's generation and returns it.
pub(crate) async fn bump(db: &impl ConnectionTrait, subject: Uuid, now: Moment) -> Result<i64, StoreError> {
    let row = generation::ActiveModel {
        subject: Set(subject),
        value: Set(1),
        changed_at: Set(now.millis()),
    };
    let raised = generation::Entity::insert(row)
        .on_conflict(
            OnConflict::column(generation::Column::Subject)
                .value(generation::Column::Value, Expr::cust("generation.value + 1"))
                .value(generation::Column::ChangedAt, now.millis())
                .to_owned(),
        )
        .exec_with_returning(db)
        .await?;
    Ok(raised.value)
}

/// Reads all generations: at start.
pub(crate) async fn load_all(database: &Database, into: &Generations) -> Result<(), StoreError> {
    for row in generation::Entity::find().all(database.reading()).await? {
        into.put(row.subject, row.value);
    }
    Ok(())
}

impl Machinery {
    /// Takes over what other nodes changed lately.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn poll_generations(&self, now: Moment) -> Result<(), StoreError> {
        let since = self.inner.generations.polled_at().min(now.millis()) - LOOK_BACK_MILLIS;
        let rows = generation::Entity::find()
            .filter(generation::Column::ChangedAt.gte(since))
            .all(self.inner.database.reading())
            .await?;
        for row in rows {
            self.inner.generations.put(row.subject, row.value);
        }
        self.inner.generations.polled(now.millis());
        Ok(())
    }

    /// Raises the province's generation: pages over many agencies are made anew.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn touch_province(&self, now: Moment) -> Result<(), StoreError> {
        let province = self.inner.registry.now().province().id.0;
        let tx = self.inner.database.begin_write(None).await?;
        let value = bump(&tx, province, now).await?;
        tx.commit().await?;
        self.inner.tell(crate::store::Touched {
            generations: vec![(province, value)],
            ..Default::default()
        });
        Ok(())
    }
}
