//! The audit chain of the accounts: one entry an act, in the act's own transaction, with ids and no names.

use pbgdpl_model::audit::{Entry, GENESIS};
use pbgdpl_model::clock::Moment;
use pbgdpl_model::id::AccountId;
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, Set,
};
use uuid::Uuid;

use crate::convert::{hash32, moment, to_json};
use crate::entity::{account_audit, account_chain_head};
use crate::error::StoreError;
use crate::identity::IdentityStore;
use crate::province::ProvinceReader;

/// The name of the accounts' chain in its hashes.
pub const ACCOUNTS_CHAIN: Uuid = Uuid::from_u128(1);

/// What an act on an account says of itself.
#[derive(Debug, Clone)]
pub struct AccountRecord<'a> {
    /// Who acted; nil for the system.
    pub actor: AccountId,
    /// What the system calls itself; empty for a person, whose name is not written down here.
    pub system: &'a str,
    /// The word of the act.
    pub action: &'static str,
    /// Whose account.
    pub account: AccountId,
    /// Details without personal data.
    pub detail: serde_json::Value,
    /// The request that did it.
    pub request: &'a str,
    /// When.
    pub at: Moment,
}

impl IdentityStore {
    /// Appends to the accounts' audit chain. Called by every act on an account, once, after its rows are written: whoever
    /// waits for the chain's head holds what it needs already.
    ///
    /// # Errors
    /// Where the database fails; the act is undone then.
    pub async fn record(&mut self, record: AccountRecord<'_>) -> Result<(), StoreError> {
        append(&self.reader.tx, record).await
    }
}

pub(super) async fn append(db: &impl ConnectionTrait, record: AccountRecord<'_>) -> Result<(), StoreError> {
    let head = lock_chain(db).await?;
    let entry = Entry {
        seq: head.audit_seq + 1,
        at: record.at,
        actor: record.actor,
        actor_name: record.system.to_owned(),
        action: record.action.to_owned(),
        object_kind: "account".to_owned(),
        object_id: record.account.0,
        detail: to_json(&record.detail)?,
        reason: String::new(),
        // It names nobody: nothing of it has to go.
        seal: None,
        request: record.request.to_owned(),
        prev_hash: hash32(&head.audit_hash)?,
        hash: GENESIS,
    }
    .hashed(ACCOUNTS_CHAIN);
    account_audit::ActiveModel {
        seq: Set(entry.seq),
        at: Set(entry.at.millis()),
        actor: Set(entry.actor.0),
        actor_name: Set(entry.actor_name),
        action: Set(entry.action),
        object_kind: Set(entry.object_kind),
        object_id: Set(entry.object_id),
        detail: Set(entry.detail),
        reason: Set(entry.reason),
        request: Set(entry.request),
        prev_hash: Set(entry.prev_hash.to_vec()),
        hash: Set(entry.hash.to_vec()),
    }
    .insert(db)
    .await?;
    let mut head: account_chain_head::ActiveModel = head.into();
    head.audit_seq = Set(entry.seq);
    head.audit_hash = Set(entry.hash.to_vec());
    head.update(db).await?;
    Ok(())
}

async fn lock_chain(db: &impl ConnectionTrait) -> Result<account_chain_head::Model, StoreError> {
    let first = account_chain_head::ActiveModel {
        id: Set(1),
        audit_seq: Set(0),
        audit_hash: Set(GENESIS.to_vec()),
    };
    account_chain_head::Entity::insert(first)
        .on_conflict(
            OnConflict::column(account_chain_head::Column::Id)
                .do_nothing()
                .to_owned(),
        )
        .exec_without_returning(db)
        .await?;
    let mut query = account_chain_head::Entity::find_by_id(1);
    if db.get_database_backend() == DbBackend::Postgres {
        query = query.lock_exclusive();
    }
    query
        .one(db)
        .await?
        .ok_or_else(|| StoreError::Unreadable("the head of the accounts' chain is missing".into()))
}

impl ProvinceReader {
    /// Entries of the accounts' chain after a number, oldest first: for whoever verifies.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn account_audit_after(&self, seq: i64, most: u64) -> Result<Vec<Entry>, StoreError> {
        let rows = account_audit::Entity::find()
            .filter(account_audit::Column::Seq.gt(seq))
            .order_by_asc(account_audit::Column::Seq)
            .limit(most)
            .all(self.connection())
            .await?;
        rows.into_iter().map(read).collect()
    }

    /// Numbers of its first and last entry from one moment up to, not including, another.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn account_audit_span(
        &self,
        from: Moment,
        until: Moment,
    ) -> Result<Option<(i64, i64)>, StoreError> {
        let query = account_audit::Entity::find()
            .filter(account_audit::Column::At.gte(from.millis()))
            .filter(account_audit::Column::At.lt(until.millis()))
            .select_only()
            .column_as(account_audit::Column::Seq.min(), "first")
            .column_as(account_audit::Column::Seq.max(), "last");
        let found: Option<(Option<i64>, Option<i64>)> = query.into_tuple().one(self.connection()).await?;
        Ok(found.and_then(|(first, last)| first.zip(last)))
    }

    /// Entries of the accounts' chain of some acts from a moment on, oldest first.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn account_audit_acts(
        &self,
        actions: &[String],
        from: Moment,
    ) -> Result<Vec<Entry>, StoreError> {
        let rows = account_audit::Entity::find()
            .filter(account_audit::Column::At.gte(from.millis()))
            .filter(account_audit::Column::Action.is_in(actions.iter().map(String::as_str)))
            .order_by_asc(account_audit::Column::Seq)
            .all(self.connection())
            .await?;
        rows.into_iter().map(read).collect()
    }

    /// Number and hash of the last entry of the accounts' chain, as its head says.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn account_audit_head(&self) -> Result<(i64, [u8; 32]), StoreError> {
        let head = account_chain_head::Entity::find_by_id(1)
            .one(self.connection())
            .await?;
        head.map_or_else(
            || Ok((0, GENESIS)),
            |head| Ok((head.audit_seq, hash32(&head.audit_hash)?)),
        )
    }
}

fn read(row: account_audit::Model) -> Result<Entry, StoreError> {
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
        seal: None,
        request: row.request,
        prev_hash: hash32(&row.prev_hash)?,
        hash: hash32(&row.hash)?,
    })
}
