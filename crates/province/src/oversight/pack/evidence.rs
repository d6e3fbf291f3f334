//! The rows of an agency's ledger in a pack, and the evidence of what they count.

use std::collections::{BTreeMap, BTreeSet};

use pbgdpl_model::id::{MediaId, TenantId};
use pbgdpl_model::ledger::Source;
use pbgdpl_scope::{AuditWarrant, Recency};
use pbgdpl_store::Files;
use pbgdpl_store::tenant::TenantReader;
use uuid::Uuid;

use super::Pack;
use super::archive::{Archive, Stop};
use super::contents::{EvidenceLine, LIST, RowLine};
use super::reports::{Days, ledger_of};
use crate::Error;

/// Rows read at once.
const ROWS: u64 = 500;
/// Activities whose evidence is looked for at once.
const SOURCES: usize = 200;

impl Pack {
    /// Writes the rows of the pack's days, and of the days that its reports speak of; then their evidence.
    pub(super) async fn books(
        &self,
        archive: &mut Archive,
        slug: &str,
        audit: &AuditWarrant,
        reports: &[Days],
    ) -> Result<(), Stop> {
        let from = reports.iter().map(|days| days.from).min();
        let to = reports.iter().map(|days| days.to).max();
        let days = (
            from.map_or(self.asked.from, |from| from.min(self.asked.from)),
            to.map_or(self.asked.to, |to| to.max(self.asked.to)),
        );
        archive.begin(&ledger_of(slug))?;
        let (mut seq, mut activities) = (0, BTreeSet::new());
        loop {
            let read = async |reader: TenantReader| -> Result<_, Error> {
                Ok(reader.ledger_after(days, seq, ROWS).await?)
            };
            let store = self.province.store();
            let rows = store.look_into(audit, Recency::Now, read).await?;
            let Some(last) = rows.last() else { break };
            seq = last.seq;
            let of_activities = rows.iter().filter(|row| row.row.source == Source::Activity);
            activities.extend(of_activities.map(|row| row.row.source_id));
            archive.lines(rows.iter().map(RowLine::of)).await?;
        }
        archive.end();
        self.evidence(archive, slug, audit, activities.into_iter().collect())
            .await
    }

    async fn evidence(
        &self,
        archive: &mut Archive,
        slug: &str,
        audit: &AuditWarrant,
        activities: Vec<Uuid>,
    ) -> Result<(), Stop> {
        let mut lines = Vec::new();
        let mut copied: BTreeMap<MediaId, bool> = BTreeMap::new();
        for some in activities.chunks(SOURCES) {
            let read =
                async |reader: TenantReader| -> Result<_, Error> { Ok(reader.sources(some, None).await?) };
            let store = self.province.store();
            let mut found = store.look_into(audit, Recency::Now, read).await?;
            for activity in some {
                let facts = found.remove(activity).unwrap_or_default();
                let mut files = facts.evidence;
                files.sort_by_key(|file| file.media);
                for file in files {
                    let name = name_of(slug, file.media, &file.mime);
                    let there = match copied.get(&file.media) {
                        Some(there) => *there,
                        None => self.copy(archive, audit.tenant_id(), file.media, &name).await?,
                    };
                    copied.insert(file.media, there);
                    lines.push(EvidenceLine {
                        activity: *activity,
                        title: facts.title.clone(),
                        media: file.media,
                        label: file.label,
                        mime: file.mime,
                        bytes: file.bytes,
                        sha256: file.sha256,
                        file: there.then_some(name),
                    });
                }
            }
        }
        if !lines.is_empty() {
            archive.begin(&format!("minh-chung/{slug}/{LIST}"))?;
            archive.lines(&lines).await?;
            archive.end();
        }
        Ok(())
    }

    /// Copies a file; `false` where the file store has lost it.
    async fn copy(
        &self,
        archive: &mut Archive,
        agency: TenantId,
        media: MediaId,
        name: &str,
    ) -> Result<bool, Stop> {
        let files = self.province.store().files();
        let Some(bytes) = files.get(&Files::path(agency, media)).await? else {
            return Ok(false);
        };
        archive.file(name, &bytes).await?;
        Ok(true)
    }
}

fn name_of(slug: &str, media: MediaId, mime: &str) -> String {
    let ending = match mime {
        "application/pdf" => "pdf",
        "image/png" => "png",
        "image/jpeg" => "jpg",
        "image/webp" => "webp",
        _ => "bin",
    };
    format!("minh-chung/{slug}/{media}.{ending}")
}
