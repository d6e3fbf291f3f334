//! Figures that the province made public: nothing else of its figures can be read here.

use chrono::NaiveDate;
use pbgdpl_model::figure::PublishedFigure;
use pbgdpl_model::id::FigureId;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::PublicReader;
use crate::convert::from_json;
use crate::entity::published_figure;
use crate::error::StoreError;

impl PublicReader {
    /// All that are shown on a day, newest first.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn figures(&self, day: NaiveDate) -> Result<Vec<PublishedFigure>, StoreError> {
        let rows = published_figure::Entity::find()
            .filter(published_figure::Column::FromDay.lte(day))
            .order_by_desc(published_figure::Column::Id)
            .all(self.inner.database.reading())
            .await?;
        rows.into_iter().map(|row| from_json(&row.body)).collect()
    }

    /// One of them.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn figure(&self, id: FigureId, day: NaiveDate) -> Result<Option<PublishedFigure>, StoreError> {
        let row = published_figure::Entity::find_by_id(id.0)
            .filter(published_figure::Column::FromDay.lte(day))
            .one(self.inner.database.reading())
            .await?;
        row.map(|row| from_json(&row.body)).transpose()
    }
}
