//! Items and their versions.

use pbgdpl_model::article::{Article, Content, Kind, Stage, Version};
use pbgdpl_model::audit::NAME_GONE;
use pbgdpl_model::clock::Moment;
use pbgdpl_model::id::{AccountId, ArticleId};
use pbgdpl_scope::Permit;
use pbgdpl_scope::action::{Act, ArticleWrite};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Set,
};

use crate::convert::{from_json, moment, to_json, word};
use crate::database::Engine;
use crate::entity::{article, article_version, timeline};
use crate::error::StoreError;
use crate::tenant::{TenantReader, TenantStore};

/// Which items of the agency a list shows.
#[derive(Debug, Clone, Copy, Default)]
pub struct ArticleFilter {
    /// Only in this stage.
    pub stage: Option<Stage>,
    /// Only of this kind.
    pub kind: Option<Kind>,
    /// Only made by this person.
    pub created_by: Option<AccountId>,
}

/// One line of a list of items.
#[derive(Debug, Clone)]
pub struct ArticleSummary {
    /// Permanent id.
    pub id: ArticleId,
    /// What it is.
    pub kind: Kind,
    /// Where it stands.
    pub stage: Stage,
    /// Title of the latest version.
    pub title: String,
    /// Number of the latest version.
    pub latest_version: i32,
    /// Number of the public version.
    pub live_version: Option<i32>,
    /// Last change.
    pub changed_at: Moment,
}

/// One line of a thing's timeline.
#[derive(Debug, Clone)]
pub struct TimelineLine {
    /// When.
    pub at: Moment,
    /// Who; [`NAME_GONE`] once the name went.
    pub actor_name: String,
    /// What.
    pub verb: String,
    /// Remark.
    pub note: String,
    /// Version.
    pub version: Option<i32>,
}

impl TenantReader {
    /// An item with everybody who touched its text since the last publication.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn article(&self, id: ArticleId) -> Result<Option<Article>, StoreError> {
        let Some(row) = self
            .find::<article::Entity>()
            .filter(article::Column::Id.eq(id.0))
            .one(&self.tx)
            .await?
        else {
            return Ok(None);
        };
        let contributors = self.contributors(id, row.live_version.unwrap_or(0)).await?;
        Ok(Some(read(row, contributors)?))
    }

    async fn contributors(&self, id: ArticleId, after_version: i32) -> Result<Vec<AccountId>, StoreError> {
        let authors: Vec<uuid::Uuid> = self
            .find::<article_version::Entity>()
            .filter(article_version::Column::ArticleId.eq(id.0))
            .filter(article_version::Column::Number.gt(after_version))
            .select_only()
            .column(article_version::Column::Author)
            .distinct()
            .into_tuple()
            .all(&self.tx)
            .await?;
        Ok(authors.into_iter().map(AccountId).collect())
    }

    /// One version of an item.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn article_version(&self, id: ArticleId, number: i32) -> Result<Option<Version>, StoreError> {
        let row = self
            .find::<article_version::Entity>()
            .filter(article_version::Column::ArticleId.eq(id.0))
            .filter(article_version::Column::Number.eq(number))
            .one(&self.tx)
            .await?;
        row.map(read_version).transpose()
    }

    /// All versions of an item, newest first.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn article_versions(&self, id: ArticleId) -> Result<Vec<Version>, StoreError> {
        let rows = self
            .find::<article_version::Entity>()
            .filter(article_version::Column::ArticleId.eq(id.0))
            .order_by_desc(article_version::Column::Number)
            .all(&self.tx)
            .await?;
        rows.into_iter().map(read_version).collect()
    }

    /// A page of items, last changed first, and how many there are in all.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn articles(
        &self,
        filter: ArticleFilter,
        page: u64,
        per_page: u64,
    ) -> Result<(Vec<ArticleSummary>, u64), StoreError> {
        let mut query = self.find::<article::Entity>();
        if let Some(stage) = filter.stage {
            query = query.filter(article::Column::Stage.eq(stage.word()));
        }
        if let Some(kind) = filter.kind {
            query = query.filter(article::Column::Kind.eq(kind.word()));
        }
        if let Some(person) = filter.created_by {
            query = query.filter(article::Column::CreatedBy.eq(person.0));
        }
        let total = query.clone().count(&self.tx).await?;
        let rows = query
            .order_by_desc(article::Column::ChangedAt)
            .order_by_desc(article::Column::Id)
            .offset(page.saturating_sub(1).saturating_mul(per_page))
            .limit(per_page)
            .all(&self.tx)
            .await?;
        let items = rows
            .into_iter()
            .map(|row| {
                Ok(ArticleSummary {
                    id: ArticleId(row.id),
                    kind: word(&row.kind)?,
                    stage: word(&row.stage)?,
                    title: row.title,
                    latest_version: row.latest_version,
                    live_version: row.live_version,
                    changed_at: moment(row.changed_at),
                })
            })
            .collect::<Result<Vec<_>, StoreError>>()?;
        Ok((items, total))
    }

    /// What happened to a thing, newest first.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn timeline(&self, object: uuid::Uuid) -> Result<Vec<TimelineLine>, StoreError> {
        let rows = self
            .find::<timeline::Entity>()
            .filter(timeline::Column::ObjectId.eq(object))
            .order_by_desc(timeline::Column::At)
            .order_by_desc(timeline::Column::Id)
            .limit(200)
            .all(&self.tx)
            .await?;
        Ok(rows
            .into_iter()
            .map(|row| TimelineLine {
                at: moment(row.at),
                actor_name: if row.actor_name.is_empty() {
                    NAME_GONE.to_owned()
                } else {
                    row.actor_name
                },
                verb: row.verb,
                note: row.note,
                version: row.version,
            })
            .collect())
    }
}

impl TenantStore {
    /// Writes a new item with its first version.
    ///
    /// # Errors
    /// Where the database fails or the permit is of another agency.
    pub async fn add_article(
        &mut self,
        permit: &Permit<ArticleWrite>,
        item: &Article,
        first: &Version,
    ) -> Result<(), StoreError> {
        self.check(permit)?;
        let tenant = self.tenant().0;
        article::ActiveModel {
            tenant_id: Set(tenant),
            id: Set(item.id.0),
            ..columns(item)
        }
        .insert(&self.reader.tx)
        .await?;
        self.insert_version(item.id, first).await
    }

    /// Appends a version and writes where the item stands now, unless it changed since it was read.
    ///
    /// # Errors
    /// [`StoreError::Stale`] where somebody saved in between.
    pub async fn add_version(
        &mut self,
        permit: &Permit<ArticleWrite>,
        item: &Article,
        version: &Version,
    ) -> Result<(), StoreError> {
        self.check(permit)?;
        self.put_article(item).await?;
        self.insert_version(item.id, version).await
    }

    /// Writes where an item stands now, unless it changed since it was read: `row_version` is the one that was read.
    ///
    /// # Errors
    /// [`StoreError::Stale`] where somebody was faster.
    pub async fn move_article<A: Act>(
        &mut self,
        permit: &Permit<A>,
        item: &Article,
    ) -> Result<(), StoreError> {
        self.check(permit)?;
        self.put_article(item).await
    }

    /// Until the end of the transaction nobody else who asks this for one of these items goes on.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn hold_articles(&mut self, ids: &[ArticleId]) -> Result<(), StoreError> {
        // On SQLite writers wait for each other anyway.
        if self.engine == Engine::Postgres {
            // In one order, so that two who ask for the same items never wait for each other.
            let _held: Vec<uuid::Uuid> = self
                .find::<article::Entity>()
                .filter(article::Column::Id.is_in(ids.iter().map(|id| id.0)))
                .order_by_asc(article::Column::Id)
                .lock_exclusive()
                .select_only()
                .column(article::Column::Id)
                .into_tuple()
                .all(&self.reader.tx)
                .await?;
        }
        Ok(())
    }

    async fn put_article(&self, item: &Article) -> Result<(), StoreError> {
        let changed = article::Entity::update_many()
            .set(article::ActiveModel {
                row_version: Set(item.row_version + 1),
                ..columns(item)
            })
            .filter(article::Column::TenantId.eq(self.tenant().0))
            .filter(article::Column::Id.eq(item.id.0))
            .filter(article::Column::RowVersion.eq(item.row_version))
            .exec(&self.reader.tx)
            .await?;
        if changed.rows_affected == 1 {
            Ok(())
        } else {
            Err(StoreError::Stale)
        }
    }

    async fn insert_version(&self, id: ArticleId, version: &Version) -> Result<(), StoreError> {
        article_version::ActiveModel {
            tenant_id: Set(self.tenant().0),
            article_id: Set(id.0),
            number: Set(version.number),
            content: Set(to_json(&version.content)?),
            content_hash: Set(version.content_hash.clone()),
            note: Set(version.note.clone()),
            author: Set(version.author.0),
            author_name: Set(version.author_name.clone()),
            created_at: Set(version.created_at.millis()),
        }
        .insert(&self.reader.tx)
        .await?;
        Ok(())
    }
}

/// Everything of an item but its key.
fn columns(item: &Article) -> article::ActiveModel {
    article::ActiveModel {
        tenant_id: sea_orm::NotSet,
        id: sea_orm::NotSet,
        kind: Set(item.kind.word().to_owned()),
        stage: Set(item.stage.word().to_owned()),
        title: Set(item.title.clone()),
        latest_version: Set(item.latest_version),
        live_version: Set(item.live_version),
        first_published_at: Set(item.first_published_at.map(Moment::millis)),
        published_at: Set(item.published_at.map(Moment::millis)),
        withdrawn_at: Set(item.withdrawn.as_ref().map(|(at, _)| at.millis())),
        withdrawn_note: Set(item.withdrawn.as_ref().map(|(_, note)| note.clone())),
        submitted_by: Set(item.submitted_by.map(|id| id.0)),
        returned_note: Set(item.returned_note.clone()),
        created_by: Set(item.created_by.0),
        created_at: Set(item.created_at.millis()),
        changed_at: Set(item.changed_at.millis()),
        row_version: Set(item.row_version),
    }
}

fn read(row: article::Model, contributors: Vec<AccountId>) -> Result<Article, StoreError> {
    Ok(Article {
        id: ArticleId(row.id),
        kind: word(&row.kind)?,
        stage: word(&row.stage)?,
        title: row.title,
        latest_version: row.latest_version,
        live_version: row.live_version,
        first_published_at: row.first_published_at.map(moment),
        published_at: row.published_at.map(moment),
        withdrawn: row
            .withdrawn_at
            .map(|at| (moment(at), row.withdrawn_note.unwrap_or_default())),
        submitted_by: row.submitted_by.map(AccountId),
        returned_note: row.returned_note,
        created_by: AccountId(row.created_by),
        created_at: moment(row.created_at),
        changed_at: moment(row.changed_at),
        row_version: row.row_version,
        contributors,
    })
}

fn read_version(row: article_version::Model) -> Result<Version, StoreError> {
    Ok(Version {
        number: row.number,
        content: from_json::<Content>(&row.content)?,
        content_hash: row.content_hash,
        note: row.note,
        author: AccountId(row.author),
        author_name: row.author_name,
        created_at: moment(row.created_at),
    })
}
