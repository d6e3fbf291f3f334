//! What the province reads and decides over all agencies: days, submitted reports, consolidations, the register of agencies.
//! Never a tenant row; on PostgreSQL the role could not read one.

mod agency;
mod alarm;
mod audit_log;
mod catalogue;
mod consolidation;
mod contribution;
mod day;
mod day_rows;
mod drain;
mod engagement;
mod exchange;
mod extension;
mod figure;
mod month_rows;
mod own_host;
mod place;
mod plan_report;
mod record;
mod register;
mod report;
mod signature;
mod words;

use std::ops::Deref;
use std::sync::Arc;

use pbgdpl_model::clock::Moment;
use pbgdpl_model::id::{OutboxId, TenantId};
use pbgdpl_scope::Recency;
use sea_orm::DatabaseTransaction;

pub use agency::NewAgency;
pub use audit_log::AuditFilter;
pub use consolidation::{Consolidation, Frozen};
pub use contribution::SentContribution;
pub use day::Slice;
pub use drain::Reached;
pub use exchange::{Reconciliation, Sending};
pub use extension::{AskedExtension, OfReport};
pub use own_host::ProvinceHost;
pub use place::ProvincePlace;
pub use plan_report::PlanReport;
pub use record::ProvinceRecord;
pub use register::{Address, Registered};
pub use report::{Decision, SubmittedReport};

use crate::error::StoreError;
use crate::machinery::{generation, outbox, registry};
use crate::replica::Shown;
use crate::store::{Inner, Touched};

/// Reads as the province role. On SQLite it takes no writer: whoever looks keeps nobody from acting.
#[derive(Debug)]
pub struct ProvinceReader {
    tx: DatabaseTransaction,
    /// As of when days are read; `None`: now.
    known: Option<Moment>,
    shown: Shown,
}

impl ProvinceReader {
    pub(crate) async fn open(inner: &Inner) -> Result<Self, StoreError> {
        let tx = inner.database.begin_province_read().await?;
        Ok(Self {
            tx,
            known: None,
            shown: Shown::Primary,
        })
    }

    pub(crate) async fn look(inner: &Inner, recency: Recency) -> Result<Self, StoreError> {
        let (tx, shown) = inner.database.begin_province_look(recency).await?;
        Ok(Self {
            tx,
            known: None,
            shown,
        })
    }

    /// Whether a replica is read.
    #[must_use]
    pub fn is_of_replica(&self) -> bool {
        self.shown != Shown::Primary
    }

    /// The last moment that a replica had, where it had not everything.
    #[must_use]
    pub const fn replica_until(&self) -> Option<Moment> {
        match self.shown {
            Shown::Older(until) => Some(until),
            Shown::Primary | Shown::Replica => None,
        }
    }

    /// Reads the sums of days as they were known at the end of this moment; now without one (DSH-05).
    #[must_use]
    pub fn as_known(mut self, at: Option<Moment>) -> Self {
        self.known = at;
        self
    }

    /// The transaction, for the chain of the accounts.
    pub(crate) const fn connection(&self) -> &DatabaseTransaction {
        &self.tx
    }
}

/// One transaction of the province role. Nothing is kept unless [`ProvinceStore::save`] is called.
#[derive(Debug)]
pub struct ProvinceStore {
    reader: ProvinceReader,
    inner: Arc<Inner>,
    touched: Touched,
}

impl Deref for ProvinceStore {
    type Target = ProvinceReader;

    fn deref(&self) -> &ProvinceReader {
        &self.reader
    }
}

impl ProvinceStore {
    pub(crate) async fn open(inner: Arc<Inner>) -> Result<Self, StoreError> {
        let tx = inner.database.begin_province().await?;
        Ok(Self {
            reader: ProvinceReader {
                tx,
                known: None,
                shown: Shown::Primary,
            },
            inner,
            touched: Touched::default(),
        })
    }

    /// Commits, then tells this node and the others what changed.
    ///
    /// # Errors
    /// Where the commit fails: nothing was kept, but for [`StoreError::InDoubt`].
    pub async fn save(self) -> Result<(), StoreError> {
        self.reader.tx.commit().await.map_err(StoreError::of_commit)?;
        self.inner.tell(self.touched);
        Ok(())
    }

    /// Leaves a message to be carried out inside an agency after the commit. `subject` holds ids and codes only.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn send(
        &mut self,
        tenant: TenantId,
        kind: &'static str,
        subject: &str,
        trace: Option<&str>,
        now: Moment,
    ) -> Result<OutboxId, StoreError> {
        let id = OutboxId::fresh(now);
        let header = outbox::NewHeader {
            id,
            tenant: Some(tenant),
            kind,
            subject,
            due_at: now,
            trace,
            now,
        };
        outbox::add(&self.tx, header).await?;
        self.touched.work = true;
        Ok(id)
    }

    /// Leaves a message of the province itself, to be carried out after the commit. `subject` holds ids and codes only.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn send_out(
        &mut self,
        kind: &'static str,
        subject: &str,
        trace: Option<&str>,
        now: Moment,
    ) -> Result<OutboxId, StoreError> {
        let id = OutboxId::fresh(now);
        let header = outbox::NewHeader {
            id,
            tenant: None,
            kind,
            subject,
            due_at: now,
            trace,
            now,
        };
        outbox::add(&self.tx, header).await?;
        self.touched.work = true;
        Ok(id)
    }

    /// Says that agencies, addresses or policies changed: every node reads the registry again.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn touch_registry(&mut self) -> Result<(), StoreError> {
        registry::bump(&self.tx).await?;
        self.touched.registry = true;
        Ok(())
    }

    /// Something public of an agency, or of the province itself, changed.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn touch_public(&mut self, subject: uuid::Uuid, now: Moment) -> Result<(), StoreError> {
        let value = generation::bump(&self.tx, subject, now).await?;
        self.touched.generations.push((subject, value));
        Ok(())
    }
}
