//! Files: uploads of the agencies and pictures of their pages, under `agency/aa/bb/id`. The path is made here, from the agency and a random id.

use bytes::Bytes;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt, PutPayload};
use pbgdpl_model::id::{MediaId, TenantId};
use std::sync::Arc;

use crate::error::StoreError;

/// The file store.
#[derive(Debug, Clone)]
pub struct Files(Arc<dyn ObjectStore>);

impl Files {
    /// A folder; made if missing.
    ///
    /// # Errors
    /// Where the folder cannot be made or used.
    pub fn folder(folder: &std::path::Path) -> Result<Self, StoreError> {
        std::fs::create_dir_all(folder)
            .map_err(|e| StoreError::Unfit(format!("cannot make the folder {}: {e}", folder.display())))?;
        let store = LocalFileSystem::new_with_prefix(folder)
            .map_err(StoreError::Files)?
            .with_fsync(true);
        Ok(Self(Arc::new(store)))
    }

    /// Where a file of this agency stands.
    #[must_use]
    pub fn path(tenant: TenantId, media: MediaId) -> String {
        let id = media.0.simple().to_string();
        // The tail is random; the head of a UUIDv7 is the time, and would put a whole day into one folder.
        let (aa, bb) = (id.get(28..30).unwrap_or("00"), id.get(30..32).unwrap_or("00"));
        format!("{}/{aa}/{bb}/{id}", tenant.0.simple())
    }

    /// Writes a file whole.
    ///
    /// # Errors
    /// Where the store fails.
    pub async fn put(&self, path: &str, bytes: Bytes) -> Result<(), StoreError> {
        self.0
            .put(&Path::from(path), PutPayload::from_bytes(bytes))
            .await
            .map_err(StoreError::Files)?;
        Ok(())
    }

    /// Reads a file whole; `None` where there is none.
    ///
    /// # Errors
    /// Where the store fails.
    pub async fn get(&self, path: &str) -> Result<Option<Bytes>, StoreError> {
        match self.0.get(&Path::from(path)).await {
            Ok(found) => Ok(Some(found.bytes().await.map_err(StoreError::Files)?)),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(StoreError::Files(error)),
        }
    }

    /// Removes a file; one that is gone already is no fault.
    ///
    /// # Errors
    /// Where the store fails.
    pub async fn remove(&self, path: &str) -> Result<(), StoreError> {
        match self.0.delete(&Path::from(path)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(StoreError::Files(error)),
        }
    }
}
