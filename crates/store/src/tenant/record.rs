//! The four appends of an act: timeline, activity ledger, audit, outbox, all in the act's own transaction.

use chrono::NaiveDate;
use pbgdpl_model::audit::{Entry, GENESIS, Seal};
use pbgdpl_model::clock::Moment;
use pbgdpl_model::id::{AccountId, OutboxId, TimelineId};
use pbgdpl_model::ledger::NewRow;
use pbgdpl_model::outbox::Message;
use pbgdpl_model::policy::Action;
use pbgdpl_scope::Ctx;
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Set,
};
use uuid::Uuid;

use crate::convert::{fresh_salt, from_json, hash32, moment, seal, to_json};
use crate::database::Engine;
use crate::entity::{audit, chain_head, ledger, outbox_message, province_chain_growth, timeline};
use crate::error::StoreError;
use crate::machinery::{due, outbox};
use crate::tenant::{TenantReader, TenantStore};

/// What an act says of itself.
#[derive(Debug, Clone)]
pub struct Record<'a> {
    /// The action, as the policy names it.
    pub action: Action,
    /// What kind of thing: article, activity, report, embed, member, profile …
    pub object_kind: &'static str,
    /// Which thing.
    pub object_id: Uuid,
    /// What people see on the timeline, in Vietnamese, verb first.
    pub verb: &'a str,
    /// Remark, for the timeline.
    pub note: &'a str,
    /// Why, where a reason is asked.
    pub reason: &'a str,
    /// Version of the thing, where it has versions.
    pub version: Option<i32>,
    /// Before and after, without personal data.
    pub detail: serde_json::Value,
}

impl TenantStore {
    /// Appends to the timeline and to the audit chain. Called by every act, once.
    ///
    /// # Errors
    /// Where the database fails; the act is undone then.
    pub async fn record(&mut self, ctx: &Ctx, record: Record<'_>) -> Result<(), StoreError> {
        if ctx.tenant().id() != self.tenant() {
            return Err(StoreError::OtherAgency);
        }
        timeline::ActiveModel {
            tenant_id: Set(self.tenant().0),
            id: Set(TimelineId::fresh(ctx.now()).0),
            object_kind: Set(record.object_kind.to_owned()),
            object_id: Set(record.object_id),
            at: Set(ctx.now().millis()),
            actor: Set(ctx.actor().account().0),
            actor_name: Set(ctx.actor().name().to_owned()),
            verb: Set(record.verb.to_owned()),
            note: Set(record.note.to_owned()),
            version: Set(record.version),
        }
        .insert(&self.reader.tx)
        .await?;
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
        .hashed(self.tenant().0);
        self.append_audit(&entry).await?;
        let mut head: chain_head::ActiveModel = head.into();
        head.audit_seq = Set(entry.seq);
        head.audit_hash = Set(entry.hash.to_vec());
        head.update(&self.reader.tx).await?;
        self.tell_growth(&entry).await
    }

    /// Lets the province know how far the chain reaches, so that it opens what grew and nothing else.
    async fn tell_growth(&self, entry: &Entry) -> Result<(), StoreError> {
        use province_chain_growth::Column;
        let row = province_chain_growth::ActiveModel {
            tenant_id: Set(self.tenant().0),
            audit_seq: Set(entry.seq),
            at: Set(entry.at.millis()),
        };
        province_chain_growth::Entity::insert(row)
            .on_conflict(
                OnConflict::column(Column::TenantId)
                    .update_columns([Column::AuditSeq, Column::At])
                    .to_owned(),
            )
            .exec_without_returning(&self.reader.tx)
            .await?;
        Ok(())
    }

    async fn append_audit(&self, entry: &Entry) -> Result<(), StoreError> {
        audit::ActiveModel {
            tenant_id: Set(self.tenant().0),
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
        .insert(&self.reader.tx)
        .await?;
        Ok(())
    }

    /// Appends rows to the ledger and puts their days on the due list. Returns the last number.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn append_ledger(&mut self, ctx: &Ctx, rows: &[NewRow]) -> Result<i64, StoreError> {
        let head = self.lock_head().await?;
        let mut seq = head.ledger_seq;
        let mut days: Vec<NaiveDate> = Vec::new();
        for row in rows {
            seq += 1;
            ledger::ActiveModel {
                tenant_id: Set(self.tenant().0),
                seq: Set(seq),
                at: Set(ctx.now().millis()),
                day: Set(row.day),
                source: Set(row.source.word().to_owned()),
                source_id: Set(row.source_id),
                source_version: Set(row.source_version),
                measure: Set(row.measure.word().to_owned()),
                quantity: Set(row.quantity),
                dimensions: Set(to_json(&row.dimensions)?),
                reverses: Set(row.reverses),
                reason: Set(row.reason.clone()),
                actor: Set(ctx.actor().account().0),
                actor_name: Set(ctx.actor().name().to_owned()),
            }
            .insert(&self.reader.tx)
            .await?;
            if !days.contains(&row.day) {
                days.push(row.day);
            }
        }
        for day in days {
            due::mark(&self.reader.tx, self.tenant(), day, ctx.now()).await?;
        }
        let mut head: chain_head::ActiveModel = head.into();
        head.ledger_seq = Set(seq);
        head.update(&self.reader.tx).await?;
        self.touched.work = true;
        Ok(seq)
    }

    /// Leaves something to be done after the commit.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn send(&mut self, ctx: &Ctx, message: &Message) -> Result<OutboxId, StoreError> {
        let id = OutboxId::fresh(ctx.now());
        outbox_message::ActiveModel {
            tenant_id: Set(self.tenant().0),
            id: Set(id.0),
            body: Set(to_json(message)?),
            created_at: Set(ctx.now().millis()),
        }
        .insert(&self.reader.tx)
        .await?;
        outbox::add(
            &self.reader.tx,
            outbox::NewHeader {
                id,
                tenant: Some(self.tenant()),
                kind: message.kind(),
                subject: "",
                due_at: ctx.now(),
                trace: ctx.request().trace(),
                now: ctx.now(),
            },
        )
        .await?;
        self.touched.work = true;
        Ok(id)
    }

    /// The agency's head of chain, locked until the end of the transaction; made at the first act.
    pub(super) async fn lock_head(&self) -> Result<chain_head::Model, StoreError> {
        let first = chain_head::ActiveModel {
            tenant_id: Set(self.tenant().0),
            audit_seq: Set(0),
            audit_hash: Set(GENESIS.to_vec()),
            ledger_seq: Set(0),
        };
        chain_head::Entity::insert(first)
            .on_conflict(
                OnConflict::column(chain_head::Column::TenantId)
                    .do_nothing()
                    .to_owned(),
            )
            .exec_without_returning(&self.reader.tx)
            .await?;
        let mut query = self.find::<chain_head::Entity>();
        if self.engine == Engine::Postgres {
            query = query.lock_exclusive();
        }
        query
            .one(&self.reader.tx)
            .await?
            .ok_or_else(|| StoreError::Unreadable("the head of the chain is missing".into()))
    }
}

impl TenantReader {
    /// Entries of the audit chain after a number, oldest first.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn audit_after(&self, seq: i64, most: u64) -> Result<Vec<Entry>, StoreError> {
        let rows = self
            .find::<audit::Entity>()
            .filter(audit::Column::Seq.gt(seq))
            .order_by_asc(audit::Column::Seq)
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
        let query = self
            .find::<audit::Entity>()
            .filter(audit::Column::At.gte(from.millis()))
            .filter(audit::Column::At.lt(until.millis()))
            .select_only()
            .column_as(audit::Column::Seq.min(), "first")
            .column_as(audit::Column::Seq.max(), "last");
        let found: Option<(Option<i64>, Option<i64>)> = query.into_tuple().one(&self.tx).await?;
        Ok(found.and_then(|(first, last)| first.zip(last)))
    }

    /// Entries of some acts from a moment on, oldest first.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn audit_acts(&self, actions: &[String], from: Moment) -> Result<Vec<Entry>, StoreError> {
        let rows = self
            .find::<audit::Entity>()
            .filter(audit::Column::At.gte(from.millis()))
            .filter(audit::Column::Action.is_in(actions.iter().map(String::as_str)))
            .order_by_asc(audit::Column::Seq)
            .all(&self.tx)
            .await?;
        rows.into_iter().map(read).collect()
    }

    /// Entries of some acts after a number, oldest first.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn audit_acts_after(&self, actions: &[String], seq: i64) -> Result<Vec<Entry>, StoreError> {
        let rows = self
            .find::<audit::Entity>()
            .filter(audit::Column::Seq.gt(seq))
            .filter(audit::Column::Action.is_in(actions.iter().map(String::as_str)))
            .order_by_asc(audit::Column::Seq)
            .all(&self.tx)
            .await?;
        rows.into_iter().map(read).collect()
    }

    /// A page of the audit chain, newest first, and how many entries there are.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn audit_page(&self, page: u64, per_page: u64) -> Result<(Vec<Entry>, u64), StoreError> {
        let total = self.find::<audit::Entity>().count(&self.tx).await?;
        let rows = self
            .find::<audit::Entity>()
            .order_by_desc(audit::Column::Seq)
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
        let head = self.find::<chain_head::Entity>().one(&self.tx).await?;
        head.map_or_else(
            || Ok((0, GENESIS)),
            |head| Ok((head.audit_seq, hash32(&head.audit_hash)?)),
        )
    }

    /// What a message of this agency says.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn message(&self, id: OutboxId) -> Result<Option<Message>, StoreError> {
        let row = self
            .find::<outbox_message::Entity>()
            .filter(outbox_message::Column::Id.eq(id.0))
            .one(&self.tx)
            .await?;
        row.map(|row| from_json(&row.body)).transpose()
    }
}

pub(super) fn read(row: audit::Model) -> Result<Entry, StoreError> {
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
