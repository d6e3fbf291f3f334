//! Published items that say the same in several languages: one is the original, the others name it.

use pbgdpl_model::article::Language;
use pbgdpl_model::id::ArticleId;
use sea_orm::{ColumnTrait, Condition, QueryFilter, QueryOrder, QuerySelect, Select};

use crate::convert::word;
use crate::entity::published;
use crate::error::StoreError;
use crate::tenant::TenantReader;

/// A published item as one of several languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sister {
    /// Permanent id.
    pub id: ArticleId,
    /// Title.
    pub title: String,
    /// Its language.
    pub language: Language,
    /// The item that it translates; none of an original.
    pub translates: Option<ArticleId>,
}

type Row = (uuid::Uuid, String, String, Option<uuid::Uuid>);

impl TenantReader {
    /// An item and those that translate it, as far as they are public now.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn family(&self, original: ArticleId) -> Result<Vec<Sister>, StoreError> {
        let of_it = Condition::any()
            .add(published::Column::ItemId.eq(original.0))
            .add(published::Column::Translates.eq(original.0));
        self.sisters(self.find::<published::Entity>().filter(of_it)).await
    }

    /// Public items that translate no other, newest first: what a translation may name.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn originals(&self, most: u64) -> Result<Vec<Sister>, StoreError> {
        let originals = self
            .find::<published::Entity>()
            .filter(published::Column::Translates.is_null())
            .order_by_desc(published::Column::FirstPublishedAt)
            .order_by_desc(published::Column::ItemId)
            .limit(most);
        self.sisters(originals).await
    }

    async fn sisters(&self, which: Select<published::Entity>) -> Result<Vec<Sister>, StoreError> {
        let rows: Vec<Row> = which
            .filter(published::Column::WithdrawnAt.is_null())
            .select_only()
            .column(published::Column::ItemId)
            .column(published::Column::Title)
            .column(published::Column::Language)
            .column(published::Column::Translates)
            .into_tuple()
            .all(&self.tx)
            .await?;
        rows.into_iter()
            .map(|(id, title, language, translates)| {
                Ok(Sister {
                    id: ArticleId(id),
                    title,
                    language: word(&language)?,
                    translates: translates.map(ArticleId),
                })
            })
            .collect()
    }
}
