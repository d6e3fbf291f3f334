//! The records that sum to a cell of a report, and those that came after it was frozen. The reading is logged first.

use pbgdpl_model::clock::Moment;
use pbgdpl_model::id::TenantId;
use pbgdpl_model::manifest::{Column, RegisterFigure};
use pbgdpl_model::policy::Action;
use pbgdpl_model::register::{Decision, Level, recognised};
use pbgdpl_model::report::{Cell, Line, LineKind, Origin};
use pbgdpl_scope::action::OversightRead;
use pbgdpl_scope::{ProvinceCtx, Recency};
use pbgdpl_store::province::ProvinceReader;
use pbgdpl_store::tenant::{LedgerPage, LedgerSlice, TenantReader};
use serde_json::json;

use super::groups::{Groups, groups};
use crate::oversight::drill::{RowLine, lines};
use crate::oversight::reading;
use crate::report::Term;
use crate::report::read::{Reading, reading as read_report};
use crate::{Error, Province};

/// Rows after the freezing that are named one by one.
const LATER: u64 = 200;

/// Which cell is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// Version of the report; the newest where none is named.
    pub version: Option<i32>,
    /// Key of its line; the one that adds all up where none is named, or the only one.
    pub row: Option<&'a str>,
    /// Column number.
    pub column: u8,
    /// Page, from 1.
    pub page: u64,
    /// Rows a page.
    pub per_page: u64,
}

/// Who signed for a declared figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declaration {
    /// Their name then.
    pub by: String,
    /// When.
    pub at: Moment,
    /// Evidence or reason.
    pub note: String,
}

/// Somebody whom the register counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Their name.
    pub name: String,
    /// What they do, and where.
    pub position: String,
    /// The decision that recognised them.
    pub decision: String,
}

/// A cell of a report and its records.
#[derive(Debug, Clone)]
pub struct RecordTrace {
    /// The report.
    pub reading: Reading,
    /// The line.
    pub line: Line,
    /// The column.
    pub column: Column,
    /// The cell.
    pub cell: Cell,
    /// This page of the rows that it counts.
    pub counted: Vec<RowLine>,
    /// Rows on all pages.
    pub count: u64,
    /// What they add up to.
    pub sum: i64,
    /// Rows that were written after it was frozen and would count: the cause of any difference.
    pub later: Vec<RowLine>,
    /// How many they are.
    pub later_count: u64,
    /// What they add up to.
    pub later_sum: i64,
    /// Whom the register counts, where the figure comes from it.
    pub people: Vec<Listed>,
    /// The tổ hòa giải that it adds up, where it comes from their register.
    pub groups: Groups,
    /// Who signed for it, where it was declared.
    pub declared: Option<Declaration>,
}

/// Reads the records of a cell.
///
/// # Errors
/// [`Error::Denied`], [`Error::NotFound`] where there is no such report, line or column, or a fault of the store.
#[tracing::instrument(name = "province.trace.records", skip_all)]
pub async fn records(
    province: &Province,
    ctx: &ProvinceCtx,
    agency: TenantId,
    (form, term): (&str, Term),
    asked: Asked<'_>,
) -> Result<RecordTrace, Error> {
    let warrant = ctx.warrant::<OversightRead>()?;
    let sent = async |store: ProvinceReader| read_report(&store, agency, (form, term), asked.version).await;
    let reading = province.store().look_over(&warrant, Recency::Now, sent).await?;
    let rows = &reading.body.rows;
    let line = match asked.row {
        Some(key) => rows.iter().find(|line| line.key == key),
        None => rows
            .iter()
            .find(|line| line.kind == LineKind::Total)
            .or(rows.first()),
    };
    let line = line.ok_or(Error::NotFound)?.clone();
    let column = reading.form.column(asked.column).ok_or(Error::NotFound)?.clone();
    let cell = line.cells.get(&column.number).ok_or(Error::NotFound)?.clone();
    let about = reading::Reading {
        action: Action::EvidenceRead,
        object_kind: "report",
        object_id: reading.sent.report.0,
        detail: json!({ "row": line.key, "column": column.number, "version": reading.sent.version, "page": asked.page }),
    };
    let cell = OfReport {
        reading,
        line,
        column,
        cell,
    };
    let found = async |reader: TenantReader| found(&reader, &cell, asked).await;
    let found = reading::read(province, ctx, agency, about, found).await?;
    Ok(RecordTrace {
        counted: found.counted.0,
        count: found.counted.1.count,
        sum: found.counted.1.sum,
        later: found.later.0,
        later_count: found.later.1.count,
        later_sum: found.later.1.sum,
        people: found.people,
        groups: found.groups,
        declared: found.declared,
        reading: cell.reading,
        line: cell.line,
        column: cell.column,
        cell: cell.cell,
    })
}

/// A cell of a report with where it stands.
struct OfReport {
    reading: Reading,
    line: Line,
    column: Column,
    cell: Cell,
}

/// What the agency's own rows say of a cell: lines with the page they were taken from.
struct Found {
    counted: (Vec<RowLine>, LedgerPage),
    later: (Vec<RowLine>, LedgerPage),
    people: Vec<Listed>,
    groups: Groups,
    declared: Option<Declaration>,
}

async fn found(reader: &TenantReader, of: &OfReport, asked: Asked<'_>) -> Result<Found, Error> {
    let OfReport {
        reading,
        line,
        column,
        cell,
    } = of;
    let counts = cell.origin == Origin::Auto && line.kind == LineKind::Unit;
    let slice = LedgerSlice {
        // The days that were frozen with the figures, whatever the calendar says today.
        from: reading.body.from,
        to: reading.body.actual_to,
        // A cell that no row counts is asked for no measure.
        measures: if counts { &column.measures } else { &[] },
        up_to: Some(reading.sent.ledger_seq),
        after: None,
        known: None,
    };
    let mut counted = reader.ledger_page(&slice, asked.page, asked.per_page).await?;
    let since = LedgerSlice {
        up_to: None,
        after: Some(reading.sent.ledger_seq),
        ..slice
    };
    let mut later = reader.ledger_page(&since, 1, LATER).await?;
    let people = match (cell.origin, Level::counted_at(reading.form.level)) {
        (Origin::Register, Some(level)) => people(reader, reading, column, level).await?,
        _ => Vec::new(),
    };
    let groups = match (cell.origin, column.mediation) {
        (Origin::Mediation, Some(figure)) => groups(reader, reading, line, figure).await?,
        _ => Groups::default(),
    };
    let declared = reader.declared(reading.sent.report).await?;
    let declared = declared
        .into_iter()
        .find(|said| said.row == line.key && said.column == column.number)
        .map(|said| Declaration {
            by: said.by_name,
            at: said.at,
            note: said.note,
        });
    let (now, then) = (std::mem::take(&mut counted.rows), std::mem::take(&mut later.rows));
    Ok(Found {
        counted: (lines(reader, now, None).await?, counted),
        later: (lines(reader, then, None).await?, later),
        people,
        groups,
        declared,
    })
}

/// Whom the register counted when the report was sent: later facts are not looked at.
async fn people(
    reader: &TenantReader,
    reading: &Reading,
    column: &Column,
    level: Level,
) -> Result<Vec<Listed>, Error> {
    let (body, sent) = (&reading.body, &reading.sent);
    let mut entries = reader.register().await?;
    for entry in &mut entries {
        entry.facts.retain(|fact| fact.at <= sent.submitted_at);
    }
    let spoke = reader.spoke(body.from, body.actual_to, sent.ledger_seq).await?;
    let only_active = column.register == Some(RegisterFigure::Active);
    let counted = recognised(&entries, level, body.actual_to)
        .filter(|entry| !only_active || spoke.contains_key(&entry.id))
        .filter_map(|entry| entry.on(body.actual_to));
    let mut people: Vec<Listed> = counted
        .map(|then| Listed {
            name: then.details.name.clone(),
            position: format!("{}, {}", then.details.post, then.details.workplace),
            decision: then
                .standing
                .recognition
                .as_ref()
                .map_or_else(String::new, Decision::in_words),
        })
        .collect();
    pbgdpl_vietnamese::sort_by_name(&mut people, |person| &person.name);
    Ok(people)
}
