//! The frozen figures of a report: canonical JSON, so that the same figures are the same bytes and the same hash.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::period::{Span, period_word};
use super::sheet::Line;
use super::timeliness::Timeliness;
use crate::agency::ReportRow;
use crate::id::TenantId;
use crate::manifest::FormFile;

/// Who reports.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sender {
    /// Permanent id.
    pub id: TenantId,
    /// Slug then.
    pub slug: String,
    /// Official name then.
    pub name: String,
    /// Its row of the province's form.
    pub report_row: ReportRow,
}

/// Why a version takes the place of another (chỉnh lý, bổ sung: TT 03/2019/TT-BTP, Điều 9).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amendment {
    /// The version whose place it takes.
    pub version: i32,
    /// The reason that was given.
    pub reason: String,
}

/// The frozen figures. Its fields are written in this order, keys of cells in the order of columns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Body {
    /// `pbgdpl/report/1`.
    pub schema: String,
    /// Id of the form.
    pub form: String,
    /// Its official code.
    pub code: String,
    /// Period, as in addresses.
    pub period: String,
    /// Year.
    pub year: i32,
    /// Version of the report.
    pub version: i32,
    /// Who reports.
    pub agency: Sender,
    /// First day.
    pub from: NaiveDate,
    /// Last day of actual figures.
    pub actual_to: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
    /// The last ledger row that is counted.
    pub ledger_seq: i64,
    /// Names that stand for the signatures: who filled, checked, sent.
    pub signers: Vec<String>,
    /// Thuyết minh.
    pub remark: String,
    /// In a later version: which one it replaces, and why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amends: Option<Amendment>,
    /// Whether it came in time, and under which extension.
    #[serde(flatten)]
    pub timeliness: Timeliness,
    /// The lines.
    pub rows: Vec<Line>,
}

impl Body {
    /// Puts the parts together.
    #[must_use]
    #[expect(clippy::too_many_arguments, reason = "each is one fact of the printed form")]
    pub fn new(
        form: &FormFile,
        span: &Span,
        version: i32,
        agency: Sender,
        ledger_seq: i64,
        signers: Vec<String>,
        remark: String,
        amends: Option<Amendment>,
        rows: Vec<Line>,
    ) -> Self {
        Self {
            schema: "pbgdpl/report/1".to_owned(),
            form: form.id.clone(),
            code: form.code.clone(),
            period: period_word(span.kind).to_owned(),
            year: span.year,
            version,
            agency,
            from: span.from,
            actual_to: span.actual_to,
            to: span.to,
            ledger_seq,
            signers,
            remark,
            amends,
            timeliness: Timeliness::default(),
            rows,
        }
    }

    /// The same, as it came.
    #[must_use]
    pub fn sent(mut self, timeliness: Timeliness) -> Self {
        self.timeliness = timeliness;
        self
    }

    /// The bytes that are hashed.
    ///
    /// # Errors
    /// Never for figures that a form can hold.
    pub fn canonical(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string(self)
    }

    /// Reads what [`Body::canonical`] wrote.
    ///
    /// # Errors
    /// Where the text is not a frozen report.
    pub fn read(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text)
    }
}

/// SHA-256 of a text, hexadecimal.
#[must_use]
pub fn hash_of(canonical: &str) -> String {
    hex::encode(Sha256::digest(canonical.as_bytes()))
}
