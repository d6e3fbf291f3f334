//! The store and its doors.

use std::sync::Arc;
use std::time::Duration;

use pbgdpl_model::id::TenantId;
use pbgdpl_scope::action::Act;
use pbgdpl_scope::{AuditWarrant, ProvinceWarrant, Recency, Registry, Tenant};
use tokio::time::timeout;

use crate::database::{Database, Engine};
use crate::error::StoreError;
use crate::files::Files;
use crate::generation::Generations;
use crate::hint::{Hint, Hints};
use crate::identity::{IdentityReader, IdentityStore};
use crate::machinery::Machinery;
use crate::province::{ProvinceReader, ProvinceStore};
use crate::public::PublicReader;
use crate::tenant::{TenantReader, TenantStore};

/// A replica that has not answered by then has failed: its server may be gone without a word.
const LOOKING: Duration = Duration::from_secs(10);

/// What a change made public or due, told after the commit.
#[derive(Debug, Default, Clone)]
pub(crate) struct Touched {
    pub registry: bool,
    pub generations: Vec<(uuid::Uuid, i64)>,
    pub work: bool,
}

/// Everything that outlives the process. Given to acts, jobs and the province; pages get a [`ReadStore`].
#[derive(Debug, Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

#[derive(Debug)]
pub(crate) struct Inner {
    pub database: Database,
    pub files: Files,
    pub hints: Hints,
    pub generations: Generations,
    pub registry: Registry,
}

impl Inner {
    pub(crate) fn tell(&self, touched: Touched) {
        for (subject, value) in &touched.generations {
            self.generations.put(*subject, *value);
        }
        if !touched.generations.is_empty() {
            self.hints.tell(Hint::Generation);
        }
        if touched.registry {
            self.hints.tell(Hint::Registry);
        }
        if touched.work {
            self.hints.tell(Hint::Work);
        }
    }
}

impl Store {
    /// Puts the parts together and reads the registry of agencies and the generations.
    ///
    /// # Errors
    /// Where the database cannot be read or has not been set up (`pbgdpl migrate up`, `pbgdpl tenants apply`).
    pub async fn new(database: Database, files: Files, hints: Hints) -> Result<Self, StoreError> {
        let snapshot = crate::machinery::registry::load(&database).await?;
        let generations = Generations::default();
        crate::machinery::generation::load_all(&database, &generations).await?;
        let registry = Registry::new(snapshot);
        Ok(Self {
            inner: Arc::new(Inner {
                database,
                files,
                hints,
                generations,
                registry,
            }),
        })
    }

    /// Which database.
    #[must_use]
    pub fn engine(&self) -> Engine {
        self.inner.database.engine()
    }

    /// The agencies and their addresses.
    #[must_use]
    pub fn registry(&self) -> &Registry {
        &self.inner.registry
    }

    /// The generations this node knows.
    #[must_use]
    pub fn generations(&self) -> &Generations {
        &self.inner.generations
    }

    /// Hints between tasks and nodes.
    #[must_use]
    pub fn hints(&self) -> &Hints {
        &self.inner.hints
    }

    /// The file store. Paths come from [`Files::path`] only.
    #[must_use]
    pub fn files(&self) -> &Files {
        &self.inner.files
    }

    /// The same doors, for reading only.
    #[must_use]
    pub fn read(&self) -> ReadStore {
        ReadStore {
            inner: Arc::clone(&self.inner),
        }
    }

    /// One writing transaction inside one agency.
    ///
    /// # Errors
    /// [`StoreError::Busy`] where no connection is free.
    pub async fn tenant(&self, tenant: &Tenant) -> Result<TenantStore, StoreError> {
        TenantStore::open(Arc::clone(&self.inner), tenant.id()).await
    }

    /// Accounts, sessions, memberships, factors: a writing transaction.
    ///
    /// # Errors
    /// [`StoreError::Busy`] where no connection is free.
    pub async fn identity(&self) -> Result<IdentityStore, StoreError> {
        IdentityStore::open(Arc::clone(&self.inner)).await
    }

    /// What the province reads and decides, over all agencies; never a tenant row.
    ///
    /// # Errors
    /// [`StoreError::Busy`] where no connection is free.
    pub async fn province<A: Act>(&self, _warrant: &ProvinceWarrant<A>) -> Result<ProvinceStore, StoreError> {
        ProvinceStore::open(Arc::clone(&self.inner)).await
    }

    /// The same for reading only.
    ///
    /// # Errors
    /// [`StoreError::Busy`] where no connection is free.
    pub async fn province_reader<A: Act>(
        &self,
        _warrant: &ProvinceWarrant<A>,
    ) -> Result<ProvinceReader, StoreError> {
        ProvinceReader::open(&self.inner).await
    }

    /// One agency, reading only, for an auditor. The act that calls this logs the reading.
    ///
    /// # Errors
    /// [`StoreError::Busy`] where no connection is free.
    pub async fn audit(&self, warrant: &AuditWarrant) -> Result<TenantReader, StoreError> {
        TenantReader::open(&self.inner, warrant.tenant_id()).await
    }

    /// What the province reads, for whoever looks: on a replica where one is fit. What fails there is read once more here.
    ///
    /// # Errors
    /// Those of `read`, or [`StoreError::Busy`] where no connection is free.
    pub async fn look_over<A, T, E, F>(
        &self,
        _warrant: &ProvinceWarrant<A>,
        recency: Recency,
        read: impl Fn(ProvinceReader) -> F,
    ) -> Result<T, E>
    where
        A: Act,
        E: From<StoreError>,
        F: Future<Output = Result<T, E>>,
    {
        let reader = ProvinceReader::look(&self.inner, recency).await?;
        if !reader.is_of_replica() {
            return read(reader).await;
        }
        match timeout(LOOKING, read(reader)).await {
            Ok(Ok(found)) => Ok(found),
            _ => read(ProvinceReader::open(&self.inner).await?).await,
        }
    }

    /// The same in one agency, for an auditor. The act that calls this has logged the reading.
    ///
    /// # Errors
    /// Those of `read`, or [`StoreError::Busy`] where no connection is free.
    pub async fn look_into<T, E, F>(
        &self,
        warrant: &AuditWarrant,
        recency: Recency,
        read: impl Fn(TenantReader) -> F,
    ) -> Result<T, E>
    where
        E: From<StoreError>,
        F: Future<Output = Result<T, E>>,
    {
        look_into(&self.inner, warrant.tenant_id(), recency, read).await
    }

    /// Registry, generations, outbox, due list.
    #[must_use]
    pub fn machinery(&self) -> Machinery {
        Machinery::new(Arc::clone(&self.inner))
    }
}

/// The doors for reading: all that `web` is given.
#[derive(Debug, Clone)]
pub struct ReadStore {
    inner: Arc<Inner>,
}

impl ReadStore {
    /// Inside one agency.
    ///
    /// # Errors
    /// [`StoreError::Busy`] where no connection is free.
    pub async fn tenant(&self, tenant: &Tenant) -> Result<TenantReader, StoreError> {
        TenantReader::open(&self.inner, tenant.id()).await
    }

    /// The same for what leaves the house: on a replica that has everything, where there is one.
    ///
    /// # Errors
    /// Those of `read`, or [`StoreError::Busy`] where no connection is free.
    pub async fn look_into<T, E, F>(&self, tenant: &Tenant, read: impl Fn(TenantReader) -> F) -> Result<T, E>
    where
        E: From<StoreError>,
        F: Future<Output = Result<T, E>>,
    {
        look_into(&self.inner, tenant.id(), Recency::Now, read).await
    }

    /// What everybody may read, over all agencies.
    #[must_use]
    pub fn public(&self) -> PublicReader {
        PublicReader::new(Arc::clone(&self.inner))
    }

    /// Accounts, sessions, memberships.
    ///
    /// # Errors
    /// [`StoreError::Busy`] where no connection is free.
    pub async fn identity(&self) -> Result<IdentityReader, StoreError> {
        IdentityReader::open(&self.inner).await
    }

    /// The agencies and their addresses.
    #[must_use]
    pub fn registry(&self) -> &Registry {
        &self.inner.registry
    }

    /// The generations this node knows.
    #[must_use]
    pub fn generations(&self) -> &Generations {
        &self.inner.generations
    }

    /// Reads a file; the path comes from a row that a door gave.
    ///
    /// # Errors
    /// Where the store fails.
    pub async fn file(&self, path: &str) -> Result<Option<bytes::Bytes>, StoreError> {
        self.inner.files.get(path).await
    }

    /// Whether the database answers: for readiness.
    pub async fn answers(&self) -> bool {
        self.inner.database.reading().ping().await.is_ok()
    }

    /// Counts for metrics: outbox waiting, outbox dead, days due.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn backlog(&self) -> Result<(u64, u64, u64), StoreError> {
        crate::machinery::outbox::backlog(&self.inner.database).await
    }

    /// The agency's id if the registry knows it: for pages that hold only an id.
    #[must_use]
    pub fn known(&self, id: TenantId) -> Option<Tenant> {
        self.inner.registry.now().by_id(id)
    }
}

async fn look_into<T, E, F>(
    inner: &Inner,
    tenant: TenantId,
    recency: Recency,
    read: impl Fn(TenantReader) -> F,
) -> Result<T, E>
where
    E: From<StoreError>,
    F: Future<Output = Result<T, E>>,
{
    let reader = TenantReader::look(inner, tenant, recency).await?;
    if !reader.is_of_replica() {
        return read(reader).await;
    }
    match timeout(LOOKING, read(reader)).await {
        Ok(Ok(found)) => Ok(found),
        _ => read(TenantReader::open(inner, tenant).await?).await,
    }
}
