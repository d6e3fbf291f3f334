//! A report form as data: columns, checks, rows. Laws change forms, so forms are files with validity.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::agency::is_false;
use super::words::{CheckKind, ColumnSource, ColumnType, Level, PeriodKind, RowKind};
use crate::agency::ReportRow;
use crate::ledger::Measure;

/// `forms/{id}.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormFile {
    /// `09d`; also the file's name.
    pub id: String,
    /// Official code, `09d/BTP/PBGDPL`.
    pub code: String,
    /// Official title.
    pub title: String,
    /// The circular that defines it.
    pub basis: String,
    /// First day.
    pub valid_from: NaiveDate,
    /// Last day, if it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<NaiveDate>,
    /// The level it is for.
    pub level: Level,
    /// Who sends it.
    pub sender: String,
    /// Who receives it.
    pub receiver: String,
    /// Who signs, in order.
    pub signatures: Vec<String>,
    /// For which periods.
    pub periods: Vec<PeriodKind>,
    /// Agencies with these report rows fill it.
    #[serde(default)]
    pub filled_by: Vec<ReportRow>,
    /// Forms (ids) it adds up.
    #[serde(default)]
    pub consolidates: Vec<String>,
    /// The layout has not been seen.
    #[serde(default, skip_serializing_if = "is_false")]
    pub verify: bool,
    /// `[[column]]`.
    #[serde(rename = "column")]
    pub columns: Vec<Column>,
    /// `[[check]]`.
    #[serde(rename = "check", default)]
    pub checks: Vec<Check>,
    /// `[[row]]`.
    #[serde(rename = "row")]
    pub rows: Vec<Row>,
}

impl FormFile {
    /// The column with this number.
    #[must_use]
    pub fn column(&self, number: u8) -> Option<&Column> {
        self.columns.iter().find(|column| column.number == number)
    }
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// As printed.
    pub number: u8,
    /// Headings above it, from the outermost.
    pub path: Vec<String>,
    /// Its own heading.
    pub label: String,
    /// Unit of its figures.
    pub unit: String,
    /// Stock or flow.
    #[serde(rename = "type")]
    pub kind: ColumnType,
    /// Where its cells come from.
    pub source: ColumnSource,
    /// Measures of the ledger it sums (source = ledger).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub measures: Vec<Measure>,
    /// Columns it sums (source = formula).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sum: Vec<u8>,
    /// Heading or unit has not been seen.
    #[serde(default, skip_serializing_if = "is_false")]
    pub verify: bool,
}

/// A demand between columns of one row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Check {
    /// What is demanded.
    pub kind: CheckKind,
    /// Column on the left.
    pub left: u8,
    /// Columns on the right; one, except for a sum.
    pub right: Vec<u8>,
    /// What the reporter reads; `{left}` and `{right}` stand for the two figures.
    pub message: String,
}

/// A row, or a rule that makes rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// Name in exports.
    pub id: String,
    /// As printed.
    pub label: String,
    /// What it stands for.
    pub kind: RowKind,
    /// Which agencies (kind = agencies).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub report_row: Option<ReportRow>,
}
