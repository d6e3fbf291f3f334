//! Takes in what was filled offline: the same declaration as by hand, of many lines at once, all of it or nothing (REP-18).

use std::collections::BTreeMap;

use pbgdpl_model::id::ReportId;
use pbgdpl_model::report::{Declared, Report, Step, next};
use pbgdpl_scope::action::ReportFill;
use pbgdpl_scope::{Ctx, Nothing};
use serde_json::json;

use super::declare::{Declare, Figure, Kept, changed_cells, figures_of, keep};
use super::{Moved, Outcome, view};
use crate::{App, Error};

/// What was filled, after its reader saw what it changes.
#[derive(Debug, Clone)]
pub struct Import {
    /// Which report.
    pub report: ReportId,
    /// Hash of the figures that it was filled upon, and that the reader saw.
    pub figures: String,
    /// Figures by the key of their line, each with a reason of its own; others stay as they are.
    pub lines: BTreeMap<String, Vec<Figure>>,
}

/// Writes what changed. Returns how many cells did. A report that was checked must be checked again.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Denied`], [`Error::Invalid`] for a cell that is not typed or a figure without a reason,
/// [`Error::Stale`], or a fault of the store.
#[tracing::instrument(name = "report.import", skip_all)]
pub async fn import(app: &App, ctx: &Ctx, order: Import) -> Result<Outcome<usize>, Error> {
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
    if seen.figures != order.figures {
        return Ok(Outcome::Moved(Moved::SinceRead));
    }
    let (mut cells, mut by_line) = (Vec::<Declared>::new(), BTreeMap::new());
    for (row, figures) in order.lines {
        let line = Declare {
            report: order.report,
            row,
            figures,
            reason: String::new(),
        };
        let changed = changed_cells(ctx, &seen, &line)?;
        if !changed.is_empty() {
            by_line.insert(line.row, figures_of(&changed));
            cells.extend(changed);
        }
    }
    if cells.is_empty() {
        return Ok(Outcome::Done(0));
    }
    let note = format!("{} ô trong {} dòng", cells.len(), by_line.len());
    let kept = Kept {
        verb: "Nhập số liệu từ Excel",
        note: &note,
        detail: json!({ "figures_before": order.figures, "lines": by_line }),
    };
    let changed = Report {
        stage,
        changed_at: ctx.now(),
        ..seen.report
    };
    keep(agency, ctx, &permit, &changed, &cells, kept).await
}
