//! What differs between two states of a form: for the reader of a new version, and for who checked figures that moved.

use super::cell::Cells;
use super::sheet::Line;

/// A cell that differs (REP-13).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Key of the line.
    pub row: String,
    /// Label of the line.
    pub line: String,
    /// Column number.
    pub column: u8,
    /// Total before.
    pub before: Option<i64>,
    /// Total now.
    pub now: Option<i64>,
}

/// The cells whose figures differ, line by line; a line that only one of the two has differs in every figure it says.
#[must_use]
pub fn differences(before: &[Line], now: &[Line]) -> Vec<Difference> {
    let none = Cells::new();
    let of = |lines: &'_ [Line], key: &str| lines.iter().position(|line| line.key == key);
    let mut found = Vec::new();
    for line in now {
        let old = of(before, &line.key).and_then(|at| before.get(at));
        compare(line, old.map_or(&none, |old| &old.cells), &line.cells, &mut found);
    }
    for line in before.iter().filter(|line| of(now, &line.key).is_none()) {
        compare(line, &line.cells, &none, &mut found);
    }
    found
}

fn compare(line: &Line, before: &Cells, now: &Cells, found: &mut Vec<Difference>) {
    let mut columns: Vec<u8> = before.keys().chain(now.keys()).copied().collect();
    columns.sort_unstable();
    columns.dedup();
    for column in columns {
        let (old, new) = (before.get(&column), now.get(&column));
        let parts =
            |cell: Option<&super::Cell>| cell.map_or((None, None), |cell| (cell.actual, cell.estimate));
        if parts(old) != parts(new) {
            found.push(Difference {
                row: line.key.clone(),
                line: line.label.clone(),
                column,
                before: old.and_then(super::Cell::total),
                now: new.and_then(super::Cell::total),
            });
        }
    }
}
