//! Saved views of the province's figures: each belongs to a person; a shared one is read by everybody of the place while its owner
//! still holds a role there.

use std::collections::BTreeMap;

use pbgdpl_model::clock::Moment;
use pbgdpl_model::dashboard::{SavedView, ViewAddress};
use pbgdpl_model::id::{AccountId, DomainId, ViewId};
use sea_orm::sea_query::{Expr, Query};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, Select,
    Set,
};
use uuid::Uuid;

use crate::convert::{from_json, moment, to_json, word};
use crate::entity::account_view::{ActiveModel, Column, Entity, Model};
use crate::entity::{account, membership};
use crate::error::StoreError;
use crate::identity::{IdentityReader, IdentityStore};

/// Views of a place that this person may open.
fn open_to(domain: DomainId, reader: AccountId) -> Select<Entity> {
    let still_there = Query::select()
        .column(membership::Column::AccountId)
        .from(membership::Entity)
        .and_where(membership::Column::Domain.eq(domain.0))
        .to_owned();
    let shared = Condition::all()
        .add(Column::Shared.eq(1))
        .add(Column::AccountId.in_subquery(still_there));
    Entity::find()
        .filter(Column::Domain.eq(domain.0))
        .filter(Column::RemovedAt.is_null())
        .filter(Condition::any().add(Column::AccountId.eq(reader.0)).add(shared))
}

impl IdentityReader {
    /// Views of a place that a person may open: the own ones and the shared ones, newest first.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn views(&self, domain: DomainId, reader: AccountId) -> Result<Vec<SavedView>, StoreError> {
        let rows = open_to(domain, reader)
            .order_by_desc(Column::MadeAt)
            .order_by_desc(Column::Id)
            .all(&self.tx)
            .await?;
        self.named(rows).await
    }

    /// One of them.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn view(
        &self,
        domain: DomainId,
        reader: AccountId,
        id: ViewId,
    ) -> Result<Option<SavedView>, StoreError> {
        let row = open_to(domain, reader)
            .filter(Column::Id.eq(id.0))
            .one(&self.tx)
            .await?;
        Ok(self.named(row.into_iter().collect()).await?.pop())
    }

    /// How many views a person keeps in a place.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn count_views(&self, domain: DomainId, owner: AccountId) -> Result<u64, StoreError> {
        let rows = Entity::find()
            .filter(Column::Domain.eq(domain.0))
            .filter(Column::AccountId.eq(owner.0))
            .filter(Column::RemovedAt.is_null());
        Ok(rows.count(&self.tx).await?)
    }

    async fn named(&self, rows: Vec<Model>) -> Result<Vec<SavedView>, StoreError> {
        let owners = rows.iter().map(|row| row.account_id);
        let names: BTreeMap<Uuid, String> = account::Entity::find()
            .filter(account::Column::Id.is_in(owners))
            .all(&self.tx)
            .await?
            .into_iter()
            .map(|person| (person.id, person.display_name))
            .collect();
        rows.into_iter()
            .map(|row| {
                Ok(SavedView {
                    id: ViewId(row.id),
                    owner: AccountId(row.account_id),
                    owner_name: names.get(&row.account_id).cloned().unwrap_or_default(),
                    title: row.title,
                    shared: row.shared != 0,
                    address: word::<ViewAddress>(&row.address)?,
                    fixed: row.fixed.as_deref().map(from_json).transpose()?,
                    made_at: moment(row.made_at),
                })
            })
            .collect()
    }
}

impl IdentityStore {
    /// Writes a view.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn add_view(&mut self, domain: DomainId, view: &SavedView) -> Result<(), StoreError> {
        ActiveModel {
            id: Set(view.id.0),
            account_id: Set(view.owner.0),
            domain: Set(domain.0),
            title: Set(view.title.clone()),
            shared: Set(i32::from(view.shared)),
            address: Set(view.address.to_string()),
            fixed: Set(view.fixed.as_ref().map(to_json).transpose()?),
            made_at: Set(view.made_at.millis()),
            changed_at: Set(view.made_at.millis()),
            removed_at: Set(None),
        }
        .insert(&self.reader.tx)
        .await?;
        Ok(())
    }

    /// Renames a view of this owner and says who may open it; `false` where the owner has no such view.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn change_view(
        &mut self,
        (domain, owner): (DomainId, AccountId),
        id: ViewId,
        (title, shared): (&str, bool),
        now: Moment,
    ) -> Result<bool, StoreError> {
        let changed = Entity::update_many()
            .set(ActiveModel {
                title: Set(title.to_owned()),
                shared: Set(i32::from(shared)),
                changed_at: Set(now.millis()),
                ..Default::default()
            })
            .filter(Column::Id.eq(id.0))
            .filter(Column::Domain.eq(domain.0))
            .filter(Column::AccountId.eq(owner.0))
            .filter(Column::RemovedAt.is_null())
            .exec(&self.reader.tx)
            .await?;
        Ok(changed.rows_affected == 1)
    }

    /// Takes a view of this owner away, or brings it back; `false` where there is none to be taken or brought back.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn remove_view(
        &mut self,
        (domain, owner): (DomainId, AccountId),
        id: ViewId,
        removed_at: Option<Moment>,
    ) -> Result<bool, StoreError> {
        let there = if removed_at.is_some() {
            Column::RemovedAt.is_null()
        } else {
            Column::RemovedAt.is_not_null()
        };
        let changed = Entity::update_many()
            .col_expr(Column::RemovedAt, Expr::value(removed_at.map(Moment::millis)))
            .filter(Column::Id.eq(id.0))
            .filter(Column::Domain.eq(domain.0))
            .filter(Column::AccountId.eq(owner.0))
            .filter(there)
            .exec(&self.reader.tx)
            .await?;
        Ok(changed.rows_affected == 1)
    }
}
