//! Every day of an agency recomputed at once, a few statements whatever the number of rows; and the sums of months that stand beside the
//! province's days. The same figures as day by day (`day.rs`): a test compares them.

use chrono::{Datelike, Months, NaiveDate};
use pbgdpl_model::clock::Moment;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, Set, Statement, Value};

use crate::database::Engine;
use crate::entity::{day_total, province_day, province_month};
use crate::error::StoreError;
use crate::fold::by_measure;
use crate::tenant::TenantStore;

/// What was summed before goes; what changed is kept.
const EMPTY: [&str; 3] = [
    "delete from day_total where tenant_id = $1",
    "delete from province_day where tenant_id = $1",
    "delete from province_month where tenant_id = $1",
];

const DAYS: &str = "insert into day_total (tenant_id, day, measure, quantity, ledger_seq) \
    select tenant_id, day, measure, cast(sum(quantity) as bigint), max(seq) from ledger where tenant_id = $1 \
    group by tenant_id, day, measure";

const COPIES: &str = "insert into province_day (tenant_id, day, measure, quantity, ledger_seq, copied_at) \
    select tenant_id, day, measure, quantity, ledger_seq, $2 from day_total where tenant_id = $1";

/// Of the days whose newest row is not among the changes: what came since, one change a calendar day of writing. 25200000 is seven
/// hours: days begin at midnight of the province.
const CHANGES: &str = "insert into province_day_change (tenant_id, day, measure, ledger_seq, at, quantity) \
    select entry.tenant_id, entry.day, entry.measure, max(entry.seq), max(entry.at), cast(sum(entry.quantity) as bigint) \
    from day_total total \
    left join (select day, measure, max(ledger_seq) as seq from province_day_change where tenant_id = $1 group by day, measure) kept \
      on kept.day = total.day and kept.measure = total.measure \
    join ledger entry on entry.tenant_id = $1 and entry.day = total.day and entry.measure = total.measure and entry.seq > coalesce(kept.seq, 0) \
    where total.tenant_id = $1 and total.ledger_seq > coalesce(kept.seq, 0) \
    group by entry.tenant_id, entry.day, entry.measure, (entry.at + 25200000) / 86400000";

impl TenantStore {
    /// Recomputes every day of the agency from the ledger and copies it to the province; answers how many days hold something. Whoever
    /// calls holds the ledger.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn rebuild_days(&mut self, now: Moment) -> Result<u64, StoreError> {
        let tenant = Value::from(self.tenant().0);
        if self.engine == Engine::Postgres {
            // Millions of rows take longer than any request may, and are sorted in memory while they are few at a time.
            self.run("set local statement_timeout = 0", []).await?;
            self.run("set local work_mem = '64MB'", []).await?;
        }
        for statement in EMPTY {
            self.run(statement, [tenant.clone()]).await?;
        }
        self.run(DAYS, [tenant.clone()]).await?;
        self.run(COPIES, [tenant.clone(), Value::from(now.millis())])
            .await?;
        self.run(CHANGES, [tenant]).await?;
        let days: Vec<NaiveDate> = self
            .find::<day_total::Entity>()
            .select_only()
            .column(day_total::Column::Day)
            .distinct()
            .into_tuple()
            .all(&self.reader.tx)
            .await?;
        let mut months: Vec<NaiveDate> = days.iter().copied().filter_map(first_of).collect();
        months.sort_unstable();
        months.dedup();
        for month in months {
            self.sum_month(month).await?;
        }
        Ok(u64::try_from(days.len()).unwrap_or(u64::MAX))
    }

    /// Adds up the month of a day from the copies of its days: what the year is read from.
    pub(super) async fn sum_month(&self, day: NaiveDate) -> Result<(), StoreError> {
        let Some(first) = first_of(day) else {
            return Ok(());
        };
        let next = first + Months::new(1);
        let tenant = self.tenant().0;
        province_month::Entity::delete_many()
            .filter(province_month::Column::TenantId.eq(tenant))
            .filter(province_month::Column::Month.eq(first))
            .exec(&self.reader.tx)
            .await?;
        let days = province_day::Entity::find()
            .filter(province_day::Column::TenantId.eq(tenant))
            .filter(province_day::Column::Day.gte(first))
            .filter(province_day::Column::Day.lt(next));
        let sums = by_measure(days, province_day::Column::Measure, &self.reader.tx).await?;
        if sums.is_empty() {
            return Ok(());
        }
        let rows = sums
            .into_iter()
            .map(|(measure, quantity)| province_month::ActiveModel {
                tenant_id: Set(tenant),
                month: Set(first),
                measure: Set(measure.word().to_owned()),
                quantity: Set(quantity),
            });
        province_month::Entity::insert_many(rows)
            .exec_without_returning(&self.reader.tx)
            .await?;
        Ok(())
    }

    async fn run(&self, sql: &str, values: impl IntoIterator<Item = Value>) -> Result<(), StoreError> {
        let backend = self.reader.tx.get_database_backend();
        let statement = Statement::from_sql_and_values(backend, sql, values);
        self.reader.tx.execute_raw(statement).await?;
        Ok(())
    }
}

fn first_of(day: NaiveDate) -> Option<NaiveDate> {
    day.with_day(1)
}
