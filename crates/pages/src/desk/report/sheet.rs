//! A statistical form as it is printed: heads, column numbers, lines; each cell says where its figure comes from.

use askama::Template;
use pbgdpl_model::manifest::{Column, FormFile};
use pbgdpl_model::report::{Cell, Cells, Finding, LineKind, Origin, Span};
use pbgdpl_vietnamese::number::grouped;

use crate::part::prints_itself;

/// One head over one or more columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Its words.
    pub label: String,
    /// Columns below it.
    pub wide: usize,
    /// Rows of heads it fills.
    pub high: usize,
}

/// One cell as drawn.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Drawn {
    /// The figure; a dash where the column does not apply; nothing where nothing was said.
    pub text: String,
    /// Classes of the key.
    pub class: String,
    /// Where its records are.
    pub href: Option<String>,
    /// The whole cell in words, for a screen reader.
    pub words: String,
}

/// One line as drawn.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DrawnLine {
    /// Label.
    pub label: String,
    /// `sum0` for sums, `est` for the estimate at the foot.
    pub class: &'static str,
    /// Where it is filled or read.
    pub href: Option<String>,
    /// Its cells.
    pub cells: Vec<Drawn>,
}

/// The form as printed.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "desk/report_sheet.html")]
pub struct Sheet {
    /// What the table is, for a screen reader.
    pub caption: String,
    /// Rows of heads.
    pub heads: Vec<Vec<Head>>,
    /// Column numbers, each with where its rule of counting stands.
    pub numbers: Vec<(u8, Option<String>)>,
    /// Lines.
    pub lines: Vec<DrawnLine>,
    /// Some figure needs more room than an even share of the page.
    pub wide: bool,
}

/// The longest figure, with its points, that an even column holds.
const FITS: usize = 8;

/// A line to be drawn.
#[derive(Debug, Clone, Copy)]
pub struct LineOf<'a> {
    /// Its key.
    pub key: &'a str,
    /// Its label.
    pub label: &'a str,
    /// What it stands for.
    pub kind: LineKind,
    /// Its cells.
    pub cells: &'a Cells,
}

/// Where lines and cells lead, and what is marked.
#[derive(Clone, Copy)]
pub struct Marks<'a> {
    /// What the checks found.
    pub findings: &'a [Finding],
    /// The line that is open below.
    pub open: Option<&'a str>,
    /// Where a line leads.
    pub line: &'a dyn Fn(&str) -> Option<String>,
    /// Where a cell leads.
    pub cell: &'a dyn Fn(&str, u8) -> Option<String>,
    /// Where the catalogue of indicators is.
    pub rules: &'a str,
}

impl std::fmt::Debug for Marks<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Marks({} findings)", self.findings.len())
    }
}

impl Marks<'_> {
    /// Nothing is marked, nothing leads anywhere.
    pub const NONE: Marks<'static> = Marks {
        findings: &[],
        open: None,
        line: &|_| None,
        cell: &|_, _| None,
        rules: "",
    };
}

prints_itself!(Sheet);

impl Sheet {
    /// Draws a form.
    #[must_use]
    pub fn draw<'a>(
        form: &FormFile,
        span: &Span,
        who: &str,
        lines: impl IntoIterator<Item = LineOf<'a>>,
        marks: Marks<'_>,
    ) -> Self {
        let lines: Vec<LineOf<'a>> = lines.into_iter().collect();
        let estimate = span.estimate_label.as_ref().and_then(|label| {
            let whole = lines
                .iter()
                .find(|line| line.kind == LineKind::Total)
                .or(lines.first())?;
            Some(estimate_line(form, label, whole.cells))
        });
        let lines: Vec<DrawnLine> = lines
            .iter()
            .map(|line| draw_line(form, line, marks))
            .chain(estimate)
            .collect();
        Self {
            wide: lines
                .iter()
                .flat_map(|line| &line.cells)
                .any(|cell| cell.text.len() > FITS),
            caption: format!("Biểu {}, {}, {who}", form.code, span.title()),
            heads: heads(form),
            numbers: form
                .columns
                .iter()
                .map(|column| (column.number, column.rule(marks.rules)))
                .collect(),
            lines,
        }
    }
}

fn draw_line(form: &FormFile, line: &LineOf<'_>, marks: Marks<'_>) -> DrawnLine {
    let draw = |column: &Column| match line.cells.get(&column.number) {
        None => Drawn {
            text: "–".into(),
            class: "k-x".into(),
            words: "không áp dụng".into(),
            ..Drawn::default()
        },
        Some(cell) => {
            let wrong = |finding: &&Finding| finding.row == line.key && finding.column == column.number;
            let found = marks.findings.iter().find(wrong);
            Drawn {
                text: cell.total().map(grouped).unwrap_or_default(),
                class: classes(cell, found),
                href: (marks.cell)(line.key, column.number).filter(|_| cell.total().is_some()),
                words: in_words(cell),
            }
        }
    };
    DrawnLine {
        label: line.label.to_owned(),
        class: match line.kind {
            LineKind::Total | LineKind::Group => "sum0",
            _ if marks.open == Some(line.key) => "now",
            _ => "",
        },
        href: (marks.line)(line.key),
        cells: form.columns.iter().map(draw).collect(),
    }
}

fn classes(cell: &Cell, found: Option<&Finding>) -> String {
    let mut classes = Vec::new();
    if cell.origin == Origin::Declared && cell.actual.is_some() {
        classes.push("k-m");
    }
    if cell.estimate.is_some_and(|estimate| estimate != 0) {
        classes.push("k-e");
    }
    match found {
        Some(finding) if finding.blocks() => classes.push("k-bad"),
        Some(_) => classes.push("k-c"),
        None if !cell.note.is_empty() && cell.origin == Origin::Auto => classes.push("k-c"),
        None => {}
    }
    classes.join(" ")
}

/// The cell in words: "1.206 = 1.026 thực tế + 180 ước tính".
#[must_use]
pub fn in_words(cell: &Cell) -> String {
    let Some(total) = cell.total() else {
        return "trống".into();
    };
    match (cell.actual, cell.estimate) {
        (Some(actual), Some(estimate)) if estimate != 0 => {
            format!(
                "{} = {} thực tế + {} ước tính",
                grouped(total),
                grouped(actual),
                grouped(estimate)
            )
        }
        (None, Some(_)) => format!("{} ước tính", grouped(total)),
        _ => grouped(total),
    }
}

fn estimate_line(form: &FormFile, label: &str, cells: &Cells) -> DrawnLine {
    let draw = |column: &Column| {
        let estimate = cells.get(&column.number).and_then(|cell| cell.estimate);
        Drawn {
            text: estimate.map_or_else(|| "–".to_owned(), grouped),
            class: if estimate.is_none() {
                "k-x".into()
            } else {
                String::new()
            },
            href: None,
            words: estimate.map_or_else(|| "không có ước tính".to_owned(), grouped),
        }
    };
    DrawnLine {
        label: format!("Trong đó: {}", lower_first(label)),
        class: "est",
        href: None,
        cells: form.columns.iter().map(draw).collect(),
    }
}

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// The heads as a tree: "Trong đó" goes into the column's own words, as the forms print it.
fn heads(form: &FormFile) -> Vec<Vec<Head>> {
    let ways: Vec<Vec<String>> = form.columns.iter().map(way).collect();
    let depth = ways.iter().map(Vec::len).max().unwrap_or(1);
    (0..depth).map(|level| heads_of(&ways, level, depth)).collect()
}

fn way(column: &Column) -> Vec<String> {
    let mut way = column.path.clone();
    let label = if way.last().is_some_and(|last| last == "Trong đó") {
        way.pop();
        format!("Trong đó: {}", lower_first(&column.label))
    } else {
        column.label.clone()
    };
    way.push(format!("{label} ({})", column.unit));
    way
}

fn heads_of(ways: &[Vec<String>], level: usize, depth: usize) -> Vec<Head> {
    let mut heads: Vec<Head> = Vec::new();
    let mut before: Option<&[String]> = None;
    for way in ways {
        let Some(upper) = way.get(..=level) else {
            before = None;
            continue;
        };
        let is_group = way.len() > level + 1;
        match (heads.last_mut(), before) {
            (Some(head), Some(same)) if is_group && same == upper => head.wide += 1,
            _ => heads.push(Head {
                label: upper.last().cloned().unwrap_or_default(),
                wide: 1,
                high: if is_group { 1 } else { depth - level },
            }),
        }
        before = is_group.then_some(upper);
    }
    heads
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heads_cover_every_column_once() {
        let form: FormFile = serde_json::from_value(crate::samples::report::form_json()).unwrap();
        let heads = heads(&form);
        let mut filled = vec![0usize; heads.len()];
        for (level, row) in heads.iter().enumerate() {
            for head in row {
                for below in filled.iter_mut().skip(level).take(head.high) {
                    *below += head.wide;
                }
            }
        }
        assert_eq!(filled, vec![form.columns.len(); heads.len()]);
    }
}
