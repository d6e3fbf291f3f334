//! The province's catalogue: forms, calendar, vocabularies, as JSON of what `tenants/` says.

use pbgdpl_model::catalogue::Entry;
use pbgdpl_model::clock::Moment;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Set};

use crate::entity::catalogue;
use crate::error::StoreError;
use crate::province::{ProvinceReader, ProvinceStore};

async fn entries(db: &impl ConnectionTrait, kind: &str) -> Result<Vec<(String, String)>, StoreError> {
    let rows = catalogue::Entity::find()
        .filter(catalogue::Column::Kind.eq(kind))
        .order_by_asc(catalogue::Column::Code)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| (row.code, row.body)).collect())
}

async fn entries_of(db: &impl ConnectionTrait, kinds: &[&str]) -> Result<Vec<Entry>, StoreError> {
    let rows = catalogue::Entity::find()
        .filter(catalogue::Column::Kind.is_in(kinds.iter().copied()))
        .order_by_asc(catalogue::Column::Kind)
        .order_by_asc(catalogue::Column::Code)
        .all(db)
        .await?;
    let entry = |row: catalogue::Model| Entry {
        kind: row.kind,
        code: row.code,
        body: row.body,
    };
    Ok(rows.into_iter().map(entry).collect())
}

impl ProvinceStore {
    /// Writes one entry.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn put_catalogue(
        &mut self,
        kind: &str,
        code: &str,
        body: &str,
        now: Moment,
    ) -> Result<(), StoreError> {
        let row = catalogue::ActiveModel {
            kind: Set(kind.to_owned()),
            code: Set(code.to_owned()),
            body: Set(body.to_owned()),
            changed_at: Set(now.millis()),
        };
        catalogue::Entity::insert(row)
            .on_conflict(
                OnConflict::columns([catalogue::Column::Kind, catalogue::Column::Code])
                    .update_columns([catalogue::Column::Body, catalogue::Column::ChangedAt])
                    .to_owned(),
            )
            .exec_without_returning(&self.tx)
            .await?;
        Ok(())
    }
}

impl ProvinceReader {
    /// All entries of a kind: (code, JSON).
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn catalogue(&self, kind: &str) -> Result<Vec<(String, String)>, StoreError> {
        entries(&self.tx, kind).await
    }

    /// All entries of these kinds, in one statement.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn catalogue_of(&self, kinds: &[&str]) -> Result<Vec<Entry>, StoreError> {
        entries_of(&self.tx, kinds).await
    }
}

impl crate::tenant::TenantReader {
    /// All entries of a kind: (code, JSON). Shared by all agencies.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn catalogue(&self, kind: &str) -> Result<Vec<(String, String)>, StoreError> {
        entries(self.connection(), kind).await
    }

    /// All entries of these kinds, in one statement.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn catalogue_of(&self, kinds: &[&str]) -> Result<Vec<Entry>, StoreError> {
        entries_of(self.connection(), kinds).await
    }
}
