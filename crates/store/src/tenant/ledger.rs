//! Reading the ledger: by day, by source, whole.

use chrono::NaiveDate;
use pbgdpl_model::id::AccountId;
use pbgdpl_model::ledger::{Measure, NewRow, Row, Source};
use sea_orm::{ColumnTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::convert::{from_json, moment, word};
use crate::entity::{chain_head, ledger};
use crate::error::StoreError;
use crate::tenant::TenantReader;

impl TenantReader {
    /// The rows of these days, oldest first, of one measure or of all.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn ledger_between(
        &self,
        from: NaiveDate,
        to: NaiveDate,
        measure: Option<Measure>,
    ) -> Result<Vec<Row>, StoreError> {
        let mut query = self
            .find::<ledger::Entity>()
            .filter(ledger::Column::Day.gte(from))
            .filter(ledger::Column::Day.lte(to));
        if let Some(measure) = measure {
            query = query.filter(ledger::Column::Measure.eq(measure.word()));
        }
        query
            .order_by_asc(ledger::Column::Seq)
            .all(&self.tx)
            .await?
            .into_iter()
            .map(read)
            .collect()
    }

    /// A page of the rows of these days and this measure, and how many there are.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn ledger_page(
        &self,
        from: NaiveDate,
        to: NaiveDate,
        measure: Measure,
        page: u64,
        per_page: u64,
    ) -> Result<(Vec<Row>, u64), StoreError> {
        let query = self
            .find::<ledger::Entity>()
            .filter(ledger::Column::Day.gte(from))
            .filter(ledger::Column::Day.lte(to))
            .filter(ledger::Column::Measure.eq(measure.word()));
        let total = query.clone().count(&self.tx).await?;
        let rows = query
            .order_by_asc(ledger::Column::Seq)
            .offset(page.saturating_sub(1).saturating_mul(per_page))
            .limit(per_page)
            .all(&self.tx)
            .await?;
        Ok((rows.into_iter().map(read).collect::<Result<_, _>>()?, total))
    }

    /// All rows that came from one activity or item, oldest first.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn ledger_of(&self, source: Uuid) -> Result<Vec<Row>, StoreError> {
        let rows = self
            .find::<ledger::Entity>()
            .filter(ledger::Column::SourceId.eq(source))
            .order_by_asc(ledger::Column::Seq)
            .all(&self.tx)
            .await?;
        rows.into_iter().map(read).collect()
    }

    /// The number of the last row.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn ledger_position(&self) -> Result<i64, StoreError> {
        Ok(self
            .find::<chain_head::Entity>()
            .one(&self.tx)
            .await?
            .map_or(0, |head| head.ledger_seq))
    }
}

fn read(row: ledger::Model) -> Result<Row, StoreError> {
    Ok(Row {
        seq: row.seq,
        at: moment(row.at),
        row: NewRow {
            day: row.day,
            source: if row.source == Source::Article.word() {
                Source::Article
            } else {
                Source::Activity
            },
            source_id: row.source_id,
            source_version: row.source_version,
            measure: word(&row.measure)?,
            quantity: row.quantity,
            dimensions: from_json(&row.dimensions)?,
            reverses: row.reverses,
            reason: row.reason,
        },
        actor: AccountId(row.actor),
        actor_name: row.actor_name,
    })
}
