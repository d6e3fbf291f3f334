//! Uploaded files: their description; the bytes are in the file store.

use pbgdpl_model::clock::Moment;
use pbgdpl_model::id::{AccountId, MediaId};
use pbgdpl_scope::Permit;
use pbgdpl_scope::action::Act;
use sea_orm::{ActiveModelTrait, ColumnTrait, QueryFilter, Set};

use crate::convert::moment;
use crate::entity::media;
use crate::error::StoreError;
use crate::tenant::{TenantReader, TenantStore};

/// An uploaded file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Media {
    /// Permanent id; its address on FILES.
    pub id: MediaId,
    /// picture | evidence.
    pub purpose: String,
    /// Name it came with, cleaned.
    pub file_name: String,
    /// What it really is, by its bytes.
    pub mime: String,
    /// Size.
    pub bytes: i64,
    /// Pixels, of pictures.
    pub width: Option<i32>,
    /// Pixels, of pictures.
    pub height: Option<i32>,
    /// SHA-256, hexadecimal.
    pub sha256: String,
    /// What a picture shows.
    pub alt: String,
    /// Where the bytes are.
    pub path: String,
    /// Whether everybody may read it.
    pub published: bool,
    /// Who brought it.
    pub uploaded_by: AccountId,
    /// When.
    pub created_at: Moment,
}

impl TenantReader {
    /// One file of the agency.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn media(&self, id: MediaId) -> Result<Option<Media>, StoreError> {
        let row = self
            .find::<media::Entity>()
            .filter(media::Column::Id.eq(id.0))
            .one(&self.tx)
            .await?;
        Ok(row.map(read))
    }
}

impl TenantStore {
    /// Describes a file whose bytes are already in the file store.
    ///
    /// # Errors
    /// Where the database fails or the permit is of another agency.
    pub async fn add_media<A: Act>(&mut self, permit: &Permit<A>, file: &Media) -> Result<(), StoreError> {
        self.check(permit)?;
        media::ActiveModel {
            tenant_id: Set(self.tenant().0),
            id: Set(file.id.0),
            purpose: Set(file.purpose.clone()),
            file_name: Set(file.file_name.clone()),
            mime: Set(file.mime.clone()),
            bytes: Set(file.bytes),
            width: Set(file.width),
            height: Set(file.height),
            sha256: Set(file.sha256.clone()),
            alt: Set(file.alt.clone()),
            path: Set(file.path.clone()),
            published: Set(file.published),
            uploaded_by: Set(file.uploaded_by.0),
            created_at: Set(file.created_at.millis()),
        }
        .insert(&self.reader.tx)
        .await?;
        Ok(())
    }
}

fn read(row: media::Model) -> Media {
    Media {
        id: MediaId(row.id),
        purpose: row.purpose,
        file_name: row.file_name,
        mime: row.mime,
        bytes: row.bytes,
        width: row.width,
        height: row.height,
        sha256: row.sha256,
        alt: row.alt,
        path: row.path,
        published: row.published,
        uploaded_by: AccountId(row.uploaded_by),
        created_at: moment(row.created_at),
    }
}
