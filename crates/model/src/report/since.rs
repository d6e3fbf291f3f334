//! What the ledger says today of figures that were frozen: the automatic cells that would be others now (N-06).

use std::collections::BTreeMap;

use super::cell::Origin;
use super::sheet::{Line, LineKind};
use crate::ledger::Measure;
use crate::manifest::{ColumnSource, FormFile};

/// An automatic figure that rows of the ledger changed after it was frozen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Since {
    /// Column number.
    pub column: u8,
    /// As it was frozen.
    pub frozen: i64,
    /// As the ledger gives it today.
    pub today: i64,
}

/// The columns of the unit's own line whose frozen figure differs from what the ledger gives today. `ledger`: the sums over
/// the actual days of the period.
#[must_use]
pub fn since(form: &FormFile, rows: &[Line], ledger: &BTreeMap<Measure, i64>) -> Vec<Since> {
    let Some(unit) = rows.iter().find(|line| line.kind == LineKind::Unit) else {
        return Vec::new();
    };
    let columns = form
        .columns
        .iter()
        .filter(|column| column.source == ColumnSource::Ledger);
    columns
        .filter_map(|column| {
            let cell = unit.cells.get(&column.number)?;
            let frozen = cell.actual.filter(|_| cell.origin == Origin::Auto)?;
            let sums = column.measures.iter().filter_map(|measure| ledger.get(measure));
            let today = sums.sum();
            (today != frozen).then_some(Since {
                column: column.number,
                frozen,
                today,
            })
        })
        .collect()
}
