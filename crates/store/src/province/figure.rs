//! Figures that the province chose to make public: the steps of each, and the copies that everybody reads.

use pbgdpl_model::clock::Moment;
use pbgdpl_model::figure::{By, PublicFigure, PublishedFigure, Stage};
use pbgdpl_model::id::{AccountId, FigureId};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, Set};
use uuid::Uuid;

use crate::convert::{from_json, moment, to_json, word};
use crate::entity::{province_figure, published_figure};
use crate::error::StoreError;
use crate::province::{ProvinceReader, ProvinceStore};

impl ProvinceReader {
    /// All figures that were ever proposed, newest first; of one stage where it is named.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn public_figures(&self, stage: Option<Stage>) -> Result<Vec<PublicFigure>, StoreError> {
        let mut query = province_figure::Entity::find();
        if let Some(stage) = stage {
            query = query.filter(province_figure::Column::Stage.eq(stage.word()));
        }
        let rows = query
            .order_by_desc(province_figure::Column::ProposedAt)
            .order_by_desc(province_figure::Column::Id)
            .all(&self.tx)
            .await?;
        rows.into_iter().map(read).collect()
    }

    /// One of them.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn public_figure(&self, id: FigureId) -> Result<Option<PublicFigure>, StoreError> {
        let row = province_figure::Entity::find_by_id(id.0).one(&self.tx).await?;
        row.map(read).transpose()
    }

    /// What everybody reads now.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn published_figures(&self) -> Result<Vec<PublishedFigure>, StoreError> {
        let rows = published_figure::Entity::find().all(&self.tx).await?;
        rows.into_iter().map(|row| from_json(&row.body)).collect()
    }
}

impl ProvinceStore {
    /// Writes what is proposed.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn add_public_figure(&mut self, figure: &PublicFigure) -> Result<(), StoreError> {
        let (approved_by, approved_name, approved_at) = columns(figure.approved.as_ref());
        let (revoked_by, revoked_name, revoked_at) = columns(figure.revoked.as_ref());
        province_figure::ActiveModel {
            id: Set(figure.id.0),
            measure: Set(figure.measure.word().to_owned()),
            scope: Set(to_json(&figure.scope)?),
            year: Set(figure.year),
            title: Set(figure.title.clone()),
            note: Set(figure.note.clone()),
            from_day: Set(figure.from),
            stage: Set(figure.stage.word().to_owned()),
            proposed_by: Set(figure.proposed.account.0),
            proposed_name: Set(figure.proposed.name.clone()),
            proposed_at: Set(figure.proposed.at.millis()),
            approved_by: Set(approved_by),
            approved_name: Set(approved_name),
            approved_at: Set(approved_at),
            revoked_by: Set(revoked_by),
            revoked_name: Set(revoked_name),
            revoked_at: Set(revoked_at),
            reason: Set(figure.reason.clone()),
        }
        .insert(&self.tx)
        .await?;
        Ok(())
    }

    /// Makes a proposed figure public; `false` where it is not proposed any more.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn approve_public_figure(&mut self, id: FigureId, by: &By) -> Result<bool, StoreError> {
        let changed = province_figure::Entity::update_many()
            .set(province_figure::ActiveModel {
                stage: Set(Stage::Public.word().to_owned()),
                approved_by: Set(Some(by.account.0)),
                approved_name: Set(Some(by.name.clone())),
                approved_at: Set(Some(by.at.millis())),
                ..Default::default()
            })
            .filter(province_figure::Column::Id.eq(id.0))
            .filter(province_figure::Column::Stage.eq(Stage::Proposed.word()))
            .exec(&self.tx)
            .await?;
        Ok(changed.rows_affected == 1)
    }

    /// Takes a figure back, with what everybody reads of it; `false` where somebody did before.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn revoke_public_figure(
        &mut self,
        id: FigureId,
        by: &By,
        reason: &str,
    ) -> Result<bool, StoreError> {
        let changed = province_figure::Entity::update_many()
            .set(province_figure::ActiveModel {
                stage: Set(Stage::Revoked.word().to_owned()),
                revoked_by: Set(Some(by.account.0)),
                revoked_name: Set(Some(by.name.clone())),
                revoked_at: Set(Some(by.at.millis())),
                reason: Set(reason.to_owned()),
                ..Default::default()
            })
            .filter(province_figure::Column::Id.eq(id.0))
            .filter(province_figure::Column::Stage.ne(Stage::Revoked.word()))
            .exec(&self.tx)
            .await?;
        published_figure::Entity::delete_by_id(id.0)
            .exec(&self.tx)
            .await?;
        Ok(changed.rows_affected == 1)
    }

    /// Writes what everybody reads of a figure that is public.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn put_published_figure(
        &mut self,
        figure: &PublishedFigure,
        now: Moment,
    ) -> Result<(), StoreError> {
        use published_figure::Column;
        let row = published_figure::ActiveModel {
            id: Set(figure.id.0),
            from_day: Set(figure.from),
            body: Set(to_json(figure)?),
            changed_at: Set(now.millis()),
        };
        published_figure::Entity::insert(row)
            .on_conflict(
                OnConflict::column(Column::Id)
                    .update_columns([Column::Body, Column::ChangedAt])
                    .to_owned(),
            )
            .exec_without_returning(&self.tx)
            .await?;
        Ok(())
    }
}

fn columns(by: Option<&By>) -> (Option<Uuid>, Option<String>, Option<i64>) {
    (
        by.map(|by| by.account.0),
        by.map(|by| by.name.clone()),
        by.map(|by| by.at.millis()),
    )
}

fn by(account: Option<Uuid>, name: Option<String>, at: Option<i64>) -> Option<By> {
    Some(By {
        account: AccountId(account?),
        name: name.unwrap_or_default(),
        at: moment(at?),
    })
}

fn read(row: province_figure::Model) -> Result<PublicFigure, StoreError> {
    Ok(PublicFigure {
        id: FigureId(row.id),
        measure: word(&row.measure)?,
        scope: from_json(&row.scope)?,
        year: row.year,
        title: row.title,
        note: row.note,
        from: row.from_day,
        stage: word(&row.stage)?,
        proposed: By {
            account: AccountId(row.proposed_by),
            name: row.proposed_name,
            at: moment(row.proposed_at),
        },
        approved: by(row.approved_by, row.approved_name, row.approved_at),
        revoked: by(row.revoked_by, row.revoked_name, row.revoked_at),
        reason: row.reason,
    })
}
