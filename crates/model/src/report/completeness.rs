//! How complete a report is: as it was declared, and as the platform itself saw it (REP-06, N-08). Empty is not zero, and
//! nothing is divided by nothing.

use super::sheet::{Line, LineKind};
use crate::manifest::{ColumnSource, FormFile};

/// Cells that a form asks of the reporting unit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Completeness {
    /// How many are asked.
    pub asked: u32,
    /// How many say a figure.
    pub given: u32,
    /// How many the platform could count itself: from the ledger, from a register.
    pub traceable: u32,
    /// How many of these it did count, so that their records can be opened.
    pub traced: u32,
}

impl Completeness {
    /// Of a report. The cells asked are those of the unit's own line; where the form has none, those of its communes. Sums of
    /// other cells are not asked.
    #[must_use]
    pub fn of(form: &FormFile, rows: &[Line]) -> Self {
        let kind = if rows.iter().any(|line| line.kind == LineKind::Unit) {
            LineKind::Unit
        } else {
            LineKind::Commune
        };
        let mut found = Self::default();
        for line in rows.iter().filter(|line| line.kind == kind) {
            let asked = form
                .columns
                .iter()
                .filter(|column| column.source != ColumnSource::Formula);
            for (column, cell) in asked.filter_map(|column| Some((column, line.cells.get(&column.number)?))) {
                let given = cell.total().is_some();
                found.traceable += u32::from(column.source != ColumnSource::Declared);
                found.asked += 1;
                found.given += u32::from(given);
                found.traced += u32::from(given && cell.origin.is_counted());
            }
        }
        found
    }

    /// As it was declared, in percent; nothing where nothing is asked.
    #[must_use]
    pub const fn declared(&self) -> Option<u32> {
        (self.given * 100).checked_div(self.asked)
    }

    /// As the platform saw it, in percent of what it could count; nothing where it could count nothing.
    #[must_use]
    pub const fn derived(&self) -> Option<u32> {
        (self.traced * 100).checked_div(self.traceable)
    }

    /// Whether everything was said, and yet some figures open no record.
    #[must_use]
    pub const fn only_declared(&self) -> bool {
        self.asked > 0 && self.given == self.asked && self.traced < self.traceable
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_divided_by_nothing() {
        let none = Completeness::default();
        assert_eq!(
            (none.declared(), none.derived(), none.only_declared()),
            (None, None, false)
        );
        let two = Completeness {
            asked: 11,
            given: 11,
            traceable: 11,
            traced: 9,
        };
        assert_eq!(
            (two.declared(), two.derived(), two.only_declared()),
            (Some(100), Some(81), true)
        );
        let typed = Completeness {
            traceable: 0,
            traced: 0,
            ..two
        };
        assert_eq!(
            (typed.derived(), typed.only_declared()),
            (None, false),
            "a form that nothing counts"
        );
        let empty = Completeness { given: 10, ..two };
        assert_eq!(
            (empty.declared(), empty.only_declared()),
            (Some(90), false),
            "empty is not zero"
        );
    }
}
