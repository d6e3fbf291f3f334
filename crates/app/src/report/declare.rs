//! Declares cells of one line: no figure without evidence or a reason that somebody signs (REP-03).

use std::collections::BTreeMap;

use pbgdpl_model::id::ReportId;
use pbgdpl_model::policy::Action;
use pbgdpl_model::report::{Declared, LARGEST_DECLARED, LineKind, Report, Step, may_declare, next};
use pbgdpl_scope::action::ReportFill;
use pbgdpl_scope::{Ctx, Nothing, Permit};
use pbgdpl_store::tenant::{Record, TenantStore};
use serde_json::json;

use super::{Outcome, View, view};
use crate::{App, Error};

/// What is typed into one cell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Figure {
    /// Column number.
    pub column: u8,
    /// The actual figure.
    pub actual: Option<i64>,
    /// The estimate.
    pub estimate: Option<i64>,
    /// Evidence or reason of this cell alone; explanation of an unusual figure.
    pub note: String,
}

/// What the reporter sends of one line.
#[derive(Debug, Clone)]
pub struct Declare {
    /// Which report.
    pub report: ReportId,
    /// Key of the line.
    pub row: String,
    /// The cells; others stay as they are.
    pub figures: Vec<Figure>,
    /// Evidence or reason of all of them.
    pub reason: String,
}

/// Writes what changed. Returns how many cells did. A report that was checked must be checked again.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Denied`], [`Error::Invalid`] for a cell that is not typed or a figure without a reason,
/// [`Error::Stale`], or a fault of the store.
#[tracing::instrument(name = "report.declare", skip_all)]
pub async fn declare(app: &App, ctx: &Ctx, order: Declare) -> Result<Outcome<usize>, Error> {
    let permit = ctx.permit::<ReportFill>(&Nothing)?;
    let agency = app.open(ctx).await?;
    let seen = view(&agency, ctx.tenant().agency(), order.report).await?;
    let stage = match next(seen.stage(), Step::Declare) {
        Ok(stage) => stage,
        Err(refused) => return Ok(refused.into()),
    };
    if let Some(lock) = seen.lock(ctx.now().day()) {
        return Ok(Outcome::Refused(lock.sentence()));
    }
    let cells = changed_cells(ctx, &seen, &order)?;
    if cells.is_empty() {
        return Ok(Outcome::Done(0));
    }
    let columns: Vec<u8> = cells.iter().map(|cell| cell.column).collect();
    let kept = Kept {
        verb: "Khai số liệu",
        note: order.reason.trim(),
        detail: json!({ "row": order.row, "columns": columns, "cells": figures_of(&cells) }),
    };
    let changed = Report {
        stage,
        changed_at: ctx.now(),
        ..seen.report
    };
    keep(agency, ctx, &permit, &changed, &cells, kept).await
}

/// What is said of cells that are written.
pub(super) struct Kept<'a> {
    /// On the way of the report and in the log.
    pub(super) verb: &'static str,
    /// Beside it.
    pub(super) note: &'a str,
    /// In the log.
    pub(super) detail: serde_json::Value,
}

/// Writes the cells, moves the report, records it and commits. Returns how many cells there were.
pub(super) async fn keep(
    mut agency: TenantStore,
    ctx: &Ctx,
    permit: &Permit<ReportFill>,
    changed: &Report,
    cells: &[Declared],
    kept: Kept<'_>,
) -> Result<Outcome<usize>, Error> {
    // The books before the report, as when it is sent: two who wait for each other would both fail.
    agency.hold_ledger().await?;
    agency.put_declared(permit, changed.id, cells).await?;
    agency.move_report(permit, changed).await?;
    agency
        .add_report_walk(ctx, changed.id, kept.verb, kept.note)
        .await?;
    let record = Record {
        action: Action::ReportFill,
        object_kind: "report",
        object_id: changed.id.0,
        verb: kept.verb,
        note: kept.note,
        reason: kept.note,
        version: Some(changed.version),
        detail: kept.detail,
    };
    agency.record(ctx, record).await?;
    agency.save().await?;
    Ok(Outcome::Done(cells.len()))
}

pub(super) fn figures_of(cells: &[Declared]) -> BTreeMap<u8, [Option<i64>; 2]> {
    cells
        .iter()
        .map(|cell| (cell.column, [cell.actual, cell.estimate]))
        .collect()
}

pub(super) fn changed_cells(ctx: &Ctx, seen: &View, order: &Declare) -> Result<Vec<Declared>, Error> {
    let line = seen
        .lines
        .iter()
        .find(|line| line.key == order.row && matches!(line.kind, LineKind::Unit | LineKind::Commune))
        .ok_or(Error::NotFound)?;
    let mut cells = Vec::new();
    for figure in &order.figures {
        let column = seen.form.column(figure.column).ok_or(Error::NotFound)?;
        let (actual, estimate) = may_declare(&seen.form, line, column, &seen.span);
        if (figure.actual.is_some() && !actual) || (figure.estimate.is_some() && !estimate) {
            let number = figure.column;
            return Err(Error::invalid(
                "o",
                format!("cột {number} của dòng này không phải ô tự khai"),
            ));
        }
        let wrong = |value: &Option<i64>| value.is_some_and(|value| !(0..=LARGEST_DECLARED).contains(&value));
        if wrong(&figure.actual) || wrong(&figure.estimate) {
            let number = figure.column;
            return Err(Error::invalid("o", format!("cột {number}: số phải từ 0 trở lên")));
        }
        let old = seen
            .declared
            .iter()
            .find(|old| old.row == order.row && old.column == figure.column);
        if let Some(cell) = changed_cell(ctx, &order.row, figure, order.reason.trim(), old)? {
            cells.push(cell);
        }
    }
    Ok(cells)
}

fn changed_cell(
    ctx: &Ctx,
    row: &str,
    figure: &Figure,
    reason: &str,
    old: Option<&Declared>,
) -> Result<Option<Declared>, Error> {
    let before = old.map_or((None, None, ""), |old| {
        (old.actual, old.estimate, old.note.as_str())
    });
    let same = (before.0, before.1) == (figure.actual, figure.estimate);
    let own = figure.note.trim();
    if same && (own.is_empty() || own == before.2) {
        return Ok(None);
    }
    let has_figure = figure.actual.is_some() || figure.estimate.is_some();
    let note = if own.is_empty() { reason } else { own };
    if has_figure && note.is_empty() {
        return Err(Error::invalid(
            "ly-do",
            "còn trống; số tự khai phải có căn cứ: văn bản, biên bản, hoặc lý do",
        ));
    }
    Ok(Some(Declared {
        row: row.to_owned(),
        column: figure.column,
        actual: figure.actual,
        estimate: figure.estimate,
        note: note.to_owned(),
        by: ctx.actor().account(),
        by_name: ctx.actor().name().to_owned(),
        at: ctx.now(),
    }))
}
