//! A PostgreSQL replica that those who look may read (ADR 0021). It answers only while it is a standby of this very primary,
//! has what the reading asks for, and keeps the same walls; else the primary answers, as if there were none.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use pbgdpl_model::clock::Moment;
use pbgdpl_scope::Recency;
use sea_orm::{
    AccessMode, ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, Statement,
    TransactionOptions, TransactionTrait,
};
use tokio::time::{sleep, timeout};

/// Where it is, for each role.
#[derive(Debug, Clone)]
pub struct ReplicaSettings {
    /// `postgres://…` of the application role.
    pub url: String,
    /// The same of the province role.
    pub province_url: String,
    /// What it may lack at most for whoever only looks.
    pub max_lag: Duration,
}

/// How long it may take to open a transaction there.
const OPENING: Duration = Duration::from_millis(500);
/// How long a reading that may lack nothing waits for the last moments to arrive.
const ARRIVING: Duration = Duration::from_millis(200);
/// Between two looks whether they arrived.
const LOOKING: Duration = Duration::from_millis(4);
/// After a failure it is left alone for so long.
const REST: Duration = Duration::from_secs(5);
/// After a wait in vain nobody waits for so long.
const NO_WAIT: Duration = Duration::from_secs(1);

/// What the primary has: who it is, and up to where its log is safe. With `synchronous_commit` off an acknowledged commit may
/// not be written yet, so all that was begun counts.
const PRIMARY: &str = "select (select system_identifier from pg_control_system()), \
    (pg_wal_lsn_diff(case current_setting('synchronous_commit') when 'off' then pg_current_wal_insert_lsn() \
     else pg_current_wal_flush_lsn() end, '0/0'))::bigint, (extract(epoch from clock_timestamp()) * 1000)::bigint, true";

/// What the replica has, and whether it may be believed.
const STANDBY: &str = "select (select system_identifier from pg_control_system()), \
    coalesce(pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '0/0'), 0)::bigint, \
    coalesce((extract(epoch from pg_last_xact_replay_timestamp()) * 1000)::bigint, 0), \
    pg_is_in_recovery() and not (select rolsuper or rolbypassrls from pg_roles where rolname = current_user)";

/// A place in the log of a cluster, and a time in milliseconds.
#[derive(Debug, Clone, Copy)]
struct Position {
    cluster: i64,
    log: i64,
    at: i64,
}

/// What a reading shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Shown {
    /// The primary.
    #[default]
    Primary,
    /// The replica, which had all the primary had.
    Replica,
    /// The replica, as of a moment in the past.
    Older(Moment),
}

#[derive(Debug, Default)]
struct Patience {
    rests_until: Option<Instant>,
    waits_from: Option<Instant>,
    /// What was said last, so that a log has one line a change.
    said: bool,
}

/// Why the primary answers.
#[derive(Debug, thiserror::Error)]
enum Refused {
    #[error("it does not answer")]
    Silent,
    #[error("it is no standby of this primary, or its role sees past row security")]
    Stranger,
    #[error("it failed")]
    Failed(#[from] DbErr),
}

/// The pools of the replica.
#[derive(Debug)]
pub(crate) struct Replica {
    app: DatabaseConnection,
    province: DatabaseConnection,
    max_lag: Duration,
    patience: Mutex<Patience>,
}

/// As whom it is read.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Who {
    App,
    Province,
}

impl Replica {
    pub(crate) fn new(app: DatabaseConnection, province: DatabaseConnection, max_lag: Duration) -> Self {
        Self {
            app,
            province,
            max_lag,
            patience: Mutex::default(),
        }
    }

    pub(crate) async fn close(&self) {
        let _ = self.app.close_by_ref().await;
        let _ = self.province.close_by_ref().await;
    }

    /// A read-only transaction on the replica, if it is fit for the reading.
    pub(crate) async fn begin(
        &self,
        primary: &DatabaseConnection,
        who: Who,
        recency: Recency,
    ) -> Option<(DatabaseTransaction, Shown)> {
        if self.rests() {
            return None;
        }
        // Without the primary's word nobody knows what the replica lacks; the reading will fail there by itself.
        let wanted = position(primary, PRIMARY).await.ok()?.0;
        let opened = timeout(OPENING, self.open(who, wanted)).await;
        match opened.unwrap_or(Err(Refused::Silent)) {
            Ok((tx, there)) => {
                self.works();
                self.shown(&tx, wanted, there, recency)
                    .await
                    .map(|shown| (tx, shown))
            }
            Err(error) => {
                self.rest(&error);
                None
            }
        }
    }

    async fn open(&self, who: Who, wanted: Position) -> Result<(DatabaseTransaction, Position), Refused> {
        let pool = match who {
            Who::App => &self.app,
            Who::Province => &self.province,
        };
        let options = TransactionOptions {
            isolation_level: None,
            access_mode: Some(AccessMode::ReadOnly),
            sqlite_transaction_mode: None,
        };
        let tx = pool.begin_with_options(options).await?;
        let (there, fit) = position(&tx, STANDBY).await?;
        if !fit || there.cluster != wanted.cluster {
            return Err(Refused::Stranger);
        }
        Ok((tx, there))
    }

    /// What the replica would show; none where that is too old.
    async fn shown(
        &self,
        tx: &DatabaseTransaction,
        wanted: Position,
        mut there: Position,
        recency: Recency,
    ) -> Option<Shown> {
        if there.log >= wanted.log {
            return Some(Shown::Replica);
        }
        if recency == Recency::Lately {
            let lag = u64::try_from(wanted.at.saturating_sub(there.at)).unwrap_or(0);
            return (Duration::from_millis(lag) <= self.max_lag)
                .then(|| Shown::Older(Moment::from_millis(there.at)));
        }
        let until = Instant::now() + if self.waits() { ARRIVING } else { Duration::ZERO };
        while there.log < wanted.log {
            if Instant::now() >= until {
                self.patience().waits_from = Some(Instant::now() + NO_WAIT);
                return None;
            }
            sleep(LOOKING).await;
            there = position(tx, STANDBY).await.ok()?.0;
        }
        Some(Shown::Replica)
    }

    fn patience(&self) -> std::sync::MutexGuard<'_, Patience> {
        self.patience.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn rests(&self) -> bool {
        self.patience()
            .rests_until
            .is_some_and(|until| Instant::now() < until)
    }

    fn waits(&self) -> bool {
        self.patience()
            .waits_from
            .is_none_or(|from| from <= Instant::now())
    }

    fn works(&self) {
        let mut patience = self.patience();
        patience.rests_until = None;
        if std::mem::take(&mut patience.said) {
            tracing::info!("the replica is read again");
        }
    }

    fn rest(&self, error: &Refused) {
        let mut patience = self.patience();
        patience.rests_until = Some(Instant::now() + REST);
        if !std::mem::replace(&mut patience.said, true) {
            tracing::warn!(%error, cause = ?std::error::Error::source(error), "the replica is not read; the primary answers");
        }
    }
}

/// Where a server stands; the last column says whether it may be believed.
async fn position(db: &impl ConnectionTrait, sql: &str) -> Result<(Position, bool), DbErr> {
    let row = db
        .query_one_raw(Statement::from_string(DbBackend::Postgres, sql))
        .await?
        .ok_or_else(|| DbErr::RecordNotFound("a server says where it stands".into()))?;
    let position = Position {
        cluster: row.try_get_by_index(0)?,
        log: row.try_get_by_index(1)?,
        at: row.try_get_by_index(2)?,
    };
    Ok((position, row.try_get_by_index(3)?))
}
