//! What everybody may read, over all agencies: the published projection. No cookie, no account, no draft can come here.

mod address;
mod changes;
mod figure;
mod line;
mod register;
mod search;
mod span;

use std::sync::Arc;

use chrono::NaiveDate;
use pbgdpl_model::agency::Profile;
use pbgdpl_model::article::{Kind, Language, PublishedItem};
use pbgdpl_model::id::{ArticleId, MediaId, TenantId};
use sea_orm::sea_query::{Expr, Query, SelectStatement};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select};

pub use address::{Address, KIN};
pub use changes::{Changed, Changes};
pub use line::PublicLine;
pub(crate) use line::{ItemRow, LineRow, read_item, read_line};
pub use search::SearchPage;

use crate::convert::from_json;
use crate::entity::{agency, published, published_file, section_profile};
use crate::error::StoreError;
use crate::store::Inner;

/// Reads the published projection.
#[derive(Debug, Clone)]
pub struct PublicReader {
    inner: Arc<Inner>,
}

/// A file that everybody may read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicFile {
    /// Whose.
    pub tenant: TenantId,
    /// What it is, by its bytes.
    pub mime: String,
    /// Size.
    pub bytes: i64,
    /// Its name.
    pub file_name: String,
    /// Where the bytes are.
    pub path: String,
}

impl PublicReader {
    pub(crate) const fn new(inner: Arc<Inner>) -> Self {
        Self { inner }
    }

    fn found(&self, tenant: Option<TenantId>, kind: Option<Kind>) -> Select<published::Entity> {
        let mut query = published::Entity::find()
            .filter(published::Column::WithdrawnAt.is_null())
            .filter(published::Column::TenantId.not_in_subquery(resting()));
        if let Some(tenant) = tenant {
            query = query.filter(published::Column::TenantId.eq(tenant.0));
        }
        if let Some(kind) = kind {
            query = query.filter(published::Column::Kind.eq(kind.word()));
        }
        query
    }

    /// One item of an agency; also a withdrawn one, with its notice.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn item(&self, tenant: TenantId, id: ArticleId) -> Result<Option<PublishedItem>, StoreError> {
        let row = published::Entity::find_by_id((tenant.0, id.0))
            .into_partial_model::<ItemRow>()
            .one(self.inner.database.reading())
            .await?;
        row.map(read_item).transpose()
    }

    /// The latest items, of one agency or of all, of one kind or of all.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn latest(
        &self,
        tenant: Option<TenantId>,
        kind: Option<Kind>,
        page: u64,
        per_page: u64,
    ) -> Result<Vec<PublicLine>, StoreError> {
        let rows = self
            .found(tenant, kind)
            .order_by_desc(published::Column::FirstPublishedAt)
            .order_by_desc(published::Column::ItemId)
            .offset(page.saturating_sub(1).saturating_mul(per_page))
            .limit(per_page)
            .into_partial_model::<LineRow>()
            .all(self.inner.database.reading())
            .await?;
        rows.into_iter().map(read_line).collect()
    }

    /// The latest items with their whole text, of one agency or of all, of one kind or of all, in one language or in all: for feeds.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn latest_whole(
        &self,
        tenant: Option<TenantId>,
        kind: Option<Kind>,
        language: Option<Language>,
        most: u64,
    ) -> Result<Vec<PublishedItem>, StoreError> {
        let mut found = self.found(tenant, kind);
        if let Some(language) = language {
            found = found.filter(published::Column::Language.eq(language.word()));
            if !language.is_usual() {
                // The words of the index: neither database sees them in a value that it learns later.
                found = found.filter(Expr::cust("language <> 'vi'"));
            }
        }
        let rows = found
            .order_by_desc(published::Column::FirstPublishedAt)
            .order_by_desc(published::Column::ItemId)
            .limit(most)
            .into_partial_model::<ItemRow>()
            .all(self.inner.database.reading())
            .await?;
        rows.into_iter().map(read_item).collect()
    }

    /// How many items there are.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn count(&self, tenant: Option<TenantId>, kind: Option<Kind>) -> Result<u64, StoreError> {
        Ok(self
            .found(tenant, kind)
            .count(self.inner.database.reading())
            .await?)
    }

    /// Documents by the day they come, or came, into force: the coming ones and the latest, newest day first.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn by_effective_date(
        &self,
        tenant: Option<TenantId>,
        most: u64,
    ) -> Result<Vec<PublicLine>, StoreError> {
        let rows = self
            .found(tenant, Some(Kind::VanBanMoi))
            .filter(published::Column::EffectiveOn.is_not_null())
            .order_by_desc(published::Column::EffectiveOn)
            .order_by_desc(published::Column::ItemId)
            .limit(most)
            .into_partial_model::<LineRow>()
            .all(self.inner.database.reading())
            .await?;
        rows.into_iter().map(read_line).collect()
    }

    /// What everybody may know of a section.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn profile(&self, tenant: TenantId) -> Result<Profile, StoreError> {
        let row = section_profile::Entity::find_by_id(tenant.0)
            .one(self.inner.database.reading())
            .await?;
        row.map_or_else(|| Ok(Profile::default()), |row| from_json(&row.body))
    }

    /// A published file by its address on FILES; none while its section is hidden. What no item shows any more has no row.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn file(&self, id: MediaId) -> Result<Option<PublicFile>, StoreError> {
        let row = published_file::Entity::find()
            .filter(published_file::Column::Id.eq(id.0))
            .filter(published_file::Column::TenantId.not_in_subquery(resting()))
            .one(self.inner.database.reading())
            .await?;
        Ok(row.map(|row| PublicFile {
            tenant: TenantId(row.tenant_id),
            mime: row.mime,
            bytes: row.bytes,
            file_name: row.file_name,
            path: row.path,
        }))
    }

    /// Items made public in these days, by agency: for the province's front page.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn published_between(&self, from: NaiveDate, to: NaiveDate) -> Result<u64, StoreError> {
        let at = |day: NaiveDate| {
            day.and_time(chrono::NaiveTime::MIN).and_utc().timestamp_millis() - 7 * 3_600_000
        };
        Ok(self
            .found(None, None)
            .filter(published::Column::FirstPublishedAt.gte(at(from)))
            .filter(published::Column::FirstPublishedAt.lt(at(to.succ_opt().unwrap_or(to))))
            .count(self.inner.database.reading())
            .await?)
    }
}

/// Agencies whose section is hidden: what they published is not found anywhere while it rests.
fn resting() -> SelectStatement {
    Query::select()
        .column(agency::Column::TenantId)
        .from(agency::Entity)
        // A literal: neither database uses the index of hidden agencies for a value that it learns later.
        .and_where(Expr::cust("status = 'hidden'"))
        .to_owned()
}
