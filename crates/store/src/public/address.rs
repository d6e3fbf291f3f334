//! Where items are read, and what says the same in other languages or in other sections: for sitemaps and for the pages of items.

use pbgdpl_model::article::{HttpsAddress, Language, PublishedItem};
use pbgdpl_model::clock::Moment;
use pbgdpl_model::id::{ArticleId, TenantId};
use sea_orm::sea_query::Query;
use sea_orm::{ColumnTrait, Condition, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select};

use super::{LineRow, PublicLine, PublicReader, read_line};
use crate::convert::{moment, word};
use crate::entity::published;
use crate::error::StoreError;

/// Most items that say the same as one that are read: there are not as many languages, and nobody needs more of other sections.
pub const KIN: u64 = 40;
/// Most items of several languages that a sitemap of several files knows of.
const TRANSLATED: u64 = 20_000;

/// What the address of an item is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// Whose.
    pub tenant: TenantId,
    /// Permanent id.
    pub id: ArticleId,
    /// Readable part of the address.
    pub slug: String,
    /// Latest publication.
    pub changed: Moment,
    /// Its language.
    pub language: Language,
    /// The item that it translates.
    pub translates: Option<ArticleId>,
}

type Row = (uuid::Uuid, uuid::Uuid, String, i64, String, Option<uuid::Uuid>);

impl PublicReader {
    /// How many addresses there are: those of items whose one address is ours.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn address_count(&self, tenant: Option<TenantId>) -> Result<u64, StoreError> {
        Ok(self.own(tenant).count(self.inner.database.reading()).await?)
    }

    /// Without copies word for word: search engines are sent to their originals.
    fn own(&self, tenant: Option<TenantId>) -> Select<published::Entity> {
        self.found(tenant, None)
            .filter(published::Column::Verbatim.eq(false))
    }

    /// Addresses and last changes of items, in the order in which they were made: one page of a sitemap.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn addresses(
        &self,
        tenant: Option<TenantId>,
        page: u64,
        per_page: u64,
    ) -> Result<Vec<Address>, StoreError> {
        let listed = self
            .own(tenant)
            .order_by_asc(published::Column::FirstPublishedAt)
            .order_by_asc(published::Column::ItemId)
            .offset(page.saturating_sub(1).saturating_mul(per_page))
            .limit(per_page);
        self.read_addresses(listed).await
    }

    /// Addresses of all items that translate another, and of those others.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn translated(&self, tenant: Option<TenantId>) -> Result<Vec<Address>, StoreError> {
        let originals = Query::select()
            .column(published::Column::Translates)
            .from(published::Entity)
            .and_where(published::Column::Translates.is_not_null())
            .to_owned();
        let several = Condition::any()
            .add(published::Column::Translates.is_not_null())
            .add(published::Column::ItemId.in_subquery(originals));
        let listed = self.own(tenant).filter(several).limit(TRANSLATED);
        self.read_addresses(listed).await
    }

    async fn read_addresses(&self, which: Select<published::Entity>) -> Result<Vec<Address>, StoreError> {
        let rows: Vec<Row> = which
            .select_only()
            .column(published::Column::TenantId)
            .column(published::Column::ItemId)
            .column(published::Column::Slug)
            .column(published::Column::PublishedAt)
            .column(published::Column::Language)
            .column(published::Column::Translates)
            .into_tuple()
            .all(self.inner.database.reading())
            .await?;
        rows.into_iter()
            .map(|(tenant, id, slug, changed, language, translates)| {
                Ok(Address {
                    tenant: TenantId(tenant),
                    id: ArticleId(id),
                    slug,
                    changed: moment(changed),
                    language: word(&language)?,
                    translates: translates.map(ArticleId),
                })
            })
            .collect()
    }

    /// What says the same as an item: its sisters in other languages, in its own section, and copies of the same page in any. At most
    /// [`KIN`]; those of its own section come first, so that no number of copies elsewhere hides its sisters.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn kin(&self, item: &PublishedItem) -> Result<Vec<PublicLine>, StoreError> {
        let original = item.facts.translates.unwrap_or(item.id);
        let mut family = Condition::any()
            .add(published::Column::ItemId.eq(original.0))
            .add(published::Column::Translates.eq(original.0));
        if let Some(copied) = &item.facts.copied {
            family = family.add(published::Column::CopiedFrom.eq(copied.from.as_str()));
        }
        self.alike(family, item.tenant, item.id).await
    }

    /// Items that were copied from the same page, whichever section they stand in; at most [`KIN`], those of the asking section
    /// first. `but`: an item that is not meant.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn copies(
        &self,
        from: &HttpsAddress,
        asking: TenantId,
        but: ArticleId,
    ) -> Result<Vec<PublicLine>, StoreError> {
        let same = Condition::all().add(published::Column::CopiedFrom.eq(from.as_str()));
        self.alike(same, asking, but).await
    }

    async fn alike(
        &self,
        which: Condition,
        own: TenantId,
        but: ArticleId,
    ) -> Result<Vec<PublicLine>, StoreError> {
        let rows = self
            .found(None, None)
            .filter(published::Column::ItemId.ne(but.0))
            .filter(which)
            .order_by_desc(published::Column::TenantId.eq(own.0))
            .order_by_asc(published::Column::Language)
            .order_by_asc(published::Column::ItemId)
            .limit(KIN)
            .into_partial_model::<LineRow>()
            .all(self.inner.database.reading())
            .await?;
        rows.into_iter().map(read_line).collect()
    }
}
