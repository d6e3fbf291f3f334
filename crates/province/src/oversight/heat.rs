//! A year day by day: of the province, or of one agency. From the copies of days, never from an agency's rows.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use pbgdpl_model::id::TenantId;
use pbgdpl_model::ledger::Measure;
use pbgdpl_model::structure::View;
use pbgdpl_scope::ProvinceCtx;
use pbgdpl_scope::action::OversightRead;
use pbgdpl_store::province::ProvinceReader;

use super::freshness::{self, Freshness};
use super::same_days::days_of_year;
use crate::{Error, Province};

/// The days of a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Days {
    /// What is counted.
    pub measure: Measure,
    /// In which year.
    pub year: i32,
    /// The last day that can hold anything: 31 December, or today.
    pub last: NaiveDate,
    /// Days with figures; a day that was taken back whole holds 0.
    pub days: BTreeMap<NaiveDate, i64>,
    /// As of when.
    pub fresh: Freshness,
}

impl Days {
    /// The sum of its days.
    #[must_use]
    pub fn total(&self) -> i64 {
        self.days.values().sum()
    }

    /// The sums of its months.
    #[must_use]
    pub fn months(&self) -> [i64; 12] {
        let mut months = [0; 12];
        for (day, quantity) in &self.days {
            if let Some(month) = months.get_mut(usize::try_from(day.month0()).unwrap_or(0)) {
                *month += quantity;
            }
        }
        months
    }

    /// The longest stretch of days up to the last one on which nothing was counted: first day, last day, how many.
    #[must_use]
    pub fn longest_gap(&self) -> Option<(NaiveDate, NaiveDate, i64)> {
        let begin = NaiveDate::from_ymd_opt(self.year, 1, 1)?;
        let busy = self.days.iter().filter(|(_, quantity)| **quantity > 0);
        let busy = busy.map(|(day, _)| *day).filter(|day| *day <= self.last);
        let ends = std::iter::once(begin.pred_opt()?)
            .chain(busy)
            .chain(self.last.succ_opt());
        let ends: Vec<NaiveDate> = ends.collect();
        let gaps = ends.iter().zip(ends.iter().skip(1));
        gaps.map(|(from, to)| (from, to, (*to - *from).num_days() - 1))
            .filter(|(.., days)| *days > 0)
            .max_by_key(|(from, _, days)| (*days, std::cmp::Reverse(**from)))
            .and_then(|(from, to, days)| Some((from.succ_opt()?, to.pred_opt()?, days)))
    }
}

/// The days of a measure; of one agency where it is named.
///
/// # Errors
/// [`Error::Denied`], or a fault of the store.
#[tracing::instrument(name = "province.oversight.heat", skip_all)]
pub async fn heat(
    province: &Province,
    ctx: &ProvinceCtx,
    measure: Measure,
    year: i32,
    of: Option<TenantId>,
) -> Result<Days, Error> {
    let warrant = ctx.warrant::<OversightRead>()?;
    let read = async |store: ProvinceReader| {
        let fresh = freshness::of(&store, View::AsWas.into()).await?;
        days(&store, ctx.now().day(), (measure, year), of, fresh).await
    };
    province.store().look_over(&warrant, ctx.recency(), read).await
}

/// The days in a reading whose freshness is known.
pub(super) async fn days(
    store: &ProvinceReader,
    today: NaiveDate,
    (measure, year): (Measure, i32),
    of: Option<TenantId>,
    fresh: Freshness,
) -> Result<Days, Error> {
    Ok(Days {
        measure,
        year,
        last: days_of_year(year).1.min(today),
        days: store.days(year, measure, of).await?,
        fresh,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2020, month, day).unwrap()
    }

    fn year(busy: &[(u32, u32)], last: NaiveDate) -> Days {
        Days {
            measure: Measure::DirectSessions,
            year: 2020,
            last,
            days: busy.iter().map(|(m, d)| (day(*m, *d), 1)).collect(),
            fresh: Freshness::default(),
        }
    }

    #[test]
    fn the_longest_gap_counts_both_ends_of_the_year() {
        let found = year(&[(1, 1), (1, 5), (1, 20)], day(1, 31)).longest_gap();
        assert_eq!(found, Some((day(1, 6), day(1, 19), 14)));
        assert_eq!(
            year(&[], day(3, 1)).longest_gap(),
            Some((day(1, 1), day(3, 1), 61))
        );
        assert_eq!(
            year(&[(1, 1), (1, 2)], day(1, 2)).longest_gap(),
            None,
            "every day had something"
        );
        assert_eq!(
            year(&[(1, 2)], day(1, 10)).longest_gap(),
            Some((day(1, 3), day(1, 10), 8)),
            "the end of the record is an end"
        );
    }
}
