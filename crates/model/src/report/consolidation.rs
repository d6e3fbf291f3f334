//! The province's form, added up from accepted reports; every cell knows which reports it is made of.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::body::{Body, Sender};
use super::cell::{Cells, Origin, add_cells};
use super::forms::valid_on;
use super::period::{Span, period_word};
use super::sheet::{LineKind, add_formulas};
use super::timeliness::Timeliness;
use crate::agency::ReportRow;
use crate::manifest::{FormFile, RowKind};

/// An accepted report with the hash it was frozen with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// The frozen figures.
    pub body: Body,
    /// Their hash.
    pub hash: String,
}

/// One report that was added up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceReport {
    /// Who sent it.
    pub agency: Sender,
    /// Its form.
    pub form: String,
    /// Its version.
    pub version: i32,
    /// Its hash.
    pub hash: String,
    /// The last ledger row it counts.
    pub ledger_seq: i64,
    /// Whether it came in time, and under which extension.
    #[serde(flatten)]
    pub timeliness: Timeliness,
}

/// An agency whose figures are not in it. How its report stands changes with the day, so it is not said here: the same
/// reports give the same hash whenever they are added up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Missing {
    /// Slug.
    pub slug: String,
    /// Official name.
    pub name: String,
}

/// One line of the province's form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsolidatedLine {
    /// Its name in exports.
    pub key: String,
    /// As printed.
    pub label: String,
    /// What it stands for.
    pub kind: LineKind,
    /// Its cells.
    pub cells: Cells,
    /// Positions in `sources` of the reports it adds up.
    pub sources: Vec<usize>,
}

/// The province's form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consolidated {
    /// `pbgdpl/consolidation/1`.
    pub schema: String,
    /// Id of the form.
    pub form: String,
    /// Its official code.
    pub code: String,
    /// Period, as in addresses.
    pub period: String,
    /// Year.
    pub year: i32,
    /// First day.
    pub from: NaiveDate,
    /// Last day of actual figures.
    pub actual_to: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
    /// The reports added up, by slug.
    pub sources: Vec<SourceReport>,
    /// Who is not in it.
    pub missing: Vec<Missing>,
    /// The lines.
    pub rows: Vec<ConsolidatedLine>,
}

impl Consolidated {
    /// The bytes that are hashed.
    ///
    /// # Errors
    /// Never for figures that a form can hold.
    pub fn canonical(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string(self)
    }

    /// Reads what [`Consolidated::canonical`] wrote.
    ///
    /// # Errors
    /// Where the text is not a consolidation.
    pub fn read(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text)
    }

    /// The reports that a line is made of.
    pub fn sources_of<'a>(&'a self, line: &'a ConsolidatedLine) -> impl Iterator<Item = &'a SourceReport> {
        line.sources.iter().filter_map(|at| self.sources.get(*at))
    }
}

/// Adds accepted reports up. Their order does not matter; the same reports give the same bytes.
#[must_use]
pub fn consolidate(
    form: &FormFile,
    span: &Span,
    forms: &[FormFile],
    mut accepted: Vec<Accepted>,
    mut missing: Vec<Missing>,
) -> Consolidated {
    accepted.sort_by(|a, b| a.body.agency.slug.cmp(&b.body.agency.slug));
    missing.sort_by(|a, b| a.slug.cmp(&b.slug));
    let figures: Vec<Cells> = accepted
        .iter()
        .map(|report| taken_over(form, span, forms, &report.body))
        .collect();
    let mut rows = Vec::new();
    for row in &form.rows {
        match (row.kind, row.report_row) {
            (RowKind::Total, _) => {
                let all: Vec<usize> = (0..accepted.len()).collect();
                rows.push(line(form, &row.id, &row.label, LineKind::Total, all, &figures));
            }
            (RowKind::Agencies, Some(report_row)) => {
                rows.extend(agencies(form, row, report_row, &accepted, &figures));
            }
            _ => {}
        }
    }
    Consolidated {
        schema: "pbgdpl/consolidation/1".to_owned(),
        form: form.id.clone(),
        code: form.code.clone(),
        period: period_word(span.kind).to_owned(),
        year: span.year,
        from: span.from,
        actual_to: span.actual_to,
        to: span.to,
        sources: accepted.into_iter().map(source).collect(),
        missing,
        rows,
    }
}

fn source(report: Accepted) -> SourceReport {
    SourceReport {
        agency: report.body.agency,
        form: report.body.form,
        version: report.body.version,
        hash: report.hash,
        ledger_seq: report.body.ledger_seq,
        timeliness: report.body.timeliness,
    }
}

/// The line of a group, and one line for each of its agencies. Sở Tư pháp is a group of one: its line stands alone.
fn agencies(
    form: &FormFile,
    row: &crate::manifest::Row,
    report_row: ReportRow,
    accepted: &[Accepted],
    figures: &[Cells],
) -> Vec<ConsolidatedLine> {
    let members: Vec<(usize, &Sender)> = accepted
        .iter()
        .enumerate()
        .map(|(at, report)| (at, &report.body.agency))
        .filter(|(_, agency)| agency.report_row == report_row)
        .collect();
    let all = members.iter().map(|(at, _)| *at).collect();
    let mut lines = vec![line(form, &row.id, &row.label, LineKind::Group, all, figures)];
    if report_row != ReportRow::SoTuPhap {
        lines.extend(members.into_iter().map(|(at, agency)| {
            line(
                form,
                &agency.slug,
                &agency.name,
                LineKind::Agency,
                vec![at],
                figures,
            )
        }));
    }
    lines
}

fn line(
    form: &FormFile,
    key: &str,
    label: &str,
    kind: LineKind,
    sources: Vec<usize>,
    figures: &[Cells],
) -> ConsolidatedLine {
    let mut cells = add_cells(sources.iter().filter_map(|at| figures.get(*at)));
    add_formulas(form, &mut cells);
    ConsolidatedLine {
        key: key.to_owned(),
        label: label.to_owned(),
        kind,
        cells,
        sources,
    }
}

/// What a report puts into the province's form, by column. A state is taken over only where both forms mean the same
/// people: reporters of the district (09b) are not reporters of the province (09c).
#[must_use]
pub fn taken_over(form: &FormFile, span: &Span, forms: &[FormFile], body: &Body) -> Cells {
    let total = body
        .rows
        .iter()
        .find(|line| line.kind == LineKind::Total)
        .or_else(|| body.rows.iter().find(|line| line.kind == LineKind::Unit));
    // In the wording that was valid for this period: a later one may call the column something else.
    let theirs = forms
        .iter()
        .find(|other| other.id == body.form && valid_on(other, span.to));
    let same: BTreeMap<u8, bool> = form
        .columns
        .iter()
        .map(|column| {
            let other = theirs.and_then(|theirs| theirs.column(column.number));
            (
                column.number,
                other.is_some_and(|other| other.path == column.path && other.kind == column.kind),
            )
        })
        .collect();
    let mut cells = Cells::new();
    for (column, cell) in total.map(|line| &line.cells).into_iter().flatten() {
        if same.get(column).copied().unwrap_or(false) {
            let mut cell = cell.clone();
            cell.origin = Origin::Formula;
            cell.note.clear();
            cells.insert(*column, cell);
        }
    }
    cells
}
