//! What was sent to the Ministry, and how both sides compare.

use pbgdpl_model::clock::Moment;
use pbgdpl_model::exchange::Mismatch;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, Set};

use crate::convert::{from_json, moment, to_json};
use crate::entity::{province_exchange, province_reconciliation};
use crate::error::StoreError;
use crate::province::{ProvinceReader, ProvinceStore};

/// A version of a record that was sent, or waits to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sending {
    /// The record.
    pub record: String,
    /// Version of the frozen form.
    pub version: i32,
    /// Id of the form.
    pub form: String,
    /// Period, as in addresses.
    pub period: String,
    /// Year.
    pub year: i32,
    /// The bytes that go out.
    pub envelope: String,
    /// Their SHA-256.
    pub hash: String,
    /// When it was asked for.
    pub asked_at: Moment,
    /// Number of the receipt and when it was received there.
    pub receipt: Option<(String, Moment)>,
    /// Why there is none yet; empty before the first attempt and once there is one.
    pub problem: String,
    /// Last change.
    pub changed_at: Moment,
}

/// What a comparison of both sides brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reconciliation {
    /// When it was asked for.
    pub asked_at: Moment,
    /// When it was done; nothing while it waits.
    pub done_at: Option<Moment>,
    /// Records of the other side.
    pub records: i32,
    /// What differs.
    pub mismatches: Vec<Mismatch>,
    /// Why it is not done yet.
    pub problem: String,
}

fn read(row: province_exchange::Model) -> Sending {
    Sending {
        record: row.record,
        version: row.version,
        form: row.form,
        period: row.period,
        year: row.year,
        envelope: row.envelope,
        hash: row.hash,
        asked_at: moment(row.asked_at),
        receipt: row.receipt.zip(row.received_at.map(moment)),
        problem: row.problem,
        changed_at: moment(row.changed_at),
    }
}

impl ProvinceReader {
    /// What was sent for a period, newest version first within each record.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn sendings(&self, period: &str, year: i32) -> Result<Vec<Sending>, StoreError> {
        let rows = province_exchange::Entity::find()
            .filter(province_exchange::Column::Period.eq(period))
            .filter(province_exchange::Column::Year.eq(year))
            .order_by_asc(province_exchange::Column::Record)
            .order_by_desc(province_exchange::Column::Version)
            .all(&self.tx)
            .await?;
        Ok(rows.into_iter().map(read).collect())
    }

    /// One version of a record.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn sending(&self, record: &str, version: i32) -> Result<Option<Sending>, StoreError> {
        let row = province_exchange::Entity::find_by_id((record.to_owned(), version))
            .one(&self.tx)
            .await?;
        Ok(row.map(read))
    }

    /// The last comparison for a period.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn reconciliation(
        &self,
        period: &str,
        year: i32,
    ) -> Result<Option<Reconciliation>, StoreError> {
        let row = province_reconciliation::Entity::find_by_id((period.to_owned(), year))
            .one(&self.tx)
            .await?;
        row.map(|row| {
            Ok(Reconciliation {
                asked_at: moment(row.asked_at),
                done_at: row.done_at.map(moment),
                records: row.records,
                mismatches: from_json(&row.body)?,
                problem: row.problem,
            })
        })
        .transpose()
    }
}

impl ProvinceStore {
    /// Writes a version that is to be sent.
    ///
    /// # Errors
    /// [`StoreError::Exists`] where it was asked for before.
    pub async fn add_sending(&mut self, new: &Sending) -> Result<(), StoreError> {
        province_exchange::ActiveModel {
            record: Set(new.record.clone()),
            version: Set(new.version),
            form: Set(new.form.clone()),
            period: Set(new.period.clone()),
            year: Set(new.year),
            envelope: Set(new.envelope.clone()),
            hash: Set(new.hash.clone()),
            asked_at: Set(new.asked_at.millis()),
            receipt: Set(None),
            received_at: Set(None),
            problem: Set(String::new()),
            changed_at: Set(new.changed_at.millis()),
        }
        .insert(&self.tx)
        .await?;
        Ok(())
    }

    /// Writes what came of an attempt: a receipt, or why there is none. Nothing takes the place of a receipt.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn answer_sending(&mut self, changed: &Sending) -> Result<bool, StoreError> {
        let (receipt, received_at) = changed.receipt.clone().unzip();
        let done = province_exchange::Entity::update_many()
            .set(province_exchange::ActiveModel {
                receipt: Set(receipt),
                received_at: Set(received_at.map(Moment::millis)),
                problem: Set(changed.problem.clone()),
                changed_at: Set(changed.changed_at.millis()),
                ..Default::default()
            })
            .filter(province_exchange::Column::Record.eq(changed.record.as_str()))
            .filter(province_exchange::Column::Version.eq(changed.version))
            .filter(province_exchange::Column::Receipt.is_null())
            .exec(&self.tx)
            .await?;
        Ok(done.rows_affected == 1)
    }

    /// Writes a comparison in place of the last one of the period.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn put_reconciliation(
        &mut self,
        period: &str,
        year: i32,
        made: &Reconciliation,
    ) -> Result<(), StoreError> {
        use province_reconciliation::Column;
        let row = province_reconciliation::ActiveModel {
            period: Set(period.to_owned()),
            year: Set(year),
            asked_at: Set(made.asked_at.millis()),
            done_at: Set(made.done_at.map(Moment::millis)),
            records: Set(made.records),
            body: Set(to_json(&made.mismatches)?),
            problem: Set(made.problem.clone()),
        };
        province_reconciliation::Entity::insert(row)
            .on_conflict(
                OnConflict::columns([Column::Period, Column::Year])
                    .update_columns([
                        Column::AskedAt,
                        Column::DoneAt,
                        Column::Records,
                        Column::Body,
                        Column::Problem,
                    ])
                    .to_owned(),
            )
            .exec_without_returning(&self.tx)
            .await?;
        Ok(())
    }
}
