//! Days of all agencies: copies that each agency's own roll-up put there.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use pbgdpl_model::clock::Moment;
use pbgdpl_model::id::TenantId;
use pbgdpl_model::ledger::Measure;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use crate::convert::{moment, word};
use crate::entity::{due_day, province_day};
use crate::error::StoreError;
use crate::province::ProvinceReader;

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

impl ProvinceReader {
    /// Sums by agency, month and measure over one year.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn months(&self, year: i32) -> Result<Vec<Slice>, StoreError> {
        use chrono::Datelike;
        let (Some(from), Some(to)) = (
            NaiveDate::from_ymd_opt(year, 1, 1),
            NaiveDate::from_ymd_opt(year, 12, 31),
        ) else {
            return Ok(Vec::new());
        };
        let rows: Vec<(Uuid, NaiveDate, String, i64)> = province_day::Entity::find()
            .filter(province_day::Column::Day.gte(from))
            .filter(province_day::Column::Day.lte(to))
            .select_only()
            .column(province_day::Column::TenantId)
            .column(province_day::Column::Day)
            .column(province_day::Column::Measure)
            .column(province_day::Column::Quantity)
            .into_tuple()
            .all(&self.tx)
            .await?;
        let mut sums = BTreeMap::new();
        for (tenant, day, measure, quantity) in rows {
            *sums
                .entry((tenant, day.month(), word::<Measure>(&measure)?))
                .or_insert(0) += quantity;
        }
        Ok(sums
            .into_iter()
            .map(|((tenant, month, measure), quantity)| Slice {
                tenant: TenantId(tenant),
                month,
                measure,
                quantity,
            })
            .collect())
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
        let mut query = province_day::Entity::find()
            .filter(province_day::Column::Day.gte(NaiveDate::from_ymd_opt(year, 1, 1)))
            .filter(province_day::Column::Day.lte(NaiveDate::from_ymd_opt(year, 12, 31)))
            .filter(province_day::Column::Measure.eq(measure.word()));
        if let Some(tenant) = of {
            query = query.filter(province_day::Column::TenantId.eq(tenant.0));
        }
        let rows: Vec<(NaiveDate, i64)> = query
            .select_only()
            .column(province_day::Column::Day)
            .column_as(Expr::cust("cast(sum(quantity) as bigint)"), "quantity")
            .group_by(province_day::Column::Day)
            .into_tuple()
            .all(&self.tx)
            .await?;
        Ok(rows.into_iter().collect())
    }

    /// Since when the day that waits longest waits to be copied; none where no day waits.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn waiting_since(&self) -> Result<Option<Moment>, StoreError> {
        let oldest: Option<Option<i64>> = due_day::Entity::find()
            .select_only()
            .column_as(due_day::Column::MarkedAt.min(), "oldest")
            .into_tuple()
            .one(&self.tx)
            .await?;
        Ok(oldest.flatten().map(moment))
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

    /// Sums by agency and measure over some days.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn totals(
        &self,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<Vec<(TenantId, Measure, i64)>, StoreError> {
        let rows: Vec<(Uuid, String, i64)> = province_day::Entity::find()
            .filter(province_day::Column::Day.gte(from))
            .filter(province_day::Column::Day.lte(to))
            .select_only()
            .column(province_day::Column::TenantId)
            .column(province_day::Column::Measure)
            .column_as(Expr::cust("cast(sum(quantity) as bigint)"), "quantity")
            .group_by(province_day::Column::TenantId)
            .group_by(province_day::Column::Measure)
            .into_tuple()
            .all(&self.tx)
            .await?;
        rows.into_iter()
            .map(|(tenant, measure, quantity)| Ok((TenantId(tenant), word(&measure)?, quantity)))
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
        let rows: Vec<(String, i64)> = province_day::Entity::find()
            .filter(province_day::Column::TenantId.eq(tenant.0))
            .filter(province_day::Column::Day.gte(from))
            .filter(province_day::Column::Day.lte(to))
            .select_only()
            .column(province_day::Column::Measure)
            .column_as(Expr::cust("cast(sum(quantity) as bigint)"), "quantity")
            .group_by(province_day::Column::Measure)
            .into_tuple()
            .all(&self.tx)
            .await?;
        rows.into_iter()
            .map(|(measure, quantity)| Ok((word(&measure)?, quantity)))
            .collect()
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

    /// When the newest day was copied, and how many days still wait to be: the freshness of every figure (DSH-08).
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn freshness(&self) -> Result<(Option<Moment>, u64), StoreError> {
        use sea_orm::PaginatorTrait;
        let newest: Option<Option<i64>> = province_day::Entity::find()
            .select_only()
            .column_as(Expr::cust("max(copied_at)"), "newest")
            .into_tuple()
            .one(&self.tx)
            .await?;
        Ok((
            newest.flatten().map(moment),
            due_day::Entity::find().count(&self.tx).await?,
        ))
    }
}
