//! The rows that sums of days are read from: the copies as they are, or their changes up to a moment. The same columns in both.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use pbgdpl_model::clock::Moment;
use pbgdpl_model::id::TenantId;
use pbgdpl_model::ledger::Measure;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QuerySelect, Select};
use uuid::Uuid;

use super::day::Slice;
use crate::convert::word;
use crate::entity::{province_day, province_day_change};
use crate::error::StoreError;

/// Rows with an agency, a day, a measure and a quantity.
pub(super) trait DayRows: EntityTrait {
    const TENANT: Self::Column;
    const DAY: Self::Column;
    const MEASURE: Self::Column;
    const QUANTITY: Self::Column;
}

impl DayRows for province_day::Entity {
    const TENANT: Self::Column = province_day::Column::TenantId;
    const DAY: Self::Column = province_day::Column::Day;
    const MEASURE: Self::Column = province_day::Column::Measure;
    const QUANTITY: Self::Column = province_day::Column::Quantity;
}

impl DayRows for province_day_change::Entity {
    const TENANT: Self::Column = province_day_change::Column::TenantId;
    const DAY: Self::Column = province_day_change::Column::Day;
    const MEASURE: Self::Column = province_day_change::Column::Measure;
    const QUANTITY: Self::Column = province_day_change::Column::Quantity;
}

/// The days from one to another, both counted.
pub(super) type Days = (NaiveDate, NaiveDate);

/// The changes that were written up to a moment.
pub(super) fn changes(until: Moment) -> Select<province_day_change::Entity> {
    province_day_change::Entity::find().filter(province_day_change::Column::At.lte(until.millis()))
}

fn of<E: DayRows>(rows: Select<E>, (from, to): Days, measure: Measure) -> Select<E> {
    between(rows, (from, to)).filter(E::MEASURE.eq(measure.word()))
}

fn between<E: DayRows>(rows: Select<E>, (from, to): Days) -> Select<E> {
    rows.filter(E::DAY.gte(from)).filter(E::DAY.lte(to))
}

fn sum() -> Expr {
    Expr::cust("cast(sum(quantity) as bigint)")
}

/// By agency, month and measure.
pub(super) async fn months<E: DayRows>(
    rows: Select<E>,
    days: Days,
    tx: &DatabaseTransaction,
) -> Result<Vec<Slice>, StoreError> {
    let rows: Vec<(Uuid, NaiveDate, String, i64)> = between(rows, days)
        .select_only()
        .column(E::TENANT)
        .column(E::DAY)
        .column(E::MEASURE)
        .column(E::QUANTITY)
        .into_tuple()
        .all(tx)
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

/// One measure by day: of the province, or of one agency.
pub(super) async fn days<E: DayRows>(
    rows: Select<E>,
    days: Days,
    (measure, of_agency): (Measure, Option<TenantId>),
    tx: &DatabaseTransaction,
) -> Result<BTreeMap<NaiveDate, i64>, StoreError> {
    let mut rows = of(rows, days, measure);
    if let Some(tenant) = of_agency {
        rows = rows.filter(E::TENANT.eq(tenant.0));
    }
    let rows: Vec<(NaiveDate, i64)> = rows
        .select_only()
        .column(E::DAY)
        .column_as(sum(), "quantity")
        .group_by(E::DAY)
        .into_tuple()
        .all(tx)
        .await?;
    Ok(rows.into_iter().collect())
}

/// One measure of the province.
pub(super) async fn total<E: DayRows>(
    rows: Select<E>,
    days: Days,
    measure: Measure,
    tx: &DatabaseTransaction,
) -> Result<i64, StoreError> {
    let sum: Option<Option<i64>> = of(rows, days, measure)
        .select_only()
        .column_as(sum(), "quantity")
        .into_tuple()
        .one(tx)
        .await?;
    Ok(sum.flatten().unwrap_or(0))
}

/// By agency and measure.
pub(super) async fn totals<E: DayRows>(
    rows: Select<E>,
    days: Days,
    tx: &DatabaseTransaction,
) -> Result<Vec<(TenantId, Measure, i64)>, StoreError> {
    let rows: Vec<(Uuid, String, i64)> = between(rows, days)
        .select_only()
        .column(E::TENANT)
        .column(E::MEASURE)
        .column_as(sum(), "quantity")
        .group_by(E::TENANT)
        .group_by(E::MEASURE)
        .into_tuple()
        .all(tx)
        .await?;
    rows.into_iter()
        .map(|(tenant, measure, quantity)| Ok((TenantId(tenant), word(&measure)?, quantity)))
        .collect()
}
