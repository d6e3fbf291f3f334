//! What the lists of a pack say.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use pbgdpl_model::clock::Moment;
use pbgdpl_model::id::{MediaId, ReportId, TenantId};
use pbgdpl_model::ledger::{Dimensions, Measure, Row, Source};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Of the manifest.
pub(super) const SCHEMA: &str = "pbgdpl/evidence-pack/1";
/// The manifest's name.
pub(super) const MANIFEST: &str = "manifest.json";
/// The anchors' name.
pub(super) const ANCHORS: &str = "_moc.jsonl";
/// The name of every list inside a folder.
pub(super) const LIST: &str = "_muc-luc.jsonl";

/// What is in the pack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Manifest {
    pub schema: String,
    pub province: String,
    pub from: NaiveDate,
    pub to: NaiveDate,
    /// The only chain, where one was asked for: the agency's slug, or `_tinh`.
    pub agency: Option<String>,
    pub chains: Vec<Piece>,
    pub files: Vec<FileLine>,
}

/// A piece of a chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Piece {
    /// Permanent id of the agency, or `province`, or `accounts`.
    pub chain: String,
    /// Its name in the hashes.
    pub id: Uuid,
    pub name: String,
    pub file: String,
    /// Number of the entry before the piece.
    pub before: i64,
    /// Its hash.
    pub before_hash: String,
    /// Number of the last entry; `before` where there is none.
    pub last: i64,
    /// Its hash.
    pub last_hash: String,
}

/// A file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FileLine {
    pub name: String,
    pub bytes: u64,
    pub sha256: String,
}

/// A frozen report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ReportLine {
    pub agency: TenantId,
    pub form: String,
    pub period: String,
    pub year: i32,
    pub version: i32,
    pub report: ReportId,
    pub file: String,
    pub hash: String,
    pub submitted_at: Moment,
    pub submitted_name: String,
    pub decision: String,
    /// What the ledger gives: the measures of each such column.
    pub columns: BTreeMap<u8, Vec<Measure>>,
    /// The file of these rows.
    pub ledger: String,
}

/// A frozen sum of the province.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SumLine {
    pub form: String,
    pub period: String,
    pub year: i32,
    pub version: i32,
    pub file: String,
    pub hash: String,
    pub frozen_at: Option<Moment>,
    pub frozen_name: String,
}

/// A row of a ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RowLine {
    pub seq: i64,
    pub at: Moment,
    pub day: NaiveDate,
    pub source: Source,
    pub source_id: Uuid,
    pub source_version: i32,
    pub measure: Measure,
    pub quantity: i64,
    pub dimensions: Dimensions,
    pub reverses: Option<i64>,
    pub reason: String,
    pub actor_name: String,
}

impl RowLine {
    pub(super) fn of(row: &Row) -> Self {
        Self {
            seq: row.seq,
            at: row.at,
            day: row.row.day,
            source: row.row.source,
            source_id: row.row.source_id,
            source_version: row.row.source_version,
            measure: row.row.measure,
            quantity: row.row.quantity,
            dimensions: row.row.dimensions.clone(),
            reverses: row.row.reverses,
            reason: row.row.reason.clone(),
            actor_name: row.actor_name.clone(),
        }
    }
}

/// A piece of evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EvidenceLine {
    /// The activity it proves.
    pub activity: Uuid,
    pub title: String,
    pub media: MediaId,
    pub label: String,
    pub mime: String,
    pub bytes: i64,
    pub sha256: String,
    /// Nothing where the file store has lost it.
    pub file: Option<String>,
}
