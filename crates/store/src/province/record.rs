//! The province's own audit chain: one entry an act, in the act's own transaction.

use pbgdpl_model::audit::{Entry, GENESIS, Seal};
use pbgdpl_model::clock::Moment;
use pbgdpl_model::id::AccountId;
use pbgdpl_model::policy::Action;
use pbgdpl_scope::ProvinceCtx;
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Set,
};
use uuid::Uuid;

use crate::convert::{fresh_salt, hash32, moment, seal, to_json};
use crate::database::Engine;
use crate::entity::{province_audit, province_chain_head};
use crate::error::StoreError;
use crate::province::{ProvinceReader, ProvinceStore};

/// What an act of the province says of itself.
#[derive(Debug, Clone)]
pub struct ProvinceRecord<'a> {
    /// The action, as the policy names it.
    pub action: Action,
    /// What kind of thing.
    pub object_kind: &'static str,
    /// Which thing.
    pub object_id: Uuid,
    /// Why, where a reason is asked.
    pub reason: &'a str,
    /// Before and after, without personal data.
    pub detail: serde_json::Value,
}

impl ProvinceStore {
    /// Appends to the province's audit chain. Called by every act of the province, once.
    ///
    /// # Errors
    /// Where the database fails; the act is undone then.
    pub async fn record(&mut self, ctx: &ProvinceCtx, record: ProvinceRecord<'_>) -> Result<(), StoreError> {
        let head = self.lock_head().await?;
        let entry = Entry {
            seq: head.audit_seq + 1,
            at: ctx.now(),
            actor: ctx.actor().account(),
            actor_name: ctx.actor().name().to_owned(),
            action: record.action.to_string(),
            object_kind: record.object_kind.to_owned(),
            object_id: record.object_id,
            detail: to_json(&record.detail)?,
            reason: record.reason.to_owned(),
            seal: Some(Seal::of(fresh_salt(), ctx.actor().name(), record.reason)),
            request: ctx.request().as_str().to_owned(),
            prev_hash: hash32(&head.audit_hash)?,
            hash: GENESIS,
        }
        .hashed(self.chain());
        province_audit::ActiveModel {
            seq: Set(entry.seq),
            at: Set(entry.at.millis()),
            actor: Set(entry.actor.0),
            actor_name: Set(entry.actor_name.clone()),
            action: Set(entry.action.clone()),
            object_kind: Set(entry.object_kind.clone()),
            object_id: Set(entry.object_id),
            detail: Set(entry.detail.clone()),
            reason: Set(entry.reason.clone()),
            seal: Set(entry.seal.map(|seal| seal.hash.to_vec())),
            salt: Set(entry.seal.and_then(|seal| seal.salt).map(|salt| salt.to_vec())),
            request: Set(entry.request.clone()),
            prev_hash: Set(entry.prev_hash.to_vec()),
            hash: Set(entry.hash.to_vec()),
        }
        .insert(&self.tx)
        .await?;
        let mut head: province_chain_head::ActiveModel = head.into();
        head.audit_seq = Set(entry.seq);
        head.audit_hash = Set(entry.hash.to_vec());
        head.update(&self.tx).await?;
        Ok(())
    }

    /// The name of the chain in its hashes. Nil: the chain begins before the province has its id.
    const fn chain(&self) -> Uuid {
        Uuid::nil()
    }

    async fn lock_head(&self) -> Result<province_chain_head::Model, StoreError> {
        let first = province_chain_head::ActiveModel {
            id: Set(1),
            audit_seq: Set(0),
            audit_hash: Set(GENESIS.to_vec()),
        };
        province_chain_head::Entity::insert(first)
            .on_conflict(
                OnConflict::column(province_chain_head::Column::Id)
                    .do_nothing()
                    .to_owned(),
            )
            .exec_without_returning(&self.tx)
            .await?;
        let mut query = province_chain_head::Entity::find_by_id(1);
        if self.inner.database.engine() == Engine::Postgres {
            query = query.lock_exclusive();
        }
        query
            .one(&self.tx)
            .await?
            .ok_or_else(|| StoreError::Unreadable("the head of the chain is missing".into()))
    }

    /// Waits until no other act of the province is under way, and holds the rest back until the end of the transaction:
    /// what is read from here on is what is true when it is written.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn hold(&mut self) -> Result<(), StoreError> {
        self.lock_head().await.map(|_| ())
    }
}

impl ProvinceReader {
    /// Entries of the chain after a number, oldest first.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn audit_after(&self, seq: i64, most: u64) -> Result<Vec<Entry>, StoreError> {
        let rows = province_audit::Entity::find()
            .filter(province_audit::Column::Seq.gt(seq))
            .order_by_asc(province_audit::Column::Seq)
            .limit(most)
            .all(&self.tx)
            .await?;
        rows.into_iter().map(read).collect()
    }

    /// Numbers of the first and the last entry from one moment up to, not including, another.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn audit_span(&self, from: Moment, until: Moment) -> Result<Option<(i64, i64)>, StoreError> {
        let query = province_audit::Entity::find()
            .filter(province_audit::Column::At.gte(from.millis()))
            .filter(province_audit::Column::At.lt(until.millis()))
            .select_only()
            .column_as(province_audit::Column::Seq.min(), "first")
            .column_as(province_audit::Column::Seq.max(), "last");
        let found: Option<(Option<i64>, Option<i64>)> = query.into_tuple().one(&self.tx).await?;
        Ok(found.and_then(|(first, last)| first.zip(last)))
    }

    /// The newest entry of an action before a moment.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn audit_last(&self, action: Action, before: Moment) -> Result<Option<Entry>, StoreError> {
        let row = province_audit::Entity::find()
            .filter(province_audit::Column::Action.eq(action.word()))
            .filter(province_audit::Column::At.lt(before.millis()))
            .order_by_desc(province_audit::Column::Seq)
            .one(&self.tx)
            .await?;
        row.map(read).transpose()
    }

    /// The oldest entry of an action from a moment on.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn audit_next(&self, action: Action, from: Moment) -> Result<Option<Entry>, StoreError> {
        let row = province_audit::Entity::find()
            .filter(province_audit::Column::Action.eq(action.word()))
            .filter(province_audit::Column::At.gte(from.millis()))
            .order_by_asc(province_audit::Column::Seq)
            .one(&self.tx)
            .await?;
        row.map(read).transpose()
    }

    /// Entries of some acts from a moment on, oldest first.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn audit_acts(
        &self,
        actions: &[String],
        from: Moment,
        until: Option<Moment>,
    ) -> Result<Vec<Entry>, StoreError> {
        let mut rows = province_audit::Entity::find().filter(province_audit::Column::At.gte(from.millis()));
        if let Some(until) = until {
            rows = rows.filter(province_audit::Column::At.lt(until.millis()));
        }
        let rows = rows
            .filter(province_audit::Column::Action.is_in(actions.iter().map(String::as_str)))
            .order_by_asc(province_audit::Column::Seq)
            .all(&self.tx)
            .await?;
        rows.into_iter().map(read).collect()
    }

    /// A page of the chain, newest first, and how many entries there are.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn audit_page(&self, page: u64, per_page: u64) -> Result<(Vec<Entry>, u64), StoreError> {
        let total = province_audit::Entity::find().count(&self.tx).await?;
        let rows = province_audit::Entity::find()
            .order_by_desc(province_audit::Column::Seq)
            .offset(page.saturating_sub(1).saturating_mul(per_page))
            .limit(per_page)
            .all(&self.tx)
            .await?;
        Ok((rows.into_iter().map(read).collect::<Result<_, _>>()?, total))
    }

    /// Number and hash of the last entry, as the head says.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn audit_head(&self) -> Result<(i64, [u8; 32]), StoreError> {
        let head = province_chain_head::Entity::find_by_id(1).one(&self.tx).await?;
        head.map_or_else(
            || Ok((0, GENESIS)),
            |head| Ok((head.audit_seq, hash32(&head.audit_hash)?)),
        )
    }
}

pub(super) fn read(row: province_audit::Model) -> Result<Entry, StoreError> {
    Ok(Entry {
        seq: row.seq,
        at: moment(row.at),
        actor: AccountId(row.actor),
        actor_name: row.actor_name,
        action: row.action,
        object_kind: row.object_kind,
        object_id: row.object_id,
        detail: row.detail,
        reason: row.reason,
        seal: seal(row.seal.as_deref(), row.salt)?,
        request: row.request,
        prev_hash: hash32(&row.prev_hash)?,
        hash: hash32(&row.hash)?,
    })
}
