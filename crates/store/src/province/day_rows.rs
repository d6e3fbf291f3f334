//! The rows that sums of days are read from: the copies as they are, or their changes up to a moment. The same columns in both. Whole
//! months are read from the sums that stand beside the copies (`month_rows.rs`).

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use pbgdpl_model::clock::Moment;
use pbgdpl_model::id::TenantId;
use pbgdpl_model::ledger::Measure;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select};
use uuid::Uuid;

use super::day::Slice;
use crate::convert::word;
use crate::entity::{province_day, province_day_change};
use crate::error::StoreError;

/// Rows with an agency, a day, a measure; beside them stands `quantity`.
pub(super) trait DayRows: EntityTrait {
    const TENANT: Self::Column;
    const DAY: Self::Column;
    const MEASURE: Self::Column;
}

impl DayRows for province_day::Entity {
    const TENANT: Self::Column = province_day::Column::TenantId;
    const DAY: Self::Column = province_day::Column::Day;
    const MEASURE: Self::Column = province_day::Column::Measure;
}

impl DayRows for province_day_change::Entity {
    const TENANT: Self::Column = province_day_change::Column::TenantId;
    const DAY: Self::Column = province_day_change::Column::Day;
    const MEASURE: Self::Column = province_day_change::Column::Measure;
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
        .column_as(sum(), "quantity")
        .group_by(E::TENANT)
        .group_by(E::DAY)
        .group_by(E::MEASURE)
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

/// The last day up to one on which a measure was counted.
pub(super) async fn last_day<E: DayRows>(
    rows: Select<E>,
    until: NaiveDate,
    measure: Measure,
    tx: &DatabaseTransaction,
) -> Result<Option<NaiveDate>, StoreError> {
    Ok(rows
        .filter(E::MEASURE.eq(measure.word()))
        .filter(E::DAY.lte(until))
        .order_by_desc(E::DAY)
        .select_only()
        .column(E::DAY)
        .limit(1)
        .into_tuple()
        .one(tx)
        .await?)
}

/// The first and the last day.
pub(super) async fn ends<E: DayRows>(
    rows: Select<E>,
    tx: &DatabaseTransaction,
) -> Result<Option<(NaiveDate, NaiveDate)>, StoreError> {
    let ends: Option<(Option<NaiveDate>, Option<NaiveDate>)> = rows
        .select_only()
        .column_as(E::DAY.min(), "first")
        .column_as(E::DAY.max(), "last")
        .into_tuple()
        .one(tx)
        .await?;
    Ok(ends.and_then(|(first, last)| first.zip(last)))
}
