//! The outbox: headers with leases. A job takes a lease, works, and marks the header done; a lost lease runs again.
//!
//! A lease is known by what it wrote: who lost it changes nothing any more, and a message that several nodes took for
//! lost leaves its followers once.

use pbgdpl_model::clock::Moment;
use pbgdpl_model::id::{OutboxId, TenantId};
use sea_orm::sea_query::{Expr, LockBehavior, LockType, OnConflict};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, Set,
};
use uuid::Uuid;

use crate::database::{Database, Engine};
use crate::entity::{due_day, outbox};
use crate::error::StoreError;
use crate::machinery::Machinery;
use crate::store::Touched;

/// A message that failed waits 2, 4, 8 … seconds, and an hour at most.
const LONGEST_WAIT_SECONDS: i64 = 3600;
/// Rows of one statement: their values stay below what either database takes.
const AT_ONCE: usize = 500;
/// After so many attempts, which take five days, a message is dead: shown to the operator, tried again only when
/// somebody asks ([`Machinery::requeue_dead`]). A weekend without a mail server loses no letter.
pub const MOST_ATTEMPTS: i32 = 11 + 5 * 24;

/// Which messages a lease is for.
#[derive(Debug, Clone, Copy)]
pub enum Kinds<'a> {
    /// Every one.
    All,
    /// Those of these kinds.
    Only(&'a [&'a str]),
    /// Those of other kinds, unknown ones included.
    Except(&'a [&'a str]),
}

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
    /// When it was left.
    pub left_at: Moment,
    /// With `attempts`, the lease under which it was handed out.
    leased_until: i64,
}

/// What a message leaves behind when it is carried out, or what a day brings: one letter to one reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Follower {
    /// Whose.
    pub tenant: Option<TenantId>,
    /// What kind.
    pub kind: &'static str,
    /// Ids and codes only.
    pub subject: String,
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
    waiting(header).insert(db).await?;
    Ok(())
}

/// The id of a message that comes once: named by what it is about, inside its agency (RFC 9562, version 5).
fn id_of(follower: &Follower) -> OutboxId {
    let tenant = follower.tenant.map_or_else(Uuid::nil, |tenant| tenant.0);
    let about = format!("{}/{}", follower.kind, follower.subject);
    OutboxId(Uuid::new_v5(&tenant, about.as_bytes()))
}

fn waiting(header: NewHeader<'_>) -> outbox::ActiveModel {
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
    /// Takes a lease, from now on, on messages of some kinds that are due since a moment.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn lease_of(
        &self,
        kinds: Kinds<'_>,
        (since, now): (Moment, Moment),
        seconds: i64,
        most: u64,
    ) -> Result<Vec<Header>, StoreError> {
        let tx = self.inner.database.begin_write(None).await?;
        let mut query = outbox::Entity::find()
            .filter(outbox::Column::State.eq("waiting"))
            .filter(outbox::Column::DueAt.lte(since.millis()))
            .filter(outbox::Column::LeasedUntil.lte(now.millis()))
            .order_by_asc(outbox::Column::DueAt)
            .limit(most);
        query = match kinds {
            Kinds::All => query,
            Kinds::Only(kinds) => query.filter(outbox::Column::Kind.is_in(kinds.iter().copied())),
            Kinds::Except(kinds) => query.filter(outbox::Column::Kind.is_not_in(kinds.iter().copied())),
        };
        if self.inner.database.engine() == Engine::Postgres {
            query = query.lock_with_behavior(LockType::Update, LockBehavior::SkipLocked);
        }
        let rows = query.all(&tx).await?;
        let leased_until = now.plus_seconds(seconds).millis();
        if !rows.is_empty() {
            outbox::Entity::update_many()
                .col_expr(outbox::Column::LeasedUntil, Expr::value(leased_until))
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
                left_at: Moment::from_millis(row.created_at),
                leased_until,
            })
            .collect())
    }

    /// Takes a lease on messages of every kind that are due.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn lease(&self, now: Moment, seconds: i64, most: u64) -> Result<Vec<Header>, StoreError> {
        self.lease_of(Kinds::All, (now, now), seconds, most).await
    }

    /// The message was carried out and leaves these behind: all of it, or nothing. `false` where the lease was lost
    /// meanwhile; then another node carries the message out, and nothing was changed.
    ///
    /// # Errors
    /// Where the database fails; the message runs again then, and must not mind.
    pub async fn done(
        &self,
        header: &Header,
        now: Moment,
        followers: &[Follower],
    ) -> Result<bool, StoreError> {
        let tx = self.inner.database.begin_write(None).await?;
        if !finish(&tx, header, "done", None, None).await? {
            tx.rollback().await?;
            return Ok(false);
        }
        for follower in followers {
            let new = NewHeader {
                id: OutboxId::fresh(now),
                tenant: follower.tenant,
                kind: follower.kind,
                subject: &follower.subject,
                due_at: now,
                trace: header.trace.as_deref(),
                now,
            };
            add(&tx, new).await?;
        }
        tx.commit().await?;
        self.inner.tell(Touched {
            work: !followers.is_empty(),
            ..Default::default()
        });
        Ok(true)
    }

    /// What a day brings: each of these once, however often and on however many nodes it is asked. The id is made of what the
    /// message is about, and its row stays a month, so that nothing comes twice within that time. Returns how many are new.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn add_once(&self, followers: &[Follower], now: Moment) -> Result<u64, StoreError> {
        let mut new = 0;
        for some in followers.chunks(AT_ONCE) {
            let rows = some.iter().map(|follower| {
                waiting(NewHeader {
                    id: id_of(follower),
                    tenant: follower.tenant,
                    kind: follower.kind,
                    subject: &follower.subject,
                    due_at: now,
                    trace: None,
                    now,
                })
            });
            let tx = self.inner.database.begin_write(None).await?;
            new += outbox::Entity::insert_many(rows)
                .on_conflict(OnConflict::column(outbox::Column::Id).do_nothing().to_owned())
                .exec_without_returning(&tx)
                .await?;
            tx.commit().await?;
        }
        self.inner.tell(Touched {
            work: new > 0,
            ..Default::default()
        });
        Ok(new)
    }

    /// The message failed: later again, or dead after [`MOST_ATTEMPTS`]. `false` where the lease was lost meanwhile.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn failed(
        &self,
        header: &Header,
        now: Moment,
        retry: bool,
        error: &str,
    ) -> Result<bool, StoreError> {
        let tx = self.inner.database.begin_write(None).await?;
        let held = if !retry || header.attempts >= MOST_ATTEMPTS {
            finish(&tx, header, "dead", None, Some(error)).await?
        } else {
            let due = now.plus_seconds(wait_seconds(header.attempts));
            finish(&tx, header, "waiting", Some(due), Some(error)).await?
        };
        tx.commit().await?;
        Ok(held)
    }

    /// Puts every dead message back, due now and with all attempts before it, once its cause was mended. Returns how
    /// many.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn requeue_dead(&self, now: Moment) -> Result<u64, StoreError> {
        let tx = self.inner.database.begin_write(None).await?;
        let back = outbox::Entity::update_many()
            .set(outbox::ActiveModel {
                state: Set("waiting".to_owned()),
                attempts: Set(0),
                leased_until: Set(0),
                due_at: Set(now.millis()),
                ..Default::default()
            })
            .filter(outbox::Column::State.eq("dead"))
            .exec(&tx)
            .await?;
        tx.commit().await?;
        self.inner.tell(Touched {
            work: back.rows_affected > 0,
            ..Default::default()
        });
        Ok(back.rows_affected)
    }
}

/// How long a message rests after so many attempts.
fn wait_seconds(attempts: i32) -> i64 {
    2_i64
        .saturating_pow(u32::try_from(attempts).unwrap_or(1))
        .min(LONGEST_WAIT_SECONDS)
}

/// Ends a lease; `false` where it was no longer held.
async fn finish(
    db: &impl ConnectionTrait,
    header: &Header,
    state: &str,
    due: Option<Moment>,
    error: Option<&str>,
) -> Result<bool, StoreError> {
    let mut change = outbox::ActiveModel {
        state: Set(state.to_owned()),
        leased_until: Set(0),
        last_error: Set(error.map(|e| e.chars().take(500).collect())),
        ..Default::default()
    };
    if let Some(due) = due {
        change.due_at = Set(due.millis());
    }
    let changed = outbox::Entity::update_many()
        .set(change)
        .filter(outbox::Column::Id.eq(header.id.0))
        .filter(outbox::Column::State.eq("waiting"))
        .filter(outbox::Column::Attempts.eq(header.attempts))
        .filter(outbox::Column::LeasedUntil.eq(header.leased_until))
        .exec(db)
        .await?;
    Ok(changed.rows_affected == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_tried_for_five_days() {
        let seconds: i64 = (1..MOST_ATTEMPTS).map(wait_seconds).sum();
        let days = seconds / (24 * 3600);
        assert_eq!(days, 5, "{seconds}");
        assert_eq!(
            (wait_seconds(1), wait_seconds(11), wait_seconds(12)),
            (2, 2048, 3600)
        );
    }
}
