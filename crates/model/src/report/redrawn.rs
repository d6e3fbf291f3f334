//! The province's form read by a structure: figures stand under the units that go on with them. A way of reading the same
//! accepted reports; what is frozen stays as it was.

use super::cell::{Cells, add_cells};
use super::consolidation::{Consolidated, ConsolidatedLine, SourceReport};
use super::sheet::{Line, LineKind, add_formulas};
use crate::agency::ReportRow;
use crate::id::TenantId;
use crate::manifest::{FormFile, RowKind};
use crate::structure::{Drawn, Structure, View};

/// A unit that stands, as a line names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandingUnit {
    /// Slug.
    pub slug: String,
    /// Official name.
    pub name: String,
    /// Its row of the province's form.
    pub report_row: ReportRow,
}

/// The form by another structure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redrawn {
    /// The lines; under one that was gathered, the lines of the units that made its figures.
    pub lines: Vec<Line>,
    /// The province's sum by the units that reported.
    pub as_was: Cells,
    /// The province's sum by the units that stand.
    pub as_it_is: Cells,
}

impl Redrawn {
    /// Whether both sums say the same in every column: actual and estimate.
    #[must_use]
    pub fn is_equal(&self) -> bool {
        let figures = |cells: &Cells| -> Vec<_> {
            cells
                .iter()
                .map(|(column, cell)| (*column, cell.actual, cell.estimate))
                .collect()
        };
        figures(&self.as_was) == figures(&self.as_it_is)
    }
}

/// One line to be: whose, in which group, made by which reports.
struct Member<'a> {
    unit: StandingUnit,
    cells: Cells,
    made_by: Vec<&'a SourceReport>,
    figures: Vec<Cells>,
}

/// Draws the form by a structure. `unit_of` names a unit on the day; who is unknown keeps the name it reported under.
#[must_use]
pub fn redraw(
    form: &FormFile,
    figures: &Consolidated,
    structure: &Structure,
    view: View,
    unit_of: impl Fn(TenantId) -> Option<StandingUnit>,
) -> Redrawn {
    let sources = figures.sources.iter().enumerate();
    let facts = sources.filter_map(|(at, source)| Some((source.agency.id, own(figures, at)?.clone())));
    let members: Vec<Member<'_>> = structure
        .draw(view, facts)
        .into_iter()
        .filter_map(|drawn| member(figures, drawn, view, &unit_of))
        .collect();
    let mut lines = Vec::new();
    for row in &form.rows {
        match (row.kind, row.report_row) {
            (RowKind::Total, _) => {
                lines.push(line(&row.id, &row.label, LineKind::Total, sum_of(form, &members)));
            }
            (RowKind::Agencies, Some(report_row)) => {
                lines.extend(group(form, row, report_row, &members));
            }
            _ => {}
        }
    }
    let reported = figures.rows.iter().find(|line| line.kind == LineKind::Total);
    Redrawn {
        lines,
        as_was: reported.map(|line| line.cells.clone()).unwrap_or_default(),
        as_it_is: sum_of(form, &members),
    }
}

/// The cells of one report: of its own line. A group without lines of its own (Sở Tư pháp's) cannot be told apart: its
/// figures are those of its first report.
fn own(figures: &Consolidated, at: usize) -> Option<&Cells> {
    let of = |kind: LineKind| figures.rows.iter().filter(move |line| line.kind == kind);
    let has_line = |at: usize| of(LineKind::Agency).any(|line| line.sources.contains(&at));
    let whole = |line: &&ConsolidatedLine| line.sources.first() == Some(&at) && !has_line(at);
    of(LineKind::Agency)
        .find(|line| line.sources.contains(&at))
        .or_else(|| of(LineKind::Group).find(whole))
        .map(|line| &line.cells)
}

fn member<'a>(
    figures: &'a Consolidated,
    drawn: Drawn<Cells>,
    view: View,
    unit_of: &impl Fn(TenantId) -> Option<StandingUnit>,
) -> Option<Member<'a>> {
    let source = |unit: TenantId| figures.sources.iter().find(|source| source.agency.id == unit);
    let first = drawn.parts.first().and_then(|(unit, _)| source(*unit))?;
    let reported = |source: &SourceReport| StandingUnit {
        slug: source.agency.slug.clone(),
        name: source.agency.name.clone(),
        report_row: source.agency.report_row,
    };
    // Who reported for itself is called what it was called then.
    let mut unit = match (view, source(drawn.unit)) {
        (View::AsWas, Some(itself)) => reported(itself),
        (_, itself) => unit_of(drawn.unit).unwrap_or_else(|| reported(itself.unwrap_or(first))),
    };
    // An heir outside the form still goes on with these figures: they stay in the row they were reported in.
    if unit.report_row == ReportRow::None {
        unit.report_row = first.agency.report_row;
    }
    let gathered = drawn.is_gathered();
    let parts = drawn.parts.into_iter().filter(|_| gathered);
    let (made_by, cells) = parts
        .filter_map(|(unit, cells)| Some((source(unit)?, cells)))
        .unzip();
    Some(Member {
        unit,
        cells: drawn.figures,
        made_by,
        figures: cells,
    })
}

fn group(
    form: &FormFile,
    row: &crate::manifest::Row,
    report_row: ReportRow,
    members: &[Member<'_>],
) -> Vec<Line> {
    let mut inside: Vec<&Member<'_>> = members
        .iter()
        .filter(|member| member.unit.report_row == report_row)
        .collect();
    inside.sort_by(|a, b| a.unit.slug.cmp(&b.unit.slug));
    let sum = sum_of(form, inside.iter().copied());
    let mut lines = vec![line(&row.id, &row.label, LineKind::Group, sum)];
    for member in inside {
        if report_row != ReportRow::SoTuPhap {
            let made_of: Vec<&str> = member
                .made_by
                .iter()
                .map(|source| source.agency.name.as_str())
                .collect();
            let label = if made_of.is_empty() {
                member.unit.name.clone()
            } else {
                format!("{} (gồm {})", member.unit.name, made_of.join(", "))
            };
            lines.push(line(
                &member.unit.slug,
                &label,
                LineKind::Agency,
                member.cells.clone(),
            ));
        }
        for (source, cells) in member.made_by.iter().zip(&member.figures) {
            let label = format!("Trong đó: {}", source.agency.name);
            let key = format!("{}/{}", member.unit.slug, source.agency.slug);
            lines.push(line(&key, &label, LineKind::Unit, cells.clone()));
        }
    }
    lines
}

/// A group that nobody is in still has the columns that add up others, as in the form that is frozen.
fn sum_of<'m, 'a: 'm>(form: &FormFile, members: impl IntoIterator<Item = &'m Member<'a>>) -> Cells {
    let mut cells = add_cells(members.into_iter().map(|member| &member.cells));
    add_formulas(form, &mut cells);
    cells
}

fn line(key: &str, label: &str, kind: LineKind, cells: Cells) -> Line {
    Line {
        key: key.to_owned(),
        label: label.to_owned(),
        kind,
        cells,
    }
}
