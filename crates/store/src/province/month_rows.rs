//! Sums over the copies of days, read as whole months where the days asked are whole months, and as days at the two ends: a year is twelve
//! rows an agency and measure, whatever happened in it.

use std::collections::BTreeMap;

use chrono::{Datelike, Months, NaiveDate};
use pbgdpl_model::id::TenantId;
use pbgdpl_model::ledger::Measure;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::day::Slice;
use super::day_rows::{self, Days};
use crate::convert::word;
use crate::entity::{province_day, province_month};
use crate::error::StoreError;

/// Days as they are read: first days of whole months from one to another, and what is left of days before and after them.
#[derive(Debug, Default, PartialEq, Eq)]
struct Parts {
    months: Option<Days>,
    days: Vec<Days>,
}

fn first_of(day: NaiveDate) -> NaiveDate {
    day.with_day(1).unwrap_or(day)
}

fn last_of(day: NaiveDate) -> NaiveDate {
    let next = first_of(day) + Months::new(1);
    next.pred_opt().unwrap_or(day)
}

fn parts((from, to): Days) -> Parts {
    let first = if from == first_of(from) {
        from
    } else {
        first_of(from) + Months::new(1)
    };
    let after = if to == last_of(to) {
        first_of(to) + Months::new(1)
    } else {
        first_of(to)
    };
    if from > to || first >= after {
        return Parts {
            months: None,
            days: vec![(from, to)],
        };
    }
    let mut days = Vec::new();
    if from < first {
        days.push((from, last_of(from)));
    }
    if after <= to {
        days.push((after, to));
    }
    Parts {
        months: Some((first, after - Months::new(1))),
        days,
    }
}

/// By agency, month and measure.
pub(super) async fn months(days: Days, tx: &DatabaseTransaction) -> Result<Vec<Slice>, StoreError> {
    let parts = parts(days);
    let mut slices = Vec::new();
    if let Some((first, last)) = parts.months {
        let rows: Vec<(Uuid, NaiveDate, String, i64)> = province_month::Entity::find()
            .filter(province_month::Column::Month.gte(first))
            .filter(province_month::Column::Month.lte(last))
            .select_only()
            .column(province_month::Column::TenantId)
            .column(province_month::Column::Month)
            .column(province_month::Column::Measure)
            .column(province_month::Column::Quantity)
            .into_tuple()
            .all(tx)
            .await?;
        for (tenant, month, measure, quantity) in rows {
            slices.push(Slice {
                tenant: TenantId(tenant),
                month: month.month(),
                measure: word(&measure)?,
                quantity,
            });
        }
    }
    for days in parts.days {
        slices.extend(day_rows::months(province_day::Entity::find(), days, tx).await?);
    }
    slices.sort_unstable_by_key(|slice| (slice.tenant, slice.month, slice.measure));
    Ok(slices)
}

/// By agency and measure.
pub(super) async fn totals(
    days: Days,
    tx: &DatabaseTransaction,
) -> Result<Vec<(TenantId, Measure, i64)>, StoreError> {
    let parts = parts(days);
    let mut sums: BTreeMap<(TenantId, Measure), i64> = BTreeMap::new();
    if let Some((first, last)) = parts.months {
        let rows: Vec<(Uuid, String, i64)> = province_month::Entity::find()
            .filter(province_month::Column::Month.gte(first))
            .filter(province_month::Column::Month.lte(last))
            .select_only()
            .column(province_month::Column::TenantId)
            .column(province_month::Column::Measure)
            .column_as(Expr::cust("cast(sum(quantity) as bigint)"), "quantity")
            .group_by(province_month::Column::TenantId)
            .group_by(province_month::Column::Measure)
            .into_tuple()
            .all(tx)
            .await?;
        for (tenant, measure, quantity) in rows {
            *sums.entry((TenantId(tenant), word(&measure)?)).or_insert(0) += quantity;
        }
    }
    for days in parts.days {
        for (tenant, measure, quantity) in day_rows::totals(province_day::Entity::find(), days, tx).await? {
            *sums.entry((tenant, measure)).or_insert(0) += quantity;
        }
    }
    Ok(sums
        .into_iter()
        .map(|((tenant, measure), quantity)| (tenant, measure, quantity))
        .collect())
}

/// One measure of the province.
pub(super) async fn total(days: Days, measure: Measure, tx: &DatabaseTransaction) -> Result<i64, StoreError> {
    let parts = parts(days);
    let mut sum = 0;
    if let Some((first, last)) = parts.months {
        let found: Option<Option<i64>> = province_month::Entity::find()
            .filter(province_month::Column::Measure.eq(measure.word()))
            .filter(province_month::Column::Month.gte(first))
            .filter(province_month::Column::Month.lte(last))
            .select_only()
            .column_as(Expr::cust("cast(sum(quantity) as bigint)"), "quantity")
            .into_tuple()
            .one(tx)
            .await?;
        sum += found.flatten().unwrap_or(0);
    }
    for days in parts.days {
        sum += day_rows::total(province_day::Entity::find(), days, measure, tx).await?;
    }
    Ok(sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    /// Every day of the range is in exactly one part.
    #[test]
    fn whole_months_and_what_is_left_of_days_are_the_days_asked() {
        let begin = day(2019, 12, 28);
        for from in 0..70 {
            for length in 0..100 {
                let asked = (
                    begin + chrono::Days::new(from),
                    begin + chrono::Days::new(from + length),
                );
                let parts = parts(asked);
                let mut covered: Vec<Days> = parts.days.clone();
                if let Some((first, last)) = parts.months {
                    assert_eq!((first.day(), last.day()), (1, 1));
                    covered.push((first, last_of(last)));
                }
                covered.sort_unstable();
                assert_eq!(covered.first().unwrap().0, asked.0, "{asked:?}");
                assert_eq!(covered.last().unwrap().1, asked.1, "{asked:?}");
                for pair in covered.windows(2) {
                    assert_eq!(pair[0].1.succ_opt().unwrap(), pair[1].0, "{asked:?}");
                }
            }
        }
    }

    #[test]
    fn a_year_is_twelve_months_and_no_day() {
        let year = parts((day(2020, 1, 1), day(2020, 12, 31)));
        assert_eq!(year.months, Some((day(2020, 1, 1), day(2020, 12, 1))));
        assert!(year.days.is_empty());
        let backwards = parts((day(2020, 3, 1), day(2020, 2, 1)));
        assert_eq!(backwards.months, None, "nothing is read twice");
    }
}
