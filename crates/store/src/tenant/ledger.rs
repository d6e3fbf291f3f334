//! Reading the ledger: by day, by source, whole.

use chrono::NaiveDate;
use pbgdpl_model::clock::Moment;
use pbgdpl_model::id::AccountId;
use pbgdpl_model::ledger::{Measure, NewRow, Row, Source};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::convert::{from_json, moment, word};
use crate::entity::{chain_head, ledger};
use crate::error::StoreError;
use crate::tenant::TenantReader;

/// Which rows of the ledger.
#[derive(Debug, Clone, Copy)]
pub struct LedgerSlice<'a> {
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
    /// What is counted.
    pub measures: &'a [Measure],
    /// No row after this number.
    pub up_to: Option<i64>,
    /// Only rows after this number.
    pub after: Option<i64>,
    /// Only rows that were written by this moment.
    pub known: Option<Moment>,
}

/// A page of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LedgerPage {
    /// Oldest first.
    pub rows: Vec<Row>,
    /// Rows on all pages.
    pub count: u64,
    /// What the rows on all pages add up to.
    pub sum: i64,
}

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

    /// A page of some rows, oldest first, with how many there are on all pages and what they add up to.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn ledger_page(
        &self,
        of: &LedgerSlice<'_>,
        page: u64,
        per_page: u64,
    ) -> Result<LedgerPage, StoreError> {
        let mut query = self
            .find::<ledger::Entity>()
            .filter(ledger::Column::Day.gte(of.from))
            .filter(ledger::Column::Day.lte(of.to))
            .filter(ledger::Column::Measure.is_in(of.measures.iter().map(|measure| measure.word())));
        if let Some(seq) = of.up_to {
            query = query.filter(ledger::Column::Seq.lte(seq));
        }
        if let Some(seq) = of.after {
            query = query.filter(ledger::Column::Seq.gt(seq));
        }
        if let Some(moment) = of.known {
            query = query.filter(ledger::Column::At.lte(moment.millis()));
        }
        let (count, sum): (i64, i64) = query
            .clone()
            .select_only()
            .column_as(Expr::cust("count(*)"), "rows")
            .column_as(
                Expr::cust("cast(coalesce(sum(quantity), 0) as bigint)"),
                "quantity",
            )
            .into_tuple()
            .one(&self.tx)
            .await?
            .unwrap_or_default();
        let rows = query
            .order_by_asc(ledger::Column::Seq)
            .offset(page.saturating_sub(1).saturating_mul(per_page))
            .limit(per_page)
            .all(&self.tx)
            .await?;
        Ok(LedgerPage {
            rows: rows.into_iter().map(read).collect::<Result<_, _>>()?,
            count: u64::try_from(count).unwrap_or(0),
            sum,
        })
    }

    /// Rows of these days after a number, oldest first: all measures, a piece at a time.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn ledger_after(
        &self,
        (from, to): (NaiveDate, NaiveDate),
        seq: i64,
        most: u64,
    ) -> Result<Vec<Row>, StoreError> {
        let rows = self
            .find::<ledger::Entity>()
            .filter(ledger::Column::Seq.gt(seq))
            .filter(ledger::Column::Day.gte(from))
            .filter(ledger::Column::Day.lte(to))
            .order_by_asc(ledger::Column::Seq)
            .limit(most)
            .all(&self.tx)
            .await?;
        rows.into_iter().map(read).collect()
    }

    /// Which of these rows another row took back, by some moment or by now.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn reversed_among(&self, rows: &[i64], known: Option<Moment>) -> Result<Vec<i64>, StoreError> {
        let mut query = self
            .find::<ledger::Entity>()
            .filter(ledger::Column::Reverses.is_in(rows.iter().copied()));
        if let Some(moment) = known {
            query = query.filter(ledger::Column::At.lte(moment.millis()));
        }
        let reversed: Vec<Option<i64>> = query
            .select_only()
            .column(ledger::Column::Reverses)
            .into_tuple()
            .all(&self.tx)
            .await?;
        Ok(reversed.into_iter().flatten().collect())
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
