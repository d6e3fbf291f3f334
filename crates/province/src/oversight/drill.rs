//! From a figure down: the province's sum, its agencies, their months, the rows of one agency's ledger (DSH-04).
//! Each step's total equals its parts, or says that days still wait to be copied.

use chrono::{Datelike, NaiveDate};
use pbgdpl_model::clock::Moment;
use pbgdpl_model::dashboard::Fixed;
use pbgdpl_model::id::TenantId;
use pbgdpl_model::ledger::{Measure, Row};
use pbgdpl_model::policy::Action;
use pbgdpl_model::structure::{Drawn, View};
use pbgdpl_scope::action::OversightRead;
use pbgdpl_scope::{ProvinceCtx, Recency};
use pbgdpl_store::province::ProvinceReader;
use pbgdpl_store::tenant::{LedgerSlice, SourceFacts, TenantReader};
use serde_json::json;

use super::dashboard::{named_on, years};
use super::freshness;
use super::gather;
use super::heat::{self, Days};
use super::reading::{self, Reading};
use super::same_days::{SameDays, days_of_months, days_of_year};
use super::standpoint::Standpoint;
use super::tiles::{self, Tiles};
use crate::structure::standing;
use crate::{Error, Province};

/// The part of one agency in a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    /// Whose.
    pub agency: TenantId,
    /// Its address word.
    pub slug: String,
    /// Its short name.
    pub name: String,
    /// How much.
    pub quantity: i64,
    /// The units that made it, where another one stands for them.
    pub made_of: Vec<Part>,
}

/// What one unit made of a share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Which.
    pub agency: TenantId,
    /// Its address word.
    pub slug: String,
    /// Its short name then.
    pub name: String,
    /// How much.
    pub quantity: i64,
}

/// A figure of the province and its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// What is counted.
    pub measure: Measure,
    /// In which year.
    pub year: i32,
    /// Years that figures speak of, newest first.
    pub years: Vec<i32>,
    /// By which structure its parts are drawn, and as of which day it is known.
    pub at: Standpoint,
    /// The sum.
    pub total: i64,
    /// The days it is compared over.
    pub same_days: SameDays,
    /// The sum of the same days of the year before.
    pub before: i64,
    /// The year day by day.
    pub days: Days,
    /// The districts.
    pub tiles: Tiles,
    /// The parts, largest first, agencies without any last.
    pub shares: Vec<Share>,
}

/// The figure and the part of every agency, by a structure; the sum is added up from the facts themselves.
///
/// # Errors
/// [`Error::Denied`], or a fault of the store.
#[tracing::instrument(name = "province.oversight.drill.figure", skip_all)]
pub async fn figure(
    province: &Province,
    ctx: &ProvinceCtx,
    measure: Measure,
    year: i32,
    at: impl Into<Standpoint>,
) -> Result<Figure, Error> {
    drawn(province, ctx, (measure, year), at.into(), None).await
}

/// The same as a fixed view draws it.
///
/// # Errors
/// As [`figure`].
#[tracing::instrument(name = "province.oversight.drill.fixed_figure", skip_all)]
pub async fn fixed_figure(
    province: &Province,
    ctx: &ProvinceCtx,
    (measure, year): (Measure, i32),
    structure: View,
    fixed: &Fixed,
) -> Result<Figure, Error> {
    let at = Standpoint::from(structure).known_on(fixed.day);
    let ctx = ctx.by_agencies(&fixed.units);
    drawn(province, &ctx, (measure, year), at, Some(fixed)).await
}

async fn drawn(
    province: &Province,
    ctx: &ProvinceCtx,
    (measure, year): (Measure, i32),
    at: Standpoint,
    fixed: Option<&Fixed>,
) -> Result<Figure, Error> {
    let warrant = ctx.warrant::<OversightRead>()?;
    let read = async |store: ProvinceReader| {
        let store = store.as_known(at.moment());
        parted(&store, ctx, (measure, year), at, fixed).await
    };
    province.store().look_over(&warrant, ctx.recency(), read).await
}

/// The figure in a reading that was opened as of the day of knowing.
async fn parted(
    store: &ProvinceReader,
    ctx: &ProvinceCtx,
    (measure, year): (Measure, i32),
    at: Standpoint,
    fixed: Option<&Fixed>,
) -> Result<Figure, Error> {
    let (view, today) = (at.structure, at.today(ctx.now()));
    let fresh = freshness::of(store, at).await?;
    let same_days = SameDays::of(year, today);
    let (from, to) = days_of_year(year);
    let asked = gather::Asked {
        from,
        to,
        at,
        makers: None,
    };
    let gathered = gather::gathered(store, ctx, &asked, fixed).await?;
    let of = |figures: &gather::Figures| figures.get(&measure).copied();
    let counts = |line: &Drawn<gather::Figures>| of(&line.figures).is_some();
    let drawn: Vec<_> = gathered.lines.into_iter().filter(counts).collect();
    let then = named_on(View::AsWas, year, today);
    let also = drawn.iter().map(|line| line.unit);
    let named = named_on(view, year, today);
    let agencies = standing(ctx, view, (from, to.min(today)), named, also);
    let mut shares: Vec<Share> = agencies
        .into_iter()
        .map(|agency| {
            let line = line_of(&drawn, agency.id);
            Share {
                agency: agency.id,
                name: agency.short_on(named).to_owned(),
                quantity: line.and_then(|line| of(&line.figures)).unwrap_or(0),
                made_of: line
                    .map(|line| made_of(ctx, line, measure, then))
                    .unwrap_or_default(),
                slug: agency.slug,
            }
        })
        .collect();
    // Stable: equal parts stay in the order of names.
    shares.sort_by_key(|share| std::cmp::Reverse(share.quantity));
    Ok(Figure {
        measure,
        year,
        years: years(store, today).await?,
        at,
        total: of(&gathered.total).unwrap_or(0),
        before: {
            let (from, to) = same_days.before();
            store.total(measure, from, to).await?
        },
        same_days,
        days: heat::days(store, today, (measure, year), None, fresh).await?,
        tiles: tiles::districts(store, ctx, (measure, year), fresh, fixed).await?,
        shares,
    })
}

/// The line of a unit; drawings stand by id.
pub(super) fn line_of<V>(drawn: &[Drawn<V>], unit: TenantId) -> Option<&Drawn<V>> {
    let at = drawn.binary_search_by_key(&unit, |line| line.unit).ok()?;
    drawn.get(at)
}

/// The units that made a gathered line, by their names then.
fn made_of(ctx: &ProvinceCtx, line: &Drawn<gather::Figures>, measure: Measure, then: NaiveDate) -> Vec<Part> {
    let parts = line.parts.iter().filter(|_| line.is_gathered());
    parts
        .filter_map(|(unit, figures)| {
            let quantity = figures.get(&measure)?;
            let tenant = ctx.snapshot().by_id(*unit)?;
            Some(Part {
                agency: *unit,
                slug: tenant.slug().to_owned(),
                name: tenant.short(then).to_owned(),
                quantity: *quantity,
            })
        })
        .collect()
}

/// Which rows of an agency's ledger are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    /// What is counted.
    pub measure: Measure,
    /// In which year.
    pub year: i32,
    /// In which month; the whole year without one.
    pub month: Option<u32>,
    /// As known at the end of this day; now without one.
    pub known: Option<NaiveDate>,
    /// Page, from 1.
    pub page: u64,
    /// Rows a page.
    pub per_page: u64,
}

impl Asked {
    fn days(&self) -> Result<(NaiveDate, NaiveDate), Error> {
        let (first, last) = (self.month.unwrap_or(1), self.month.unwrap_or(12));
        days_of_months(self.year, first, last).ok_or(Error::NotFound)
    }

    fn at(&self) -> Standpoint {
        Standpoint {
            known: self.known,
            ..View::AsWas.into()
        }
    }
}

/// One row of the ledger with what it came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowLine {
    /// The row.
    pub row: Row,
    /// Title and evidence of what it came from.
    pub source: SourceFacts,
    /// Another row took it back.
    pub reversed: bool,
}

/// The rows behind one agency's figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rows {
    /// Whose.
    pub agency: TenantId,
    /// Its short name.
    pub name: String,
    /// What was asked.
    pub asked: Asked,
    /// What the province's copy says, month by month.
    pub months: [i64; 12],
    /// The same, day by day.
    pub days: Days,
    /// What the province's copy says of the days asked.
    pub copied: i64,
    /// What the rows themselves add up to.
    pub sum: i64,
    /// This page.
    pub lines: Vec<RowLine>,
    /// Rows on all pages.
    pub count: u64,
    /// Pieces of evidence on this page.
    pub evidence: usize,
    /// The province's sum, for the way down.
    pub province_total: i64,
}

/// Reads the rows; the reading is logged first.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Denied`], or a fault of the store.
#[tracing::instrument(name = "province.oversight.drill.rows", skip_all)]
pub async fn rows(
    province: &Province,
    ctx: &ProvinceCtx,
    agency: TenantId,
    asked: Asked,
) -> Result<Rows, Error> {
    let (from, to) = asked.days()?;
    let tenant = ctx.snapshot().by_id(agency).ok_or(Error::NotFound)?;
    let reading = Reading {
        action: Action::EvidenceRead,
        object_kind: "ledger",
        object_id: agency.0,
        detail: json!({
            "measure": asked.measure, "from": from, "to": to, "known": asked.known, "page": asked.page
        }),
    };
    let slice = LedgerSlice {
        from,
        to,
        measures: &[asked.measure],
        up_to: None,
        after: None,
        known: asked.at().moment(),
    };
    let read = async |reader: TenantReader| {
        let mut page = reader.ledger_page(&slice, asked.page, asked.per_page).await?;
        let rows = std::mem::take(&mut page.rows);
        Ok((lines(&reader, rows, slice.known).await?, page))
    };
    let (lines, page) = reading::read(province, ctx, agency, reading, read).await?;
    let (days, province_total) = copies(province, ctx, agency, asked).await?;
    let months = days.months();
    Ok(Rows {
        agency,
        name: tenant.short(asked.at().today(ctx.now())).to_owned(),
        asked,
        copied: match asked.month {
            Some(month) => usize::try_from(month.saturating_sub(1))
                .ok()
                .and_then(|at| months.get(at).copied())
                .unwrap_or(0),
            None => months.iter().sum(),
        },
        months,
        days,
        sum: page.sum,
        evidence: lines.iter().map(|line| line.source.evidence.len()).sum(),
        lines,
        count: page.count,
        province_total,
    })
}

/// Rows with what they came from, as known at a moment.
pub(crate) async fn lines(
    reader: &TenantReader,
    rows: Vec<Row>,
    known: Option<Moment>,
) -> Result<Vec<RowLine>, Error> {
    let (seqs, ids): (Vec<i64>, Vec<_>) = rows.iter().map(|row| (row.seq, row.row.source_id)).unzip();
    let reversed = reader.reversed_among(&seqs, known).await?;
    let sources = reader.sources(&ids, known).await?;
    Ok(rows
        .into_iter()
        .map(|row| RowLine {
            source: sources.get(&row.row.source_id).cloned().unwrap_or_default(),
            reversed: reversed.contains(&row.seq),
            row,
        })
        .collect())
}

/// The agency's days of the measure, and the province's sum of it.
async fn copies(
    province: &Province,
    ctx: &ProvinceCtx,
    agency: TenantId,
    asked: Asked,
) -> Result<(Days, i64), Error> {
    let warrant = ctx.warrant::<OversightRead>()?;
    let at = asked.at();
    let (from, to) = days_of_year(asked.year);
    let read = async |store: ProvinceReader| -> Result<_, Error> {
        let store = store.as_known(at.moment());
        let fresh = freshness::of(&store, at).await?;
        let what = (asked.measure, asked.year);
        let days = heat::days(&store, at.today(ctx.now()), what, Some(agency), fresh).await?;
        Ok((days, store.total(asked.measure, from, to).await?))
    };
    province.store().look_over(&warrant, Recency::Now, read).await
}

/// Whether a year can be asked for at all.
#[must_use]
pub fn is_year(year: i32, today: NaiveDate) -> bool {
    (1990..=today.year()).contains(&year)
}
