//! Days: the ledger folded by day and measure, and the province's copy of them. Recomputed whole, so repeating is harmless.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use pbgdpl_model::clock::Moment;
use pbgdpl_model::ledger::Measure;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Set};

use crate::convert::{moment, word};
use crate::entity::{day_total, due_day, ledger, province_day, province_day_change};
use crate::error::StoreError;
use crate::fold::by_measure;
use crate::tenant::{TenantReader, TenantStore};

impl TenantReader {
    /// The sum of every measure over these days.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn totals(&self, from: NaiveDate, to: NaiveDate) -> Result<BTreeMap<Measure, i64>, StoreError> {
        let rows = self
            .find::<day_total::Entity>()
            .filter(day_total::Column::Day.gte(from))
            .filter(day_total::Column::Day.lte(to));
        by_measure(rows, day_total::Column::Measure, &self.tx).await
    }

    /// The sum of every measure of the rows themselves: what a form counts, without waiting for the days.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn ledger_totals(
        &self,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<BTreeMap<Measure, i64>, StoreError> {
        let rows = self
            .find::<ledger::Entity>()
            .filter(ledger::Column::Day.gte(from))
            .filter(ledger::Column::Day.lte(to));
        by_measure(rows, ledger::Column::Measure, &self.tx).await
    }

    /// The sums of a year by month and measure, of the rows themselves.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn ledger_months(&self, year: i32) -> Result<BTreeMap<(u32, Measure), i64>, StoreError> {
        let rows: Vec<(NaiveDate, String, i64)> = self
            .find::<ledger::Entity>()
            .filter(ledger::Column::Day.gte(NaiveDate::from_ymd_opt(year, 1, 1)))
            .filter(ledger::Column::Day.lte(NaiveDate::from_ymd_opt(year, 12, 31)))
            .select_only()
            .column(ledger::Column::Day)
            .column(ledger::Column::Measure)
            .column_as(Expr::cust("cast(sum(quantity) as bigint)"), "quantity")
            .group_by(ledger::Column::Day)
            .group_by(ledger::Column::Measure)
            .into_tuple()
            .all(&self.tx)
            .await?;
        let mut months = BTreeMap::new();
        for (day, measure, quantity) in rows {
            *months.entry((day.month(), word(&measure)?)).or_insert(0) += quantity;
        }
        Ok(months)
    }

    /// When the newest row was written, and how many days still wait to reach the province.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn ledger_freshness(&self) -> Result<(Option<Moment>, u64), StoreError> {
        let newest: Option<i64> = self
            .find::<ledger::Entity>()
            .select_only()
            .column(ledger::Column::At)
            .order_by_desc(ledger::Column::Seq)
            .limit(1)
            .into_tuple()
            .one(&self.tx)
            .await?;
        let waiting = due_day::Entity::find()
            .filter(due_day::Column::TenantId.eq(self.tenant().0))
            .count(&self.tx)
            .await?;
        Ok((newest.map(moment), waiting))
    }

    /// Every day with what it sums to, for verifying.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn day_totals(&self) -> Result<BTreeMap<(NaiveDate, Measure), i64>, StoreError> {
        let rows = self.find::<day_total::Entity>().all(&self.tx).await?;
        rows.into_iter()
            .map(|row| Ok(((row.day, word(&row.measure)?), row.quantity)))
            .collect()
    }

    /// Every day that the ledger speaks of, folded anew.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn ledger_days(&self) -> Result<BTreeMap<(NaiveDate, Measure), i64>, StoreError> {
        let rows: Vec<(NaiveDate, String, i64)> = self
            .find::<ledger::Entity>()
            .select_only()
            .column(ledger::Column::Day)
            .column(ledger::Column::Measure)
            .column_as(Expr::cust("cast(sum(quantity) as bigint)"), "quantity")
            .group_by(ledger::Column::Day)
            .group_by(ledger::Column::Measure)
            .into_tuple()
            .all(&self.tx)
            .await?;
        rows.into_iter()
            .map(|(day, measure, quantity)| Ok(((day, word(&measure)?), quantity)))
            .collect()
    }
}

impl TenantStore {
    /// Recomputes one day from the ledger and copies it to the province: delete, then insert; what changed is kept beside it.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn rebuild_day(&mut self, day: NaiveDate, now: Moment) -> Result<(), StoreError> {
        let tenant = self.tenant().0;
        let sums: Vec<(String, i64, i64)> = self
            .find::<ledger::Entity>()
            .filter(ledger::Column::Day.eq(day))
            .select_only()
            .column(ledger::Column::Measure)
            .column_as(Expr::cust("cast(sum(quantity) as bigint)"), "quantity")
            .column_as(Expr::cust("max(seq)"), "seq")
            .group_by(ledger::Column::Measure)
            .into_tuple()
            .all(&self.reader.tx)
            .await?;
        day_total::Entity::delete_many()
            .filter(day_total::Column::TenantId.eq(tenant))
            .filter(day_total::Column::Day.eq(day))
            .exec(&self.reader.tx)
            .await?;
        province_day::Entity::delete_many()
            .filter(province_day::Column::TenantId.eq(tenant))
            .filter(province_day::Column::Day.eq(day))
            .exec(&self.reader.tx)
            .await?;
        if sums.is_empty() {
            return self.sum_month(day).await;
        }
        let own = sums
            .iter()
            .map(|(measure, quantity, seq)| day_total::ActiveModel {
                tenant_id: Set(tenant),
                day: Set(day),
                measure: Set(measure.clone()),
                quantity: Set(*quantity),
                ledger_seq: Set(*seq),
            });
        day_total::Entity::insert_many(own)
            .exec_without_returning(&self.reader.tx)
            .await?;
        let copies = sums
            .iter()
            .map(|(measure, quantity, seq)| province_day::ActiveModel {
                tenant_id: Set(tenant),
                day: Set(day),
                measure: Set(measure.clone()),
                quantity: Set(*quantity),
                ledger_seq: Set(*seq),
                copied_at: Set(now.millis()),
            });
        province_day::Entity::insert_many(copies)
            .exec_without_returning(&self.reader.tx)
            .await?;
        self.sum_month(day).await?;
        self.keep_changes(day).await
    }

    /// Keeps by how much each measure of a day changed with the rows that were written since: one change for each calendar day
    /// of writing, so that a copy that comes late moves nothing, and one that was lost and made again changes nothing.
    async fn keep_changes(&self, day: NaiveDate) -> Result<(), StoreError> {
        let tenant = self.tenant().0;
        let kept: Vec<(String, i64)> = province_day_change::Entity::find()
            .filter(province_day_change::Column::TenantId.eq(tenant))
            .filter(province_day_change::Column::Day.eq(day))
            .select_only()
            .column(province_day_change::Column::Measure)
            .column_as(province_day_change::Column::LedgerSeq.max(), "seq")
            .group_by(province_day_change::Column::Measure)
            .into_tuple()
            .all(&self.reader.tx)
            .await?;
        let kept: BTreeMap<String, i64> = kept.into_iter().collect();
        let rows: Vec<(String, i64, i64, i64)> = self
            .find::<ledger::Entity>()
            .filter(ledger::Column::Day.eq(day))
            .select_only()
            .column(ledger::Column::Measure)
            .column(ledger::Column::Seq)
            .column(ledger::Column::At)
            .column(ledger::Column::Quantity)
            .order_by_asc(ledger::Column::Seq)
            .into_tuple()
            .all(&self.reader.tx)
            .await?;
        let mut changes: BTreeMap<(String, NaiveDate), (i64, i64, i64)> = BTreeMap::new();
        for (measure, seq, at, quantity) in rows {
            if kept.get(&measure).is_none_or(|kept| seq > *kept) {
                let (last, newest, sum) = changes.entry((measure, moment(at).day())).or_default();
                (*last, *newest, *sum) = (seq, at.max(*newest), *sum + quantity);
            }
        }
        let changes = changes
            .into_iter()
            .map(
                |((measure, _), (seq, at, quantity))| province_day_change::ActiveModel {
                    tenant_id: Set(tenant),
                    day: Set(day),
                    measure: Set(measure),
                    ledger_seq: Set(seq),
                    at: Set(at),
                    quantity: Set(quantity),
                },
            )
            .collect::<Vec<_>>();
        if changes.is_empty() {
            return Ok(());
        }
        province_day_change::Entity::insert_many(changes)
            .exec_without_returning(&self.reader.tx)
            .await?;
        Ok(())
    }
}
