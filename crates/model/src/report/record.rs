//! A report as an agency keeps it: its version, its declared cells, and the way it went.

use super::sheet::Line;
use super::stage::Stage;
use crate::clock::Moment;
use crate::id::{AccountId, ReportId};
use crate::manifest::PeriodKind;

/// A report of one form for one period, in one version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Permanent id of this version.
    pub id: ReportId,
    /// Id of the form: 09d.
    pub form: String,
    /// Kind of period.
    pub period: PeriodKind,
    /// Year.
    pub year: i32,
    /// 1, 2, 3 … an amendment is a new version.
    pub version: i32,
    /// Where it stands.
    pub stage: Stage,
    /// The last ledger row it counts; 0 before it is frozen.
    pub ledger_seq: i64,
    /// The frozen figures, canonical JSON; empty before.
    pub body: String,
    /// SHA-256 of the body, hexadecimal; empty before.
    pub hash: String,
    /// Who opened it.
    pub created_by: AccountId,
    /// When.
    pub created_at: Moment,
    /// Last change.
    pub changed_at: Moment,
    /// When it was sent.
    pub submitted_at: Option<Moment>,
    /// What the person who checked it saw; nothing before anybody did. Kept when the report is sent.
    pub checked: Option<CheckedFigures>,
    /// Counts changes.
    pub row_version: i64,
}

/// The figures that a person checked: "checked" is said of these and of no others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedFigures {
    /// The last ledger row they counted.
    pub ledger_seq: i64,
    /// The lines, as they were.
    pub lines: Vec<Line>,
    /// Their hash ([`figures_hash`](super::figures_hash)).
    pub hash: String,
}

/// What a person typed into a cell, and signed for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declared {
    /// Key of the line.
    pub row: String,
    /// Column number.
    pub column: u8,
    /// The actual figure.
    pub actual: Option<i64>,
    /// The estimate for the rest of the period.
    pub estimate: Option<i64>,
    /// Evidence or reason.
    pub note: String,
    /// Who.
    pub by: AccountId,
    /// Their name then.
    pub by_name: String,
    /// When.
    pub at: Moment,
}

/// One station of a report's way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Walk {
    /// What was done.
    pub step: String,
    /// Remark.
    pub note: String,
    /// Who.
    pub by: AccountId,
    /// Their name then.
    pub by_name: String,
    /// When.
    pub at: Moment,
}
