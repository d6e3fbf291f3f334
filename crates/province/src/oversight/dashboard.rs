//! The province's year at a glance: exceptions, every agency's months on one scale, totals beside the year before.

use chrono::{Datelike, NaiveDate};
use pbgdpl_model::agency::Agency;
use pbgdpl_model::dashboard::{DashboardFile, DashboardVersion, Fixed};
use pbgdpl_model::id::TenantId;
use pbgdpl_model::ledger::Measure;
use pbgdpl_model::report::{Forms, period_word};
use pbgdpl_model::structure::{Drawn, View};
use pbgdpl_scope::ProvinceCtx;
use pbgdpl_scope::action::OversightRead;
use pbgdpl_store::province::{ProvinceReader, Slice};

use super::drill::line_of;
use super::exception::{Exception, Facts, Sent, ended_quarter};
use super::freshness::{self, Freshness};
use super::heat::{self, Days};
use super::part_of_year::PartOfYear;
use super::same_days::{SameDays, days_of_months, days_of_year};
use super::standpoint::Standpoint;
use super::tiles::{self, Tiles};
use crate::manifest::DASHBOARD;
use crate::structure::{standing, structure, structure_of};
use crate::{Error, Province};

/// One agency's year of one measure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgencyYear {
    /// What it is.
    pub agency: Agency,
    /// Its short name.
    pub name: String,
    /// January to December.
    pub months: [i64; 12],
    /// The days on which it stood, where it stood only part of the year and nobody before it is gathered in its line.
    pub part: Option<PartOfYear>,
    /// The units that made it, where another one stands for them: short name then, and how much.
    pub made_of: Vec<(String, i64)>,
}

impl AgencyYear {
    /// The sum of its months.
    #[must_use]
    pub fn total(&self) -> i64 {
        self.months.iter().sum()
    }

    /// Whether it stood on any day of a month.
    #[must_use]
    pub fn stood_in(&self, year: i32, month: u32) -> bool {
        let touches = |(from, to)| self.part.is_none_or(|part| part.touches(from, to));
        days_of_months(year, month, month).is_some_and(touches)
    }

    /// Whether it stood on every day of a quarter and has nothing in it.
    #[must_use]
    pub fn is_silent_in(&self, year: i32, quarter: u32) -> bool {
        let last = quarter * 3;
        let covers = |(from, to)| self.part.is_none_or(|part| part.covers(from, to));
        let first = usize::try_from(last.saturating_sub(3)).unwrap_or(0);
        let nothing = self.months.iter().skip(first).take(3).all(|value| *value == 0);
        nothing && days_of_months(year, last.saturating_sub(2), last).is_some_and(covers)
    }
}

/// A measure over the province, and the same days of the year before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Total {
    /// What.
    pub measure: Measure,
    /// This year.
    pub this: i64,
    /// The year before, over the same days.
    pub before: i64,
}

/// The province's year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dashboard {
    /// Which year.
    pub year: i32,
    /// Years that figures speak of, newest first.
    pub years: Vec<i32>,
    /// By which structure the agencies are drawn, and as of which day the figures are known.
    pub at: Standpoint,
    /// The last month that counts: 12, or the present month.
    pub through: u32,
    /// The days that are compared with the year before.
    pub same_days: SameDays,
    /// The last quarter that has ended, if any.
    pub quarter: Option<u32>,
    /// As of when all of it is: one reading.
    pub fresh: Freshness,
    /// The year day by day.
    pub days: Days,
    /// The districts.
    pub tiles: Tiles,
    /// What somebody must look at first: today, so nothing where a past day is asked.
    pub exceptions: Vec<Exception>,
    /// What the months below count.
    pub measure: Measure,
    /// Every agency that stands by the view, by name.
    pub agencies: Vec<AgencyYear>,
    /// The units of that year themselves, which exceptions speak of: short names.
    pub units: Vec<(TenantId, String)>,
    /// The province month by month: this year, the year before.
    pub months: [(i64, i64); 12],
    /// Every measure that the page counts, in its order.
    pub totals: Vec<Total>,
    /// The version that says what is counted; none where the province has no file of it: everything is counted then.
    pub definition: Option<DashboardVersion>,
}

impl Dashboard {
    /// The unit's short name.
    #[must_use]
    pub fn name_of(&self, agency: TenantId) -> &str {
        self.units
            .iter()
            .find(|(unit, _)| *unit == agency)
            .map_or("", |(_, name)| name.as_str())
    }
}

/// Draws up the year; without one, the newest year that figures speak of. What somebody must look at is told of the units
/// themselves, whatever the structure.
///
/// # Errors
/// [`Error::Denied`], or a fault of the store.
#[tracing::instrument(name = "province.oversight.dashboard", skip_all)]
pub async fn dashboard(
    province: &Province,
    ctx: &ProvinceCtx,
    year: Option<i32>,
    at: impl Into<Standpoint>,
) -> Result<Dashboard, Error> {
    drawn(province, ctx, year, at.into(), None).await
}

/// The same as a fixed view draws it.
///
/// # Errors
/// As [`dashboard`].
#[tracing::instrument(name = "province.oversight.dashboard.fixed", skip_all)]
pub async fn fixed(
    province: &Province,
    ctx: &ProvinceCtx,
    year: Option<i32>,
    structure: View,
    by: &Fixed,
) -> Result<Dashboard, Error> {
    let at = Standpoint::from(structure).known_on(by.day);
    let ctx = ctx.by_agencies(&by.units);
    drawn(province, &ctx, year, at, Some(by)).await
}

async fn drawn(
    province: &Province,
    ctx: &ProvinceCtx,
    year: Option<i32>,
    at: Standpoint,
    fixed: Option<&Fixed>,
) -> Result<Dashboard, Error> {
    let warrant = ctx.warrant::<OversightRead>()?;
    let read = async |store: ProvinceReader| {
        let store = store.as_known(at.moment());
        drawn_from(&store, ctx, year, at, fixed).await
    };
    province.store().look_over(&warrant, ctx.recency(), read).await
}

/// The year in a reading that was opened as of the day of knowing.
async fn drawn_from(
    store: &ProvinceReader,
    ctx: &ProvinceCtx,
    year: Option<i32>,
    at: Standpoint,
    fixed: Option<&Fixed>,
) -> Result<Dashboard, Error> {
    let (view, day) = (at.structure, at.today(ctx.now()));
    let years = years(store, day).await?;
    let year = match year {
        Some(year) => year,
        None => opened(store, &years, day).await?,
    };
    let fresh = freshness::of(store, at).await?;
    let same_days = SameDays::of(year, day);
    let (begin, end) = days_of_year(year);
    let months = store.months(year, end).await?;
    let before = store.months(year - 1, same_days.before_until).await?;
    let forms = forms(store).await?;
    // At the turn of the year the official figures of the year before are still owed, where its books were kept here.
    let carried = (year == day.year() && years.contains(&(year - 1))).then_some(year - 1);
    let mut sent = sent_of(store, &forms, year).await?;
    if let Some(before) = carried {
        sent.extend(sent_of(store, &forms, before).await?);
    }
    let then = named_on(View::AsWas, year, day);
    let from = carried.map_or(begin, |before| days_of_year(before).0);
    let agencies = standing(ctx, View::AsWas, (from, end), then, []);
    let facts = Facts {
        year,
        day,
        agencies: &agencies,
        months: &months,
        forms: &forms,
        sent: &sent,
    };
    let through = same_days.through();
    let definition = match fixed {
        Some(fixed) => fixed.definition.clone(),
        None => definition_on(store, day).await?,
    };
    let counted: Vec<Measure> = definition.as_ref().map_or_else(
        || Measure::ALL.to_vec(),
        |version| version.measures.iter().map(|line| line.measure).collect(),
    );
    let measure = definition
        .as_ref()
        .map_or(Measure::DirectSessions, |version| version.plots);
    Ok(Dashboard {
        definition,
        year,
        years,
        at,
        through,
        same_days,
        quarter: ended_quarter(year, day),
        fresh,
        days: heat::days(store, day, (measure, year), None, fresh).await?,
        tiles: tiles::districts(store, ctx, (measure, year), fresh, fixed).await?,
        exceptions: if at.known.is_none() {
            facts.exceptions()
        } else {
            Vec::new()
        },
        measure,
        months: std::array::from_fn(|at| {
            let month = u32::try_from(at + 1).unwrap_or(0);
            let sum = |slices: &[Slice]| sum_of(slices, |s| s.measure == measure && s.month == month);
            (sum(&months), sum(&before))
        }),
        totals: counted
            .iter()
            .map(|measure| {
                let sum = |slices: &[Slice]| sum_of(slices, |s| s.measure == *measure && s.month <= through);
                Total {
                    measure: *measure,
                    this: sum(&months),
                    before: sum(&before),
                }
            })
            .collect(),
        units: agencies
            .iter()
            .map(|agency| (agency.id, agency.short_on(then).to_owned()))
            .collect(),
        agencies: {
            let structure = match fixed {
                Some(fixed) => structure_of(ctx, &fixed.reorganisations)?,
                None => structure(store, ctx).await?,
            };
            let drawn = structure.draw(view, months_of(&months, measure));
            years_of(ctx, &drawn, at, year)
        },
    })
}

/// The version of the dashboard that holds on a day.
pub(crate) async fn definition_on(
    store: &ProvinceReader,
    day: NaiveDate,
) -> Result<Option<DashboardVersion>, Error> {
    Ok(definitions(store).await?.on(day).cloned())
}

/// What the province's file of the dashboard says; the usual where there is none.
pub(super) async fn definitions(store: &ProvinceReader) -> Result<DashboardFile, Error> {
    let entries = store.catalogue(DASHBOARD).await?;
    let file = entries
        .first()
        .map(|(_, body)| serde_json::from_str::<DashboardFile>(body));
    Ok(file.transpose()?.unwrap_or_default())
}

/// What was sent and asked of a year, period by period.
async fn sent_of(store: &ProvinceReader, forms: &Forms, year: i32) -> Result<Vec<Sent>, Error> {
    let mut sent = Vec::new();
    for kind in forms.kinds_of(year) {
        sent.push(Sent {
            kind,
            year,
            reports: store.reports(period_word(kind), year).await?,
            extensions: store.extensions(period_word(kind), year).await?,
        });
    }
    Ok(sent)
}

fn sum_of(slices: &[Slice], counts: impl Fn(&Slice) -> bool) -> i64 {
    slices
        .iter()
        .filter(|slice| counts(slice))
        .map(|slice| slice.quantity)
        .sum()
}

/// Each unit's months of a measure, as facts.
fn months_of(slices: &[Slice], measure: Measure) -> Vec<(TenantId, [i64; 12])> {
    let of_measure = slices.iter().filter(|slice| slice.measure == measure);
    of_measure
        .map(|slice| {
            let mut months = [0; 12];
            let place = usize::try_from(slice.month.saturating_sub(1)).unwrap_or(0);
            if let Some(month) = months.get_mut(place) {
                *month = slice.quantity;
            }
            (slice.tenant, months)
        })
        .collect()
}

/// The agencies that stand by the view, and whoever has a figure besides, by name.
fn years_of(ctx: &ProvinceCtx, drawn: &[Drawn<[i64; 12]>], at: Standpoint, year: i32) -> Vec<AgencyYear> {
    let (view, today) = (at.structure, at.today(ctx.now()));
    let (named, then) = (named_on(view, year, today), named_on(View::AsWas, year, today));
    let also = drawn.iter().map(|line| line.unit);
    let (begin, end) = days_of_year(year);
    standing(ctx, view, (begin, end.min(today)), named, also)
        .into_iter()
        .map(|agency| {
            let line = line_of(drawn, agency.id);
            let parts = line.filter(|line| line.is_gathered()).map(|line| &line.parts);
            let gathered = line.is_some_and(Drawn::is_gathered);
            let told = (days_of_year(year).0, named_on(View::AsWas, year, today));
            AgencyYear {
                name: agency.short_on(named).to_owned(),
                part: PartOfYear::of(&agency, told).filter(|_| !gathered),
                months: line.map_or([0; 12], |line| line.figures),
                made_of: parts
                    .into_iter()
                    .flatten()
                    .filter_map(|(unit, months)| {
                        let tenant = ctx.snapshot().by_id(*unit)?;
                        Some((tenant.short(then).to_owned(), months.iter().sum()))
                    })
                    .collect(),
                agency,
            }
        })
        .collect()
}

/// The day on which units are named: the end of the year, or today while it lasts; by a structure, its day.
pub(super) fn named_on(view: View, year: i32, today: NaiveDate) -> NaiveDate {
    match view {
        View::AsWas => days_of_year(year).1.min(today),
        View::On(day) => day,
    }
}

/// Years that figures speak of, newest first; none lies in the future.
pub(crate) async fn years(store: &ProvinceReader, today: NaiveDate) -> Result<Vec<i32>, Error> {
    let Some((first, last)) = store.days_known().await? else {
        return Ok(vec![today.year()]);
    };
    let last = last.year().min(today.year());
    Ok((first.year().min(last)..=last).rev().collect())
}

async fn forms(store: &ProvinceReader) -> Result<Forms, Error> {
    Ok(Forms::read(&store.catalogue_of(&Forms::KINDS).await?)?)
}

/// The newest year in which anybody met anybody: a year that holds only a posting is not what an auditor opens first.
pub(super) async fn opened(store: &ProvinceReader, years: &[i32], today: NaiveDate) -> Result<i32, Error> {
    let until = days_of_year(today.year()).1;
    let last = store.last_day_of(Measure::DirectSessions, until).await?;
    let newest = last.map(|day| day.year()).or(years.first().copied());
    Ok(newest.unwrap_or_else(|| today.year()))
}
