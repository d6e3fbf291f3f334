//! Who asked for the summary of the province (DSH-12), and the last day they were told of.

use chrono::NaiveDate;
use pbgdpl_model::clock::Moment;
use pbgdpl_model::id::{AccountId, DomainId};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, Set};

use crate::entity::account_summary::{ActiveModel, Column, Entity};
use crate::error::StoreError;
use crate::identity::{IdentityReader, IdentityStore};

/// Somebody who asked for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SummaryReader {
    /// Who.
    pub account: AccountId,
    /// The last day they were told of; none before the first letter.
    pub told_on: Option<NaiveDate>,
}

impl IdentityReader {
    /// Everybody who asked for the summary of a place.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn summary_readers(&self, domain: DomainId) -> Result<Vec<SummaryReader>, StoreError> {
        let rows = Entity::find()
            .filter(Column::Domain.eq(domain.0))
            .order_by_asc(Column::AccountId)
            .all(&self.tx)
            .await?;
        Ok(rows
            .into_iter()
            .map(|row| SummaryReader {
                account: AccountId(row.account_id),
                told_on: row.told_on,
            })
            .collect())
    }

    /// Whether somebody asked for the summary of a place.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn summary_reader(
        &self,
        domain: DomainId,
        account: AccountId,
    ) -> Result<Option<SummaryReader>, StoreError> {
        let row = Entity::find_by_id(account.0)
            .filter(Column::Domain.eq(domain.0))
            .one(&self.tx)
            .await?;
        Ok(row.map(|row| SummaryReader {
            account,
            told_on: row.told_on,
        }))
    }
}

impl IdentityStore {
    /// Somebody asks for the summary of a place; asked before, nothing changes.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn ask_summary(
        &mut self,
        domain: DomainId,
        account: AccountId,
        now: Moment,
    ) -> Result<(), StoreError> {
        let row = ActiveModel {
            account_id: Set(account.0),
            domain: Set(domain.0),
            chosen_at: Set(now.millis()),
            told_on: Set(None),
        };
        Entity::insert(row)
            .on_conflict(OnConflict::column(Column::AccountId).do_nothing().to_owned())
            .exec_without_returning(&self.reader.tx)
            .await?;
        Ok(())
    }

    /// Somebody wants no summary any more.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn end_summary(&mut self, domain: DomainId, account: AccountId) -> Result<(), StoreError> {
        Entity::delete_many()
            .filter(Column::AccountId.eq(account.0))
            .filter(Column::Domain.eq(domain.0))
            .exec(&self.reader.tx)
            .await?;
        Ok(())
    }

    /// Somebody was told of a day.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn told_summary(
        &mut self,
        domain: DomainId,
        account: AccountId,
        day: NaiveDate,
    ) -> Result<(), StoreError> {
        Entity::update_many()
            .set(ActiveModel {
                told_on: Set(Some(day)),
                ..Default::default()
            })
            .filter(Column::AccountId.eq(account.0))
            .filter(Column::Domain.eq(domain.0))
            .exec(&self.reader.tx)
            .await?;
        Ok(())
    }
}
