//! One cell of the province's form: the reports it adds up, each with its own figure.

use pbgdpl_model::manifest::Column;
use pbgdpl_model::report::{Body, Cell, ConsolidatedLine, SourceReport, add, hash_of, taken_over};
use pbgdpl_scope::action::OversightRead;
use pbgdpl_scope::{ProvinceCtx, Recency};
use pbgdpl_store::province::ProvinceReader;

use crate::report::consolidate::{Made, made};
use crate::report::{Term, forms_of, unreadable};
use crate::{Error, Province};

/// What one report puts into a cell.
#[derive(Debug, Clone)]
pub struct Part {
    /// The report.
    pub source: SourceReport,
    /// Its figure; nothing where its form has no such column, or the column means other people there.
    pub cell: Option<Cell>,
    /// Whether the figures that stand in the house are those that were added up: their hash is made anew.
    pub intact: bool,
}

/// A cell and its parts.
#[derive(Debug, Clone)]
pub struct CellTrace {
    /// The version it stands in.
    pub made: Made,
    /// Its line.
    pub line: ConsolidatedLine,
    /// Its column.
    pub column: Column,
    /// The cell.
    pub cell: Cell,
    /// The parts, largest first.
    pub parts: Vec<Part>,
}

impl CellTrace {
    /// What the parts add up to.
    #[must_use]
    pub fn sum(&self) -> Option<i64> {
        let parts = self.parts.iter().filter_map(|part| part.cell.as_ref());
        parts.fold(None, |sum, cell| add(sum, cell.total()))
    }
}

/// The reports that a cell adds up.
///
/// # Errors
/// [`Error::Denied`], [`Error::NotFound`] where there is no such line or column, or a fault of the store.
#[tracing::instrument(name = "province.trace.cell", skip_all)]
pub async fn cell(
    province: &Province,
    ctx: &ProvinceCtx,
    (form, term): (&str, Term),
    version: Option<i32>,
    cell: (&str, u8),
) -> Result<CellTrace, Error> {
    let warrant = ctx.warrant::<OversightRead>()?;
    let read = async |store: ProvinceReader| parted(&store, (form, term), version, cell).await;
    province.store().look_over(&warrant, Recency::Now, read).await
}

async fn parted(
    store: &ProvinceReader,
    (form, term): (&str, Term),
    version: Option<i32>,
    (row, column): (&str, u8),
) -> Result<CellTrace, Error> {
    let made = made(store, form, term, version).await?;
    let (forms, span) = forms_of(store, term).await?;
    let line = made.figures.rows.iter().find(|line| line.key == row);
    let line = line.ok_or(Error::NotFound)?.clone();
    let column = made.form.column(column).ok_or(Error::NotFound)?.clone();
    let cell = line.cells.get(&column.number).ok_or(Error::NotFound)?.clone();
    let sent = store.reports(term.word(), term.year).await?;
    let mut parts = Vec::new();
    for source in made.figures.sources_of(&line) {
        let there = sent.iter().find(|sent| {
            (sent.tenant, sent.form.as_str(), sent.version)
                == (source.agency.id, &source.form, source.version)
        });
        let body = there
            .map(|sent| Body::read(&sent.body).map_err(unreadable))
            .transpose()?;
        parts.push(Part {
            cell: body
                .and_then(|body| taken_over(&made.form, &span, &forms.all, &body).remove(&column.number)),
            intact: there.is_some_and(|sent| hash_of(&sent.body) == source.hash),
            source: source.clone(),
        });
    }
    parts.sort_by_key(|part| std::cmp::Reverse(part.cell.as_ref().and_then(Cell::total)));
    Ok(CellTrace {
        line,
        column,
        cell,
        parts,
        made,
    })
}
