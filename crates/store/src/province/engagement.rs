//! Engaged use over all agencies: copies of their days, and the people of each day as one set, so that nobody counts twice.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use pbgdpl_model::clock::Moment;
use pbgdpl_model::engagement::{DayFigures, People};
use pbgdpl_model::id::TenantId;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set};
use uuid::Uuid;

use crate::convert::moment;
use crate::entity::{province_engagement, province_people};
use crate::error::StoreError;
use crate::province::{ProvinceReader, ProvinceStore};
use crate::tenant::{PURGED, read_sketch, signed, unsigned};

fn sum(column: &str) -> Expr {
    Expr::cust(format!("cast(sum({column}) as bigint)"))
}

const fn figures((views, excluded, people): (u64, u64, u64)) -> DayFigures {
    DayFigures {
        views,
        excluded,
        people,
    }
}

impl ProvinceReader {
    /// What each agency had in these days; its people are the sum of its days.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn engagement_by_agency(
        &self,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<BTreeMap<TenantId, DayFigures>, StoreError> {
        use province_engagement::{Column, Entity};
        let rows: Vec<(Uuid, i64, i64, i64)> = Entity::find()
            .filter(Column::Day.between(from, to))
            .select_only()
            .column(Column::TenantId)
            .column_as(sum("views"), "sum_views")
            .column_as(sum("excluded"), "sum_excluded")
            .column_as(sum("people"), "sum_people")
            .group_by(Column::TenantId)
            .into_tuple()
            .all(&self.tx)
            .await?;
        Ok(rows
            .into_iter()
            .map(|(tenant, views, excluded, people)| {
                let found = (unsigned(views), unsigned(excluded), unsigned(people));
                (TenantId(tenant), figures(found))
            })
            .collect())
    }

    /// What the province had on each of these days; who read several sections is one.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn engagement_by_day(
        &self,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<BTreeMap<NaiveDate, DayFigures>, StoreError> {
        use province_engagement::{Column, Entity};
        let rows: Vec<(NaiveDate, i64, i64)> = Entity::find()
            .filter(Column::Day.between(from, to))
            .select_only()
            .column(Column::Day)
            .column_as(sum("views"), "sum_views")
            .column_as(sum("excluded"), "sum_excluded")
            .group_by(Column::Day)
            .into_tuple()
            .all(&self.tx)
            .await?;
        let people: Vec<(NaiveDate, i64)> = province_people::Entity::find()
            .filter(province_people::Column::Day.between(from, to))
            .select_only()
            .column(province_people::Column::Day)
            .column(province_people::Column::People)
            .into_tuple()
            .all(&self.tx)
            .await?;
        let people: BTreeMap<NaiveDate, i64> = people.into_iter().collect();
        Ok(rows
            .into_iter()
            .map(|(day, views, excluded)| {
                let people = people.get(&day).copied().unwrap_or(0);
                (
                    day,
                    figures((unsigned(views), unsigned(excluded), unsigned(people))),
                )
            })
            .collect())
    }

    /// When a node last wrote down what it had counted.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn engagement_newest(&self) -> Result<Option<Moment>, StoreError> {
        use province_engagement::{Column, Entity};
        let newest: Option<i64> = Entity::find()
            .select_only()
            .column(Column::CopiedAt)
            .order_by_desc(Column::Day)
            .order_by_desc(Column::CopiedAt)
            .limit(1)
            .into_tuple()
            .one(&self.tx)
            .await?;
        Ok(newest.map(moment))
    }
}

impl ProvinceStore {
    /// Merges the people of a day. Twice is as good as once.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn merge_people(
        &mut self,
        day: NaiveDate,
        people: &People,
        now: Moment,
    ) -> Result<(), StoreError> {
        use province_people::{ActiveModel, Column, Entity};
        let first = ActiveModel {
            day: Set(day),
            people: Set(0),
            sketch: Set(None),
            merged_at: Set(now.millis()),
        };
        // The update takes the lock of the row: nodes wait for each other.
        Entity::insert(first)
            .on_conflict(
                OnConflict::column(Column::Day)
                    .update_column(Column::MergedAt)
                    .to_owned(),
            )
            .exec_without_returning(&self.reader.tx)
            .await?;
        let row = Entity::find_by_id(day).one(&self.reader.tx).await?;
        let row = row.ok_or_else(|| StoreError::Unreadable("the people of a day are missing".into()))?;
        let mut all = read_sketch(row.sketch.as_ref())?;
        all.merge(people);
        Entity::update_many()
            .set(ActiveModel {
                people: Set(signed(all.estimate()).max(row.people)),
                sketch: Set(Some(all.to_bytes())),
                ..Default::default()
            })
            .filter(Column::Day.eq(day))
            .exec(&self.reader.tx)
            .await?;
        Ok(())
    }

    /// Drops sketches of days before this one, at most so many that nobody waits long for it; the estimate stays. Returns of how many
    /// days; nothing is left where it is 0.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn purge_people(&mut self, day: NaiveDate) -> Result<u64, StoreError> {
        use province_people::{Column, Entity};
        let days: Vec<NaiveDate> = Entity::find()
            .filter(Column::Day.lt(day))
            .filter(Column::Sketch.is_not_null())
            .order_by_asc(Column::Day)
            .limit(PURGED)
            .select_only()
            .column(Column::Day)
            .into_tuple()
            .all(&self.reader.tx)
            .await?;
        let dropped = Entity::update_many()
            .col_expr(Column::Sketch, Expr::value(Option::<Vec<u8>>::None))
            .filter(Column::Day.is_in(days))
            .exec(&self.reader.tx)
            .await?;
        Ok(dropped.rows_affected)
    }
}
