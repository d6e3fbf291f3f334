//! One agency's rows: a reader and a writer, each one transaction. Every query starts from [`TenantReader::find`].

mod activity;
mod article;
mod dated;
mod day;
mod embed;
mod engagement;
mod ledger;
mod media;
mod mediation;
mod own_host;
mod place;
mod plan;
mod profile;
mod publish;
mod quality;
mod rebuild;
mod record;
mod register;
mod report;
mod share;
mod sister;
mod source;
mod words;

use std::ops::Deref;
use std::sync::Arc;

use pbgdpl_model::clock::Moment;
use pbgdpl_model::id::TenantId;
use pbgdpl_scope::action::Act;
use pbgdpl_scope::{Permit, Recency};
use sea_orm::{ColumnTrait, DatabaseTransaction, QueryFilter, Select};

pub use activity::ActivityFilter;
pub use article::{ArticleFilter, ArticleSummary, TimelineLine};
pub use embed::{EmbedRow, FormerKey};
pub use engagement::{Flush, MostRead};
pub(crate) use engagement::{PURGED, read_sketch, signed, unsigned};
pub use ledger::{LedgerPage, LedgerSlice};
pub use media::Media;
pub use own_host::{HostClaim, Led};
pub use place::{Place, PlacePicture};
pub use quality::{Publication, Unproved};
pub use record::Record;
pub use register::Session;
pub use sister::Sister;
pub use source::{EvidenceFile, SourceFacts};

use crate::database::Engine;
use crate::entity::TenantOwned;
use crate::error::StoreError;
use crate::replica::Shown;
use crate::store::{Inner, Touched};

/// Reads inside one agency. A transaction: everything read belongs to one moment.
#[derive(Debug)]
pub struct TenantReader {
    tx: DatabaseTransaction,
    tenant: TenantId,
    engine: Engine,
    shown: Shown,
}

impl TenantReader {
    pub(crate) async fn open(inner: &Inner, tenant: TenantId) -> Result<Self, StoreError> {
        let tx = inner.database.begin_read(Some(tenant.0)).await?;
        Ok(Self {
            tx,
            tenant,
            engine: inner.database.engine(),
            shown: Shown::Primary,
        })
    }

    pub(crate) async fn look(inner: &Inner, tenant: TenantId, recency: Recency) -> Result<Self, StoreError> {
        let (tx, shown) = inner.database.begin_look(tenant.0, recency).await?;
        Ok(Self {
            tx,
            tenant,
            engine: inner.database.engine(),
            shown,
        })
    }

    /// Whether a replica is read.
    #[must_use]
    pub fn is_of_replica(&self) -> bool {
        self.shown != Shown::Primary
    }

    /// The agency.
    #[must_use]
    pub const fn tenant(&self) -> TenantId {
        self.tenant
    }

    /// The transaction, for other rooms of the store.
    pub(crate) const fn connection(&self) -> &DatabaseTransaction {
        &self.tx
    }

    /// The rows of a table that belong to the agency: where every query starts.
    fn find<E: TenantOwned>(&self) -> Select<E> {
        E::find().filter(E::TENANT.eq(self.tenant.0))
    }
}

/// Writes inside one agency. Nothing is kept unless [`TenantStore::save`] is called.
#[derive(Debug)]
pub struct TenantStore {
    reader: TenantReader,
    inner: Arc<Inner>,
    touched: Touched,
}

impl Deref for TenantStore {
    type Target = TenantReader;

    fn deref(&self) -> &TenantReader {
        &self.reader
    }
}

impl TenantStore {
    pub(crate) async fn open(inner: Arc<Inner>, tenant: TenantId) -> Result<Self, StoreError> {
        let tx = inner.database.begin_write(Some(tenant.0)).await?;
        let engine = inner.database.engine();
        Ok(Self {
            reader: TenantReader {
                tx,
                tenant,
                engine,
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

    /// Refuses a permit that was given in another agency.
    pub(crate) fn check<A: Act>(&self, permit: &Permit<A>) -> Result<(), StoreError> {
        if permit.tenant() == self.tenant {
            Ok(())
        } else {
            Err(StoreError::OtherAgency)
        }
    }

    /// Something public of this agency changed: pages made before are not served any more.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn touch_public(&mut self, now: Moment) -> Result<(), StoreError> {
        let value = crate::machinery::generation::bump(&self.reader.tx, self.tenant.0, now).await?;
        self.touched.generations.push((self.tenant().0, value));
        Ok(())
    }
}
