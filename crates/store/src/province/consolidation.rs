//! Consolidations: the province's form made from accepted reports, version by version, frozen once.

use pbgdpl_model::clock::Moment;
use pbgdpl_model::id::{AccountId, ConsolidationId};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, Iterable, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, Set,
};

use crate::convert::moment;
use crate::entity::province_consolidation;
use crate::error::StoreError;
use crate::province::{ProvinceReader, ProvinceStore};

/// The end of a version's changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frozen {
    /// When.
    pub at: Moment,
    /// Whose act it was.
    pub by: AccountId,
    /// Their name at that time.
    pub name: String,
}

/// One version of the province's form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consolidation {
    /// Permanent id.
    pub id: ConsolidationId,
    /// Form code, such as 09c.
    pub form: String,
    /// Kind of period.
    pub period: String,
    /// Year.
    pub year: i32,
    /// 1, 2, 3 …
    pub version: i32,
    /// When and by whom it was frozen.
    pub frozen: Option<Frozen>,
    /// The figures with their sources, canonical JSON.
    pub body: String,
    /// SHA-256 of the body, hexadecimal.
    pub hash: String,
    /// Who made it.
    pub made_by: (AccountId, String),
    /// When.
    pub made_at: Moment,
}

fn read(row: province_consolidation::Model) -> Consolidation {
    Consolidation {
        id: ConsolidationId(row.id),
        form: row.form,
        period: row.period,
        year: row.year,
        version: row.version,
        frozen: row.frozen_at.zip(row.frozen_by).map(|(at, by)| Frozen {
            at: moment(at),
            by: AccountId(by),
            name: row.frozen_name.unwrap_or_default(),
        }),
        body: row.body,
        hash: row.hash,
        made_by: (AccountId(row.made_by), row.made_name),
        made_at: moment(row.made_at),
    }
}

impl ProvinceReader {
    /// All versions for one period, newest first.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn consolidations(
        &self,
        form: &str,
        period: &str,
        year: i32,
    ) -> Result<Vec<Consolidation>, StoreError> {
        let rows = province_consolidation::Entity::find()
            .filter(province_consolidation::Column::Form.eq(form))
            .filter(province_consolidation::Column::Period.eq(period))
            .filter(province_consolidation::Column::Year.eq(year))
            .order_by_desc(province_consolidation::Column::Version)
            .all(&self.tx)
            .await?;
        Ok(rows.into_iter().map(read).collect())
    }
}

impl ProvinceReader {
    /// Every frozen version for periods of these years, or frozen between two moments; oldest first.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn frozen_about(
        &self,
        years: (i32, i32),
        frozen: (Moment, Moment),
    ) -> Result<Vec<Consolidation>, StoreError> {
        use province_consolidation::Column;
        let then = Condition::all()
            .add(Column::FrozenAt.gte(frozen.0.millis()))
            .add(Column::FrozenAt.lt(frozen.1.millis()));
        let about = Condition::any()
            .add(Column::Year.between(years.0, years.1))
            .add(then);
        let rows = province_consolidation::Entity::find()
            .filter(Column::FrozenAt.is_not_null())
            .filter(about)
            .order_by_asc(Column::Year)
            .order_by_asc(Column::Period)
            .order_by_asc(Column::Form)
            .order_by_asc(Column::Version)
            .all(&self.tx)
            .await?;
        Ok(rows.into_iter().map(read).collect())
    }
}

impl ProvinceReader {
    /// A page of every version of every form, without its figures: the newest year first, then the newest version; and how
    /// many there are.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn all_consolidations(
        &self,
        page: u64,
        per_page: u64,
    ) -> Result<(Vec<Consolidation>, u64), StoreError> {
        use province_consolidation::Column;
        let count = province_consolidation::Entity::find().count(&self.tx).await?;
        let rows = province_consolidation::Entity::find()
            .select_only()
            .columns(Column::iter().filter(|column| !matches!(column, Column::Body)))
            .expr_as(Expr::val(""), "body")
            .order_by_desc(Column::Year)
            .order_by_asc(Column::Form)
            .order_by_asc(Column::Period)
            .order_by_desc(Column::Version)
            .offset(page.saturating_sub(1).saturating_mul(per_page))
            .limit(per_page)
            .all(&self.tx)
            .await?;
        Ok((rows.into_iter().map(read).collect(), count))
    }
}

impl ProvinceStore {
    /// Writes a version: in place of a draft with the same id, or new. Whether that version is still a draft is asked by
    /// the writing itself: an answer that was read before could be an old one.
    ///
    /// # Errors
    /// [`StoreError::Stale`] where that version is frozen.
    pub async fn put_consolidation(&mut self, made: &Consolidation) -> Result<(), StoreError> {
        let done = province_consolidation::Entity::update_many()
            .set(columns(made))
            .filter(province_consolidation::Column::Id.eq(made.id.0))
            .filter(province_consolidation::Column::Stage.eq(DRAFT))
            .exec(&self.tx)
            .await?;
        if done.rows_affected == 1 {
            return Ok(());
        }
        let there = province_consolidation::Entity::find_by_id(made.id.0)
            .one(&self.tx)
            .await?;
        if there.is_some() {
            return Err(StoreError::Stale);
        }
        province_consolidation::ActiveModel {
            id: Set(made.id.0),
            ..columns(made)
        }
        .insert(&self.tx)
        .await?;
        Ok(())
    }
}

const DRAFT: &str = "draft";

/// Everything of a version but its id.
fn columns(made: &Consolidation) -> province_consolidation::ActiveModel {
    province_consolidation::ActiveModel {
        form: Set(made.form.clone()),
        period: Set(made.period.clone()),
        year: Set(made.year),
        version: Set(made.version),
        stage: Set(if made.frozen.is_some() { "frozen" } else { DRAFT }.to_owned()),
        body: Set(made.body.clone()),
        hash: Set(made.hash.clone()),
        made_by: Set(made.made_by.0.0),
        made_name: Set(made.made_by.1.clone()),
        made_at: Set(made.made_at.millis()),
        frozen_by: Set(made.frozen.as_ref().map(|frozen| frozen.by.0)),
        frozen_name: Set(made.frozen.as_ref().map(|frozen| frozen.name.clone())),
        frozen_at: Set(made.frozen.as_ref().map(|frozen| frozen.at.millis())),
        ..Default::default()
    }
}
