//! What ledger rows came from, as an auditor reads it: the title, and the evidence attached.

use std::collections::HashMap;

use pbgdpl_model::audit::Entry;
use pbgdpl_model::clock::Moment;
use pbgdpl_model::id::MediaId;
use sea_orm::{ColumnTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::entity::{activity, activity_evidence, article_version, audit, media};
use crate::error::StoreError;
use crate::province::AuditFilter;
use crate::tenant::TenantReader;
use crate::tenant::record::read as read_entry;

/// A file that proves an activity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceFile {
    /// Its id.
    pub media: MediaId,
    /// What it is, in the words of who attached it; the file's name where nothing was said.
    pub label: String,
    /// What it really is, by its bytes.
    pub mime: String,
    /// Size.
    pub bytes: i64,
    /// SHA-256, hexadecimal.
    pub sha256: String,
}

/// An activity or an item that rows of the ledger came from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SourceFacts {
    /// Its title.
    pub title: String,
    /// Its evidence.
    pub evidence: Vec<EvidenceFile>,
}

impl TenantReader {
    /// Titles and evidence of these activities and items; of a past moment only the evidence that was there then.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn sources(
        &self,
        ids: &[Uuid],
        known: Option<Moment>,
    ) -> Result<HashMap<Uuid, SourceFacts>, StoreError> {
        let mut found: HashMap<Uuid, SourceFacts> = HashMap::new();
        let activities = self
            .find::<activity::Entity>()
            .filter(activity::Column::Id.is_in(ids.iter().copied()))
            .all(&self.tx)
            .await?;
        for row in activities {
            found.entry(row.id).or_default().title = row.title;
        }
        let versions = self
            .find::<article_version::Entity>()
            .filter(article_version::Column::ArticleId.is_in(ids.iter().copied()))
            .order_by_asc(article_version::Column::Number)
            .all(&self.tx)
            .await?;
        for row in versions {
            let content: pbgdpl_model::article::Content = crate::convert::from_json(&row.content)?;
            found.entry(row.article_id).or_default().title = content.title;
        }
        let mut links = self
            .find::<activity_evidence::Entity>()
            .filter(activity_evidence::Column::ActivityId.is_in(ids.iter().copied()));
        if let Some(moment) = known {
            links = links.filter(activity_evidence::Column::AddedAt.lte(moment.millis()));
        }
        let links = links
            .order_by_asc(activity_evidence::Column::AddedAt)
            .all(&self.tx)
            .await?;
        let files: HashMap<Uuid, media::Model> = self
            .find::<media::Entity>()
            .filter(media::Column::Id.is_in(links.iter().map(|link| link.media_id)))
            .all(&self.tx)
            .await?
            .into_iter()
            .map(|file| (file.id, file))
            .collect();
        for link in links {
            let Some(file) = files.get(&link.media_id) else {
                continue;
            };
            found
                .entry(link.activity_id)
                .or_default()
                .evidence
                .push(EvidenceFile {
                    media: MediaId(link.media_id),
                    label: if link.label.is_empty() {
                        file.file_name.clone()
                    } else {
                        link.label
                    },
                    mime: file.mime.clone(),
                    bytes: file.bytes,
                    sha256: file.sha256.clone(),
                });
        }
        Ok(found)
    }

    /// Whether a file is evidence of some activity of the agency.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn is_evidence(&self, id: MediaId) -> Result<bool, StoreError> {
        let found = self
            .find::<activity_evidence::Entity>()
            .filter(activity_evidence::Column::MediaId.eq(id.0))
            .count(&self.tx)
            .await?;
        Ok(found > 0)
    }

    /// A page of the agency's audit entries that match, newest first, and how many match.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn audit_search(
        &self,
        filter: &AuditFilter,
        page: u64,
        per_page: u64,
    ) -> Result<(Vec<Entry>, u64), StoreError> {
        let mut query = self.find::<audit::Entity>();
        if !filter.actor.is_empty() {
            query = query.filter(audit::Column::ActorName.contains(&filter.actor));
        }
        if !filter.action.is_empty() {
            query = query.filter(audit::Column::Action.eq(&filter.action));
        }
        if !filter.object_kind.is_empty() {
            query = query.filter(audit::Column::ObjectKind.eq(&filter.object_kind));
        }
        if let Some(seq) = filter.seq {
            query = query.filter(audit::Column::Seq.eq(seq));
        }
        let total = query.clone().count(&self.tx).await?;
        let rows = query
            .order_by_desc(audit::Column::Seq)
            .offset(page.saturating_sub(1).saturating_mul(per_page))
            .limit(per_page)
            .all(&self.tx)
            .await?;
        Ok((rows.into_iter().map(read_entry).collect::<Result<_, _>>()?, total))
    }
}
