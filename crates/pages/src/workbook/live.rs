//! Where the figures of a form are typed, and the formulas that follow them.

use std::collections::BTreeMap;

use rust_xlsxwriter::{RowNum, cell_range, row_col_to_cell};

/// The sheet on which figures are typed.
pub(super) const SHEET: &str = "Nhập số liệu";
/// Its column of actual figures; estimates stand right of them.
pub(super) const ACTUAL: u16 = 4;
/// Its column of estimates.
pub(super) const ESTIMATE: u16 = 5;

/// Arguments that one function takes in Excel.
const ARGUMENTS_MAX: usize = 250;

/// For a cell of the form, by its line and column counted from 0: the row on which it is typed, and whether an estimate is.
#[derive(Debug, Default)]
pub(super) struct Live(pub(super) BTreeMap<(usize, usize), (RowNum, bool)>);

impl Live {
    /// The formula of a cell that is typed.
    pub(super) fn cell(&self, line: usize, column: usize) -> Option<String> {
        let (row, _) = self.0.get(&(line, column))?;
        Some(Self::sum(&elsewhere(&cell_range(*row, ACTUAL, *row, ESTIMATE))))
    }

    /// The formula of all estimates of a column.
    pub(super) fn estimates(&self, column: usize) -> Option<String> {
        let of_column = self.0.iter().filter(|((_, at), _)| *at == column);
        let cells: Vec<String> = of_column
            .filter(|(_, (_, estimate))| *estimate)
            .map(|(_, (row, _))| elsewhere(&row_col_to_cell(*row, ESTIMATE)))
            .collect();
        (1..=ARGUMENTS_MAX)
            .contains(&cells.len())
            .then(|| Self::sum(&cells.join(",")))
    }

    /// A sum that stays empty while nothing is said: empty is not zero.
    pub(super) fn sum(cells: &str) -> String {
        format!("=IF(COUNT({cells})=0,\"\",SUM({cells}))")
    }
}

fn elsewhere(cells: &str) -> String {
    format!("'{SHEET}'!{cells}")
}
