//! What the books say today of figures that were frozen: the counted cells that would be others now (N-06).

use std::collections::BTreeMap;

use super::cell::Origin;
use super::sheet::{Line, LineKind, Mediation};
use crate::ledger::Measure;
use crate::manifest::{ColumnSource, FormFile};

/// A counted figure that the ledger, or the register of tổ hòa giải, gives otherwise since it was frozen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Since {
    /// Key of its line.
    pub row: String,
    /// Column number.
    pub column: u8,
    /// As it was frozen.
    pub frozen: i64,
    /// As the books give it today; nothing where they no longer say it whole. Empty is not zero.
    pub today: Option<i64>,
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
            (today != frozen).then(|| Since {
                row: unit.key.clone(),
                column: column.number,
                frozen,
                today: Some(today),
            })
        })
        .collect()
}

/// The same of cells that were counted from the register of tổ hòa giải, on every line, also where it no longer says the figure.
#[must_use]
pub fn since_groups(form: &FormFile, rows: &[Line], now: &Mediation) -> Vec<Since> {
    let mut moved = Vec::new();
    for line in rows {
        for column in &form.columns {
            let Some(figure) = column.mediation else { continue };
            let cell = line.cells.get(&column.number);
            let counted = cell.filter(|cell| cell.origin == Origin::Mediation);
            let Some(frozen) = counted.and_then(|cell| cell.actual) else {
                continue;
            };
            let today = now.of(line.kind, &line.key).of(figure);
            if today != Some(frozen) {
                moved.push(Since {
                    row: line.key.clone(),
                    column: column.number,
                    frozen,
                    today,
                });
            }
        }
    }
    moved
}
