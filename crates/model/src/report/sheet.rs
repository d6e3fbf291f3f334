//! The lines of a form, filled from the ledger and from what was declared.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::cell::{Cell, Cells, Origin, add, add_cells};
use super::period::Span;
use super::record::Declared;
use crate::ledger::Measure;
use crate::manifest::{Column, ColumnSource, ColumnType, FormFile, RegisterFigure, RowKind};
use crate::{mediation, register};

/// What a line stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LineKind {
    /// Everything.
    Total,
    /// Several lines below it.
    Group,
    /// The reporting unit itself.
    Unit,
    /// A commune of the district that reports.
    Commune,
    /// An agency, in the province's form.
    Agency,
}

/// One line with its cells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Its name in exports and tables.
    pub key: String,
    /// As printed.
    pub label: String,
    /// What it stands for.
    pub kind: LineKind,
    /// Its cells.
    pub cells: Cells,
}

/// A place below the unit that has a line of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Official code.
    pub code: String,
    /// Name with its kind: "Xã Văn Lem".
    pub name: String,
}

/// The largest figure that is taken from a person: a thousand billion.
pub const LARGEST_DECLARED: i64 = 1_000_000_000_000;

/// The key of a commune's line.
#[must_use]
pub fn commune_key(code: &str) -> String {
    format!("{COMMUNE}{code}")
}

/// What the keys of communes begin with.
const COMMUNE: &str = "xa-";

/// The code of the commune whose line has this key.
#[must_use]
pub fn commune_of(key: &str) -> Option<&str> {
    key.strip_prefix(COMMUNE)
}

/// What may be declared in a line: (actual, estimate). A state has no estimate; the unit's own actual figures of a
/// ledger column come from the ledger, those of the registers from the registers once they say them; sums are never typed.
#[must_use]
pub fn may_declare(form: &FormFile, line: &Line, column: &Column, span: &Span) -> (bool, bool) {
    let (actual, estimate) = may_be_declared(form, line.kind, column, span);
    let counted = |cell: &Cell| matches!(cell.origin, Origin::Register | Origin::Mediation);
    let counted = line.cells.get(&column.number).is_some_and(counted);
    (actual && !counted, estimate)
}

fn may_be_declared(form: &FormFile, kind: LineKind, column: &Column, span: &Span) -> (bool, bool) {
    let flow = column.kind == ColumnType::Flow;
    let estimate = flow && span.has_estimate();
    match (kind, column.source) {
        (LineKind::Unit, ColumnSource::Ledger) => (false, estimate),
        (LineKind::Unit, ColumnSource::Declared | ColumnSource::Register | ColumnSource::Mediation) => {
            (true, estimate)
        }
        (
            LineKind::Commune,
            ColumnSource::Ledger | ColumnSource::Declared | ColumnSource::Register | ColumnSource::Mediation,
        ) if flow || form.communes_tell_states() => (true, estimate),
        _ => (false, false),
    }
}

/// SHA-256 of the lines of a form: two readers who hold the same hash saw the same figures.
///
/// # Errors
/// Never for figures that a form can hold.
pub fn figures_hash(lines: &[Line]) -> Result<String, serde_json::Error> {
    serde_json::to_string(lines).map(|text| super::hash_of(&text))
}

/// What an agency's lines are counted from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Books {
    /// The sums of the ledger over the period.
    pub ledger: BTreeMap<Measure, i64>,
    /// What the register says of the last day of actual figures, at the level of the form.
    pub register: register::Counted,
    /// What the register of tổ hòa giải says of that day.
    pub mediation: Mediation,
}

/// What the register of tổ hòa giải says of a day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mediation {
    /// All groups of the agency.
    pub all: mediation::Counted,
    /// Those of each commune, by its code.
    pub communes: BTreeMap<String, mediation::Counted>,
}

impl Mediation {
    /// What it says of a day.
    #[must_use]
    pub fn on(groups: &[mediation::Group], day: NaiveDate) -> Self {
        Self {
            all: mediation::count(groups, day),
            communes: mediation::by_commune(groups, day),
        }
    }

    /// What it says of a line; nothing of lines that sum others.
    #[must_use]
    pub fn of(&self, line: LineKind, key: &str) -> mediation::Counted {
        match line {
            LineKind::Unit => self.all,
            LineKind::Commune => {
                let code = commune_of(key).unwrap_or_default();
                self.communes.get(code).copied().unwrap_or_default()
            }
            LineKind::Total | LineKind::Group | LineKind::Agency => mediation::Counted::default(),
        }
    }
}

/// Fills a form of one agency. The same input gives the same lines, whatever the order of `declared`.
#[must_use]
pub fn fill(
    form: &FormFile,
    span: &Span,
    books: &Books,
    declared: &[Declared],
    places: &[Place],
) -> Vec<Line> {
    let said: BTreeMap<(&str, u8), &Declared> = declared
        .iter()
        .map(|cell| ((cell.row.as_str(), cell.column), cell))
        .collect();
    let mut lines: Vec<Line> = Vec::new();
    for row in &form.rows {
        let line = |key: &str, label: &str, kind, cells| Line {
            key: key.to_owned(),
            label: label.to_owned(),
            kind,
            cells,
        };
        match row.kind {
            RowKind::Unit => {
                let cells = cells_of(form, span, (LineKind::Unit, &row.id), books, &said);
                lines.push(line(&row.id, &row.label, LineKind::Unit, cells));
            }
            RowKind::Communes => {
                let below: Vec<Line> = places
                    .iter()
                    .map(|place| {
                        let key = commune_key(&place.code);
                        let cells = cells_of(form, span, (LineKind::Commune, &key), books, &said);
                        line(&key, &place.name, LineKind::Commune, cells)
                    })
                    .collect();
                let sum = add_cells(below.iter().map(|line| &line.cells));
                lines.push(line(&row.id, &row.label, LineKind::Group, sum));
                lines.extend(below);
            }
            RowKind::Total => lines.push(line(&row.id, &row.label, LineKind::Total, Cells::new())),
            RowKind::Agencies => {}
        }
    }
    add_up_totals(&mut lines);
    lines
}

fn cells_of(
    form: &FormFile,
    span: &Span,
    (kind, key): (LineKind, &str),
    books: &Books,
    said: &BTreeMap<(&str, u8), &Declared>,
) -> Cells {
    let mut cells = Cells::new();
    let own = kind == LineKind::Unit;
    for column in &form.columns {
        if kind == LineKind::Commune && column.kind == ColumnType::Stock && !form.communes_tell_states() {
            continue;
        }
        let (actual, estimate) = may_be_declared(form, kind, column, span);
        let typed = said.get(&(key, column.number));
        let mut cell = match column.source {
            ColumnSource::Formula => continue,
            ColumnSource::Ledger if own => Cell {
                actual: Some(counted(column, &books.ledger)),
                ..Cell::empty(Origin::Auto)
            },
            ColumnSource::Register if own => people(column, &books.register),
            ColumnSource::Mediation => {
                let figure = column.mediation;
                let counted = figure.and_then(|figure| books.mediation.of(kind, key).of(figure));
                known(counted, Origin::Mediation)
            }
            _ => Cell::empty(Origin::Declared),
        };
        if let Some(typed) = typed {
            if actual && cell.origin == Origin::Declared {
                cell.actual = typed.actual;
            }
            if estimate {
                cell.estimate = typed.estimate;
            }
            cell.note.clone_from(&typed.note);
        }
        cells.insert(column.number, cell);
    }
    add_formulas(form, &mut cells);
    cells
}

/// Counted nothing is zero, not empty: the ledger knows.
fn counted(column: &Column, ledger: &BTreeMap<Measure, i64>) -> i64 {
    column
        .measures
        .iter()
        .map(|measure| ledger.get(measure).copied().unwrap_or(0))
        .sum()
}

/// What the register says; where it holds nobody the cell is declared as before there was a register.
fn people(column: &Column, register: &register::Counted) -> Cell {
    let figure = match column.register {
        Some(RegisterFigure::Recognised) => register.recognised,
        Some(RegisterFigure::Active) => register.active,
        None => None,
    };
    known(figure, Origin::Register)
}

/// A figure of a register; what it does not say is declared.
fn known(figure: Option<i64>, origin: Origin) -> Cell {
    figure.map_or_else(
        || Cell::empty(Origin::Declared),
        |figure| Cell {
            actual: Some(figure),
            ..Cell::empty(origin)
        },
    )
}

/// Fills the columns that add up others.
pub(super) fn add_formulas(form: &FormFile, cells: &mut Cells) {
    for column in form
        .columns
        .iter()
        .filter(|column| column.source == ColumnSource::Formula)
    {
        let mut sum = Cell::empty(Origin::Formula);
        for part in column.sum.iter().filter_map(|number| cells.get(number)) {
            sum.actual = add(sum.actual, part.actual);
            sum.estimate = add(sum.estimate, part.estimate);
        }
        cells.insert(column.number, sum);
    }
}

/// A total adds the unit and the communes, never the groups between them.
fn add_up_totals(lines: &mut [Line]) {
    let sum = add_cells(
        lines
            .iter()
            .filter(|line| matches!(line.kind, LineKind::Unit | LineKind::Commune))
            .map(|line| &line.cells),
    );
    for line in lines.iter_mut().filter(|line| line.kind == LineKind::Total) {
        line.cells.clone_from(&sum);
    }
}
