//! A report form as data: columns, checks, rows. Laws change forms, so forms are files with validity: the first wording
//! stands in `forms/09d.toml`, a later one beside it in `forms/09d.2026-01-01.toml`.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::agency::is_false;
use super::period_kind::PeriodKind;
use super::words::{CheckKind, ColumnSource, ColumnType, Level, MediationFigure, RegisterFigure, RowKind};
use crate::agency::ReportRow;
use crate::ledger::Measure;

/// `forms/{id}.toml`, or `forms/{id}.{valid_from}.toml` for a later wording (REP-01).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormFile {
    /// `09d`: the same in every wording.
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
    /// The name of this wording among all forms, in the catalogue and of its file: the id alone for the first one, with its
    /// first day for a later one.
    #[must_use]
    pub fn entry<'a>(&self, all: impl IntoIterator<Item = &'a Self>) -> String {
        let same = all.into_iter().filter(|other| other.id == self.id);
        super::wording::entry(&self.id, self.valid_from, same.map(|other| other.valid_from))
    }

    /// Whether both wordings hold on some day.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        self.valid_to.is_none_or(|to| other.valid_from <= to)
            && other.valid_to.is_none_or(|to| self.valid_from <= to)
    }

    /// The short name of its family: `09` for `09a` to `09e`, the whole id for a form of the province's own.
    #[must_use]
    pub fn family(&self) -> &str {
        match self.id.strip_suffix(|last: char| last.is_ascii_lowercase()) {
            Some(number) if number.bytes().all(|byte| byte.is_ascii_digit()) && !number.is_empty() => number,
            _ => &self.id,
        }
    }

    /// Whether lines of communes tell states too: where the unit has no line of its own, as on form 10b. Elsewhere (09b)
    /// the states are those of the unit's own level.
    #[must_use]
    pub fn communes_tell_states(&self) -> bool {
        !self.rows.iter().any(|row| row.kind == RowKind::Unit)
    }

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
    /// The indicator it shows (source = indicator): what it counts stands there, by day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub indicator: Option<String>,
    /// Measures of the ledger it sums (source = ledger).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub measures: Vec<Measure>,
    /// Columns it sums (source = formula).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sum: Vec<u8>,
    /// What it counts of the register (source = register).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub register: Option<RegisterFigure>,
    /// What it counts of the tổ hòa giải (source = mediation).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mediation: Option<MediationFigure>,
    /// How far a figure may stand from the year before without an explanation, in percent; said by the indicator.
    #[serde(skip)]
    pub tolerance: Option<u16>,
    /// Heading or unit has not been seen.
    #[serde(default, skip_serializing_if = "is_false")]
    pub verify: bool,
}

impl Column {
    /// The address of its indicator in a catalogue that stands at `list`.
    #[must_use]
    pub fn rule(&self, list: &str) -> Option<String> {
        let id = self.indicator.as_ref().filter(|_| !list.is_empty())?;
        Some(format!("{list}/{id}"))
    }
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
