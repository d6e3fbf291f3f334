//! The register of tổ hòa giải ở cơ sở: its facts, appended and read.

use pbgdpl_model::id::{AccountId, GroupId};
use pbgdpl_model::mediation::{Fact, Group};
use pbgdpl_scope::Permit;
use pbgdpl_scope::action::RegisterWrite;
use sea_orm::{ActiveModelTrait, ColumnTrait, QueryFilter, QueryOrder, Set};

use crate::convert::{from_json, moment, to_json};
use crate::entity::mediation_fact;
use crate::error::StoreError;
use crate::tenant::dated::gathered;
use crate::tenant::{TenantReader, TenantStore};

impl TenantReader {
    /// Every group ever entered, oldest first.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn mediation_groups(&self) -> Result<Vec<Group>, StoreError> {
        let rows = self
            .find::<mediation_fact::Entity>()
            .order_by_asc(mediation_fact::Column::GroupId)
            .order_by_asc(mediation_fact::Column::Number)
            .all(&self.tx)
            .await?;
        groups(rows)
    }

    /// One group with every fact.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn mediation_group(&self, id: GroupId) -> Result<Option<Group>, StoreError> {
        let rows = self
            .find::<mediation_fact::Entity>()
            .filter(mediation_fact::Column::GroupId.eq(id.0))
            .order_by_asc(mediation_fact::Column::Number)
            .all(&self.tx)
            .await?;
        Ok(groups(rows)?.pop())
    }
}

impl TenantStore {
    /// Appends a fact to a group.
    ///
    /// # Errors
    /// Where the database fails or the permit is of another agency.
    pub async fn add_mediation_fact(
        &mut self,
        permit: &Permit<RegisterWrite>,
        group: GroupId,
        fact: &Fact,
        author: AccountId,
    ) -> Result<(), StoreError> {
        self.check(permit)?;
        mediation_fact::ActiveModel {
            tenant_id: Set(self.tenant().0),
            group_id: Set(group.0),
            number: Set(fact.number),
            from_day: Set(fact.from),
            body: Set(to_json(&fact.body)?),
            corrects: Set(fact.corrects),
            reason: Set(fact.reason.clone()),
            author: Set(author.0),
            author_name: Set(fact.author_name.clone()),
            created_at: Set(fact.at.millis()),
        }
        .insert(&self.reader.tx)
        .await?;
        Ok(())
    }
}

fn groups(rows: Vec<mediation_fact::Model>) -> Result<Vec<Group>, StoreError> {
    let facts = rows.into_iter().map(|row| {
        let fact = Fact {
            number: row.number,
            from: row.from_day,
            body: from_json(&row.body)?,
            corrects: row.corrects,
            reason: row.reason,
            author_name: row.author_name,
            at: moment(row.created_at),
        };
        Ok((GroupId(row.group_id), fact))
    });
    gathered(facts)
}
