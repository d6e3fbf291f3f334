//! The outbox: headers with leases. A job takes a lease, works, and marks the header done; a lost lease runs again.

use pbgdpl_model::clock::Moment;
use pbgdpl_model::id::{OutboxId, TenantId};
use sea_orm::sea_query::{Expr, LockBehavior, LockType};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, Set,
};

use crate::database::{Database, Engine};
use crate::entity::{due_day, outbox};
use crate::error::StoreError;
use crate::machinery::Machinery;

/// After so many attempts a message is dead: shown to the operator, never tried again by itself.
pub const MOST_ATTEMPTS: i32 = 12;

/// A message that waits, without what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// Its id, also in the Message-ID of a letter.
    pub id: OutboxId,
    /// Whose; none for the province's and the accounts' own.
    pub tenant: Option<TenantId>,
    /// What kind.
    pub kind: String,
    /// Of the messages without an agency: what they are about (ids only).
    pub subject: String,
    /// How often it was tried.
    pub attempts: i32,
    /// The trace of the act that left it.
    pub trace: Option<String>,
}

/// A message to add.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NewHeader<'a> {
    pub id: OutboxId,
    pub tenant: Option<TenantId>,
    pub kind: &'a str,
    pub subject: &'a str,
    pub due_at: Moment,
    pub trace: Option<&'a str>,
    pub now: Moment,
}

pub(crate) async fn add(db: &impl ConnectionTrait, header: NewHeader<'_>) -> Result<(), StoreError> {
    outbox::ActiveModel {
        id: Set(header.id.0),
        tenant_id: Set(header.tenant.map(|t| t.0)),
        kind: Set(header.kind.to_owned()),
        subject: Set(header.subject.to_owned()),
        due_at: Set(header.due_at.millis()),
        attempts: Set(0),
        leased_until: Set(0),
        state: Set("waiting".into()),
        last_error: Set(None),
        traceparent: Set(header.trace.map(str::to_owned)),
        created_at: Set(header.now.millis()),
    }
    .insert(db)
    .await?;
    Ok(())
}

/// Waiting messages, dead messages, due days.
pub(crate) async fn backlog(database: &Database) -> Result<(u64, u64, u64), StoreError> {
    let db = database.reading();
    let state = |state: &str| {
        outbox::Entity::find()
            .filter(outbox::Column::State.eq(state))
            .count(db)
    };
    Ok((
        state("waiting").await?,
        state("dead").await?,
        due_day::Entity::find().count(db).await?,
    ))
}

impl Machinery {
    /// Takes a lease on messages that are due.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn lease(&self, now: Moment, seconds: i64, most: u64) -> Result<Vec<Header>, StoreError> {
        let tx = self.inner.database.begin_write(None).await?;
        let mut query = outbox::Entity::find()
            .filter(outbox::Column::State.eq("waiting"))
            .filter(outbox::Column::DueAt.lte(now.millis()))
            .filter(outbox::Column::LeasedUntil.lte(now.millis()))
            .order_by_asc(outbox::Column::DueAt)
            .limit(most);
        if self.inner.database.engine() == Engine::Postgres {
            query = query.lock_with_behavior(LockType::Update, LockBehavior::SkipLocked);
        }
        let rows = query.all(&tx).await?;
        if !rows.is_empty() {
            outbox::Entity::update_many()
                .col_expr(
                    outbox::Column::LeasedUntil,
                    Expr::value(now.plus_seconds(seconds).millis()),
                )
                .col_expr(outbox::Column::Attempts, Expr::cust("attempts + 1"))
                .filter(outbox::Column::Id.is_in(rows.iter().map(|row| row.id)))
                .exec(&tx)
                .await?;
        }
        tx.commit().await?;
        Ok(rows
            .into_iter()
            .map(|row| Header {
                id: OutboxId(row.id),
                tenant: row.tenant_id.map(TenantId),
                kind: row.kind,
                subject: row.subject,
                attempts: row.attempts + 1,
                trace: row.traceparent,
            })
            .collect())
    }

    /// The message was carried out.
    ///
    /// # Errors
    /// Where the database fails; the message runs again then, and must not mind.
    pub async fn done(&self, id: OutboxId) -> Result<(), StoreError> {
        self.finish(id, "done", None, None).await
    }

    /// The message failed: later again, or dead after [`MOST_ATTEMPTS`].
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn failed(
        &self,
        header: &Header,
        now: Moment,
        retry: bool,
        error: &str,
    ) -> Result<(), StoreError> {
        if !retry || header.attempts >= MOST_ATTEMPTS {
            return self.finish(header.id, "dead", None, Some(error)).await;
        }
        // 2, 4, 8 … seconds, an hour at most.
        let wait = 2_i64
            .saturating_pow(u32::try_from(header.attempts).unwrap_or(1))
            .min(3600);
        self.finish(header.id, "waiting", Some(now.plus_seconds(wait)), Some(error))
            .await
    }

    async fn finish(
        &self,
        id: OutboxId,
        state: &str,
        due: Option<Moment>,
        error: Option<&str>,
    ) -> Result<(), StoreError> {
        let tx = self.inner.database.begin_write(None).await?;
        let mut change = outbox::ActiveModel {
            state: Set(state.to_owned()),
            leased_until: Set(0),
            last_error: Set(error.map(|e| e.chars().take(500).collect())),
            ..Default::default()
        };
        if let Some(due) = due {
            change.due_at = Set(due.millis());
        }
        outbox::Entity::update_many()
            .set(change)
            .filter(outbox::Column::Id.eq(id.0))
            .exec(&tx)
            .await?;
        tx.commit().await?;
        Ok(())
    }
}
