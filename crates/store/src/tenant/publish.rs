//! Writing the published projection: what everybody may read, with its search rows, in the act's own transaction.

use chrono::NaiveDate;
use pbgdpl_model::article::{PublishedFacts, PublishedItem};
use pbgdpl_model::clock::Moment;
use pbgdpl_model::id::{ArticleId, MediaId};
use pbgdpl_model::markdown::plain_text;
use pbgdpl_scope::Permit;
use pbgdpl_scope::action::{ArticleApprove, ArticleWithdraw};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, Set};

use crate::convert::{from_json, to_json};
use crate::entity::{media, published, published_file};
use crate::error::StoreError;
use crate::tenant::{TenantReader, TenantStore};
use crate::words;

impl TenantReader {
    /// The public change notes of an item so far, newest first.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn change_notes(&self, item: ArticleId) -> Result<Vec<(NaiveDate, String)>, StoreError> {
        let row = self
            .find::<published::Entity>()
            .filter(published::Column::ItemId.eq(item.0))
            .one(&self.tx)
            .await?;
        row.map_or_else(
            || Ok(Vec::new()),
            |row| Ok(from_json::<PublishedFacts>(&row.facts)?.changes),
        )
    }
}

impl TenantStore {
    /// Puts an item before the public, in place of an older version of it.
    ///
    /// # Errors
    /// Where the database fails or the permit is of another agency.
    pub async fn publish(
        &mut self,
        permit: &Permit<ArticleApprove>,
        item: &PublishedItem,
    ) -> Result<(), StoreError> {
        self.check(permit)?;
        if item.tenant != self.tenant() {
            return Err(StoreError::OtherAgency);
        }
        let numbers = item.facts.document.iter().map(|d| d.number.as_str());
        let numbers = numbers
            .chain(item.facts.bases.iter().map(|b| b.number.as_str()))
            .collect::<Vec<_>>()
            .join(" ");
        let before = self.picture_of(item.id).await?;
        let body = format!("{} {} {}", item.summary, plain_text(&item.html), numbers);
        let copied = item.facts.copied.as_ref();
        let row = published::ActiveModel {
            tenant_id: Set(self.tenant().0),
            item_id: Set(item.id.0),
            kind: Set(item.kind.word().to_owned()),
            slug: Set(item.slug.clone()),
            title: Set(item.title.clone()),
            summary: Set(item.summary.clone()),
            html: Set(item.html.clone()),
            facts: Set(to_json(&item.facts)?),
            first_published_at: Set(item.first_published_at.millis()),
            published_at: Set(item.published_at.millis()),
            effective_on: Set(item.facts.document.as_ref().and_then(|d| d.effective)),
            withdrawn_at: Set(item.withdrawn.as_ref().map(|(at, _)| at.millis())),
            withdrawn_note: Set(item.withdrawn.as_ref().map(|(_, note)| note.clone())),
            search_row: Set(search_row(item.id.0)),
            folded_title: Set(words::folded(&item.title).join(" ")),
            folded_body: Set(words::folded(&body).join(" ")),
            exact_title: Set(words::exact(&item.title).join(" ")),
            exact_body: Set(words::exact(&body).join(" ")),
            language: Set(item.facts.language.word().to_owned()),
            translates: Set(item.facts.translates.map(|id| id.0)),
            copied_from: Set(copied.map(|copied| copied.from.as_str().to_owned())),
            verbatim: Set(copied.is_some_and(|copied| copied.verbatim)),
        };
        published::Entity::insert(row)
            .on_conflict(
                OnConflict::columns([published::Column::TenantId, published::Column::ItemId])
                    .update_columns([
                        published::Column::Kind,
                        published::Column::Slug,
                        published::Column::Title,
                        published::Column::Summary,
                        published::Column::Html,
                        published::Column::Facts,
                        published::Column::PublishedAt,
                        published::Column::EffectiveOn,
                        published::Column::WithdrawnAt,
                        published::Column::WithdrawnNote,
                        published::Column::FoldedTitle,
                        published::Column::FoldedBody,
                        published::Column::ExactTitle,
                        published::Column::ExactBody,
                        published::Column::Language,
                        published::Column::Translates,
                        published::Column::CopiedFrom,
                        published::Column::Verbatim,
                    ])
                    .to_owned(),
            )
            .exec_without_returning(&self.reader.tx)
            .await?;
        if let Some(picture) = &item.facts.picture {
            self.publish_file(picture.media).await?;
        }
        if let Some(before) = before {
            self.retract_file(before).await?;
        }
        self.touch_public(item.published_at).await
    }

    /// Leaves a notice in place of a published item; it is readable, and found no more.
    ///
    /// # Errors
    /// Where the database fails or the permit is of another agency.
    pub async fn withdraw(
        &mut self,
        permit: &Permit<ArticleWithdraw>,
        item: ArticleId,
        at: Moment,
        note: &str,
    ) -> Result<(), StoreError> {
        self.check(permit)?;
        published::Entity::update_many()
            .col_expr(published::Column::WithdrawnAt, Expr::value(at.millis()))
            .col_expr(published::Column::WithdrawnNote, Expr::value(note))
            .filter(published::Column::TenantId.eq(self.tenant().0))
            .filter(published::Column::ItemId.eq(item.0))
            .exec(&self.reader.tx)
            .await?;
        if let Some(picture) = self.picture_of(item).await? {
            self.retract_file(picture).await?;
        }
        self.touch_public(at).await
    }

    /// The picture of an item as it was last published.
    async fn picture_of(&self, item: ArticleId) -> Result<Option<MediaId>, StoreError> {
        let row = self
            .find::<published::Entity>()
            .filter(published::Column::ItemId.eq(item.0))
            .one(&self.reader.tx)
            .await?;
        row.map_or(Ok(None), |row| {
            let facts: PublishedFacts = from_json(&row.facts)?;
            Ok(facts.picture.map(|picture| picture.media))
        })
    }

    /// Takes a file back from the public, where no item of the agency shows it any more.
    async fn retract_file(&self, id: MediaId) -> Result<(), StoreError> {
        let shown = self
            .find::<published::Entity>()
            .filter(published::Column::WithdrawnAt.is_null())
            .filter(published::Column::Facts.contains(id.to_string()))
            .all(&self.reader.tx)
            .await?;
        for row in shown {
            let facts: PublishedFacts = from_json(&row.facts)?;
            if facts.picture.is_some_and(|picture| picture.media == id) {
                return Ok(());
            }
        }
        published_file::Entity::delete_many()
            .filter(published_file::Column::TenantId.eq(self.tenant().0))
            .filter(published_file::Column::Id.eq(id.0))
            .exec(&self.reader.tx)
            .await?;
        media::Entity::update_many()
            .col_expr(media::Column::Published, Expr::value(false))
            .filter(media::Column::TenantId.eq(self.tenant().0))
            .filter(media::Column::Id.eq(id.0))
            .exec(&self.reader.tx)
            .await?;
        Ok(())
    }

    /// Lets everybody read a file of the agency (MED-09: never before).
    async fn publish_file(&self, id: MediaId) -> Result<(), StoreError> {
        use sea_orm::ActiveModelTrait;
        let Some(file) = self
            .find::<media::Entity>()
            .filter(media::Column::Id.eq(id.0))
            .one(&self.reader.tx)
            .await?
        else {
            return Ok(());
        };
        let row = published_file::ActiveModel {
            tenant_id: Set(file.tenant_id),
            id: Set(file.id),
            mime: Set(file.mime.clone()),
            bytes: Set(file.bytes),
            file_name: Set(file.file_name.clone()),
            path: Set(file.path.clone()),
        };
        published_file::Entity::insert(row)
            .on_conflict(
                OnConflict::columns([published_file::Column::TenantId, published_file::Column::Id])
                    .do_nothing()
                    .to_owned(),
            )
            .exec_without_returning(&self.reader.tx)
            .await?;
        let mut file: media::ActiveModel = file.into();
        file.published = Set(true);
        file.update(&self.reader.tx).await?;
        Ok(())
    }
}

/// The number of an item in the search index: 63 random bits of its id.
fn search_row(id: uuid::Uuid) -> i64 {
    let (_, low) = id.as_u64_pair();
    i64::try_from(low & (u64::MAX >> 1)).unwrap_or(0)
}
