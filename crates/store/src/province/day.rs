//! Days of all agencies: copies that each agency's own roll-up put there.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use pbgdpl_model::clock::Moment;
use pbgdpl_model::id::TenantId;
use pbgdpl_model::ledger::Measure;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};

use crate::convert::{moment, word};
use crate::entity::{due_day, province_day, province_day_change, province_month};
use crate::error::StoreError;
use crate::fold::by_measure;
use crate::province::ProvinceReader;
use crate::province::day_rows::{self, changes};
use crate::province::month_rows;

/// The sum of one measure of one agency in one month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slice {
    /// Whose.
    pub tenant: TenantId,
    /// 1 to 12.
    pub month: u32,
    /// What.
    pub measure: Measure,
    /// How much.
    pub quantity: i64,
}

/// The first and the last day of a year.
fn days_of(year: i32) -> (NaiveDate, NaiveDate) {
    let day = |month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default();
    (day(1, 1), day(12, 31))
}

impl ProvinceReader {
    /// Sums by agency, month and measure over one year, to a day of it.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn months(&self, year: i32, until: NaiveDate) -> Result<Vec<Slice>, StoreError> {
        let days = (days_of(year).0, until);
        match self.known {
            None => month_rows::months(days, &self.tx).await,
            Some(at) => day_rows::months(changes(at), days, &self.tx).await,
        }
    }

    /// Sums of one measure by day over one year: of the province, or of one agency. Days without figures are left out.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn days(
        &self,
        year: i32,
        measure: Measure,
        of: Option<TenantId>,
    ) -> Result<BTreeMap<NaiveDate, i64>, StoreError> {
        let (days, what) = (days_of(year), (measure, of));
        match self.known {
            None => day_rows::days(province_day::Entity::find(), days, what, &self.tx).await,
            Some(at) => day_rows::days(changes(at), days, what, &self.tx).await,
        }
    }

    /// The sum of one measure of the province over some days.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn total(&self, measure: Measure, from: NaiveDate, to: NaiveDate) -> Result<i64, StoreError> {
        let days = (from, to);
        match self.known {
            None => month_rows::total(days, measure, &self.tx).await,
            Some(at) => day_rows::total(changes(at), days, measure, &self.tx).await,
        }
    }

    /// Sums by agency and measure over some days.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn totals(
        &self,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<Vec<(TenantId, Measure, i64)>, StoreError> {
        let days = (from, to);
        match self.known {
            None => month_rows::totals(days, &self.tx).await,
            Some(at) => day_rows::totals(changes(at), days, &self.tx).await,
        }
    }

    /// Sums by agency and measure over all days, of the days themselves and not of months.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn totals_of_days(&self) -> Result<Vec<(TenantId, Measure, i64)>, StoreError> {
        match self.days_known().await? {
            Some(days) => day_rows::totals(province_day::Entity::find(), days, &self.tx).await,
            None => Ok(Vec::new()),
        }
    }

    /// The last day, up to this one, on which a measure was counted by anybody.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn last_day_of(
        &self,
        measure: Measure,
        until: NaiveDate,
    ) -> Result<Option<NaiveDate>, StoreError> {
        match self.known {
            None => day_rows::last_day(province_day::Entity::find(), until, measure, &self.tx).await,
            Some(at) => day_rows::last_day(changes(at), until, measure, &self.tx).await,
        }
    }

    /// The first and the last day that any figure speaks of.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn days_known(&self) -> Result<Option<(NaiveDate, NaiveDate)>, StoreError> {
        match self.known {
            None => day_rows::ends(province_day::Entity::find(), &self.tx).await,
            Some(at) => day_rows::ends(changes(at), &self.tx).await,
        }
    }

    /// The copies of one agency's days: every day and measure.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn days_of(&self, tenant: TenantId) -> Result<BTreeMap<(NaiveDate, Measure), i64>, StoreError> {
        let rows: Vec<(NaiveDate, String, i64)> = province_day::Entity::find()
            .filter(province_day::Column::TenantId.eq(tenant.0))
            .select_only()
            .column(province_day::Column::Day)
            .column(province_day::Column::Measure)
            .column(province_day::Column::Quantity)
            .into_tuple()
            .all(&self.tx)
            .await?;
        rows.into_iter()
            .map(|(day, measure, quantity)| Ok(((day, word(&measure)?), quantity)))
            .collect()
    }

    /// The sums of one agency's months: first day and measure. Equal to [`Self::days_of`], month by month.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn months_of(
        &self,
        tenant: TenantId,
    ) -> Result<BTreeMap<(NaiveDate, Measure), i64>, StoreError> {
        let rows = province_month::Entity::find()
            .filter(province_month::Column::TenantId.eq(tenant.0))
            .all(&self.tx)
            .await?;
        rows.into_iter()
            .map(|row| Ok(((row.month, word(&row.measure)?), row.quantity)))
            .collect()
    }

    /// What the changes of one agency's copies add up to: every day and measure. Equal to [`Self::days_of`].
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn changes_of(
        &self,
        tenant: TenantId,
    ) -> Result<BTreeMap<(NaiveDate, Measure), i64>, StoreError> {
        let rows: Vec<(NaiveDate, String, i64)> = province_day_change::Entity::find()
            .filter(province_day_change::Column::TenantId.eq(tenant.0))
            .select_only()
            .column(province_day_change::Column::Day)
            .column(province_day_change::Column::Measure)
            .column_as(Expr::cust("cast(sum(quantity) as bigint)"), "quantity")
            .group_by(province_day_change::Column::Day)
            .group_by(province_day_change::Column::Measure)
            .into_tuple()
            .all(&self.tx)
            .await?;
        rows.into_iter()
            .map(|(day, measure, quantity)| Ok(((day, word(&measure)?), quantity)))
            .collect()
    }

    /// Sums of one agency by measure over some days.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn totals_of(
        &self,
        tenant: TenantId,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<BTreeMap<Measure, i64>, StoreError> {
        let rows = province_day::Entity::find()
            .filter(province_day::Column::TenantId.eq(tenant.0))
            .filter(province_day::Column::Day.gte(from))
            .filter(province_day::Column::Day.lte(to));
        by_measure(rows, province_day::Column::Measure, &self.tx).await
    }

    /// Whether days of an agency still wait to be copied.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn days_waiting_of(&self, tenant: TenantId) -> Result<bool, StoreError> {
        use sea_orm::PaginatorTrait;
        let waiting = due_day::Entity::find().filter(due_day::Column::TenantId.eq(tenant.0));
        Ok(waiting.count(&self.tx).await? > 0)
    }

    /// How many of these days wait to be copied, over all agencies.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn days_waiting_between(&self, from: NaiveDate, to: NaiveDate) -> Result<u64, StoreError> {
        use sea_orm::PaginatorTrait;
        let waiting = due_day::Entity::find()
            .filter(due_day::Column::Day.gte(from))
            .filter(due_day::Column::Day.lte(to));
        Ok(waiting.count(&self.tx).await?)
    }

    /// When the newest day was copied, how many days still wait to be, and since when the first of them waits: the freshness
    /// of every figure (DSH-08).
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn freshness(&self) -> Result<(Option<Moment>, u64, Option<Moment>), StoreError> {
        let newest: Option<Option<i64>> = province_day::Entity::find()
            .select_only()
            .column_as(Expr::cust("max(copied_at)"), "newest")
            .into_tuple()
            .one(&self.tx)
            .await?;
        let waiting: Option<(i64, Option<i64>)> = due_day::Entity::find()
            .select_only()
            .column_as(Expr::cust("count(*)"), "waiting")
            .column_as(due_day::Column::MarkedAt.min(), "since")
            .into_tuple()
            .one(&self.tx)
            .await?;
        let (waiting, since) = waiting.unwrap_or_default();
        Ok((
            newest.flatten().map(moment),
            u64::try_from(waiting).unwrap_or(0),
            since.map(moment),
        ))
    }
}
