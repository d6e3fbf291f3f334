//! What an agency writes of its results under a plan: one row a plan and a year, the texts of the version in hand.

use pbgdpl_model::id::{AccountId, ContributionId};
use pbgdpl_model::plan::Draft;
use pbgdpl_scope::Permit;
use pbgdpl_scope::action::Act;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, Set};

use crate::convert::{from_json, moment, to_json};
use crate::entity::plan_contribution;
use crate::error::StoreError;
use crate::tenant::{TenantReader, TenantStore};

fn read(row: plan_contribution::Model) -> Result<Draft, StoreError> {
    Ok(Draft {
        id: ContributionId(row.id),
        plan: row.plan,
        year: row.year,
        version: row.version,
        texts: from_json(&row.texts)?,
        reason: row.reason,
        by: AccountId(row.changed_by),
        by_name: row.changed_name,
        at: moment(row.changed_at),
        row_version: row.row_version,
    })
}

impl TenantReader {
    /// What is written under a plan for a year.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn contribution(&self, plan: &str, year: i32) -> Result<Option<Draft>, StoreError> {
        self.find::<plan_contribution::Entity>()
            .filter(plan_contribution::Column::Plan.eq(plan))
            .filter(plan_contribution::Column::Year.eq(year))
            .one(&self.tx)
            .await?
            .map(read)
            .transpose()
    }

    /// Everything that is written under plans, the newest year first.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn contributions(&self) -> Result<Vec<Draft>, StoreError> {
        let rows = self
            .find::<plan_contribution::Entity>()
            .order_by_desc(plan_contribution::Column::Year)
            .order_by_asc(plan_contribution::Column::Plan)
            .all(&self.tx)
            .await?;
        rows.into_iter().map(read).collect()
    }
}

impl TenantStore {
    /// Writes the texts of a contribution: new where `row_version` is 0, else in place of the row that was read.
    ///
    /// # Errors
    /// [`StoreError::Stale`] where it changed since it was read.
    pub async fn put_contribution<A: Act>(
        &mut self,
        permit: &Permit<A>,
        draft: &Draft,
    ) -> Result<(), StoreError> {
        self.check(permit)?;
        let columns = plan_contribution::ActiveModel {
            version: Set(draft.version),
            texts: Set(to_json(&draft.texts)?),
            reason: Set(draft.reason.clone()),
            changed_by: Set(draft.by.0),
            changed_name: Set(draft.by_name.clone()),
            changed_at: Set(draft.at.millis()),
            ..Default::default()
        };
        if draft.row_version == 0 {
            plan_contribution::ActiveModel {
                tenant_id: Set(self.tenant().0),
                plan: Set(draft.plan.clone()),
                year: Set(draft.year),
                id: Set(draft.id.0),
                row_version: Set(1),
                ..columns
            }
            .insert(&self.reader.tx)
            .await
            .map_err(|error| match StoreError::from(error) {
                StoreError::Exists(_) => StoreError::Stale,
                other => other,
            })?;
            return Ok(());
        }
        let done = plan_contribution::Entity::update_many()
            .set(columns)
            .col_expr(
                plan_contribution::Column::RowVersion,
                Expr::col(plan_contribution::Column::RowVersion).add(1),
            )
            .filter(plan_contribution::Column::TenantId.eq(self.tenant().0))
            .filter(plan_contribution::Column::Plan.eq(draft.plan.as_str()))
            .filter(plan_contribution::Column::Year.eq(draft.year))
            .filter(plan_contribution::Column::RowVersion.eq(draft.row_version))
            .exec(&self.reader.tx)
            .await?;
        if done.rows_affected == 1 {
            Ok(())
        } else {
            Err(StoreError::Stale)
        }
    }
}
