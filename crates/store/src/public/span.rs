//! Since when there is something to read, and when that changed last: what a catalogue says of its datasets.

use pbgdpl_model::clock::Moment;
use sea_orm::{ColumnTrait, EntityTrait, QueryOrder, QuerySelect};

use super::PublicReader;
use super::changes::changed;
use crate::convert::moment;
use crate::entity::{agency, published};
use crate::error::StoreError;

impl PublicReader {
    /// The first publication of an item, and the last change of one: published or withdrawn. None where nothing was published.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn items_span(&self) -> Result<Option<(Moment, Moment)>, StoreError> {
        // Each is the end of an index; a smallest and a largest value together would read the whole table.
        let first: Option<i64> = published::Entity::find()
            .select_only()
            .column(published::Column::FirstPublishedAt)
            .order_by_asc(published::Column::FirstPublishedAt)
            .limit(1)
            .into_tuple()
            .one(self.inner.database.reading())
            .await?;
        let last: Option<i64> = published::Entity::find()
            .select_only()
            .column_as(changed(), "changed")
            .order_by_desc(changed())
            .limit(1)
            .into_tuple()
            .one(self.inner.database.reading())
            .await?;
        Ok(first.zip(last).map(|(first, last)| (moment(first), moment(last))))
    }

    /// When the first agency was entered, and when one was changed, suspended or opened again last. None where there is none.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn agencies_span(&self) -> Result<Option<(Moment, Moment)>, StoreError> {
        let found: Option<(Option<i64>, Option<i64>)> = agency::Entity::find()
            .select_only()
            .column_as(agency::Column::CreatedAt.min(), "first")
            .column_as(agency::Column::ChangedAt.max(), "last")
            .into_tuple()
            .one(self.inner.database.reading())
            .await?;
        Ok(found
            .and_then(|(first, last)| first.zip(last))
            .map(|(first, last)| (moment(first), moment(last))))
    }
}
