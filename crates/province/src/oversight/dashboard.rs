//! The province's year at a glance: exceptions, every agency's months on one scale, totals beside the year before.

use chrono::{Datelike, NaiveDate};
use pbgdpl_model::agency::Agency;
use pbgdpl_model::clock::Moment;
use pbgdpl_model::id::TenantId;
use pbgdpl_model::ledger::Measure;
use pbgdpl_model::manifest::PeriodKind;
use pbgdpl_model::report::{Forms, period_word};
use pbgdpl_model::structure::{Drawn, View};
use pbgdpl_scope::ProvinceCtx;
use pbgdpl_scope::action::OversightRead;
use pbgdpl_store::province::{AskedExtension, ProvinceReader, Slice, SubmittedReport};

use super::drill::line_of;
use super::exception::{Exception, Facts, ended_quarter};
use crate::structure::{standing, structure};
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
    /// The units that made it, where another one stands for them: short name then, and how much.
    pub made_of: Vec<(String, i64)>,
}

impl AgencyYear {
    /// The sum of its months.
    #[must_use]
    pub fn total(&self) -> i64 {
        self.months.iter().sum()
    }
}

/// A measure over the province, and the same months of the year before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Total {
    /// What.
    pub measure: Measure,
    /// This year.
    pub this: i64,
    /// The year before, over the same months.
    pub before: i64,
}

/// The province's year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dashboard {
    /// Which year.
    pub year: i32,
    /// Years that figures speak of, newest first.
    pub years: Vec<i32>,
    /// By which structure the agencies are drawn.
    pub view: View,
    /// The last month that counts: 12, or the present month.
    pub through: u32,
    /// The last quarter that has ended, if any.
    pub quarter: Option<u32>,
    /// When the newest figure was copied.
    pub newest: Option<Moment>,
    /// Days that still wait to be copied.
    pub waiting: u64,
    /// What somebody must look at first.
    pub exceptions: Vec<Exception>,
    /// What the months below count.
    pub measure: Measure,
    /// Every agency that stands by the view, by name.
    pub agencies: Vec<AgencyYear>,
    /// The units of that year themselves, which exceptions speak of: short names.
    pub units: Vec<(TenantId, String)>,
    /// The province month by month: this year, the year before.
    pub months: [(i64, i64); 12],
    /// Every measure.
    pub totals: Vec<Total>,
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
    view: View,
) -> Result<Dashboard, Error> {
    let warrant = ctx.warrant::<OversightRead>()?;
    let store = province.store().province_reader(&warrant).await?;
    let day = ctx.now().day();
    let years = years(&store, day).await?;
    let year = match year {
        Some(year) => year,
        None => newest_with_sessions(&store, &years)
            .await?
            .unwrap_or_else(|| day.year()),
    };
    let months = store.months(year).await?;
    let before = store.months(year - 1).await?;
    let (newest, waiting) = store.freshness().await?;
    let forms = forms(&store).await?;
    let (reports, extensions) = sent_of(&store, year).await?;
    let then = named_on(View::AsWas, year, day);
    let agencies = standing(ctx, View::AsWas, days_of_year(year), then, []);
    let facts = Facts {
        year,
        day,
        agencies: &agencies,
        months: &months,
        forms: &forms,
        reports: &reports,
        extensions: &extensions,
    };
    let through = if year < day.year() { 12 } else { day.month() };
    let measure = Measure::DirectSessions;
    Ok(Dashboard {
        year,
        years,
        view,
        through,
        quarter: ended_quarter(year, day),
        newest,
        waiting,
        exceptions: facts.exceptions(),
        measure,
        months: std::array::from_fn(|at| {
            let month = u32::try_from(at + 1).unwrap_or(0);
            let sum = |slices: &[Slice]| sum_of(slices, |s| s.measure == measure && s.month == month);
            (sum(&months), sum(&before))
        }),
        totals: Measure::ALL
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
            let drawn = structure(&store, ctx)
                .await?
                .draw(view, months_of(&months, measure));
            years_of(ctx, &drawn, view, year)
        },
    })
}

type Sent = (
    Vec<(PeriodKind, Vec<SubmittedReport>)>,
    Vec<(PeriodKind, Vec<AskedExtension>)>,
);

/// What was sent and asked of a year, period by period.
async fn sent_of(store: &ProvinceReader, year: i32) -> Result<Sent, Error> {
    let (mut reports, mut extensions) = (Vec::new(), Vec::new());
    for period in PeriodKind::ALL {
        reports.push((*period, store.reports(period_word(*period), year).await?));
        extensions.push((*period, store.extensions(period_word(*period), year).await?));
    }
    Ok((reports, extensions))
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
fn years_of(ctx: &ProvinceCtx, drawn: &[Drawn<[i64; 12]>], view: View, year: i32) -> Vec<AgencyYear> {
    let today = ctx.now().day();
    let (named, then) = (named_on(view, year, today), named_on(View::AsWas, year, today));
    let also = drawn.iter().map(|line| line.unit);
    standing(ctx, view, days_of_year(year), named, also)
        .into_iter()
        .map(|agency| {
            let line = line_of(drawn, agency.id);
            let parts = line.filter(|line| line.is_gathered()).map(|line| &line.parts);
            AgencyYear {
                name: agency.short_on(named).to_owned(),
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

/// The first and the last day of a year.
pub(super) fn days_of_year(year: i32) -> (NaiveDate, NaiveDate) {
    let day = |month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default();
    (day(1, 1), day(12, 31))
}

/// The day on which units are named: the end of the year, or today while it lasts; by a structure, its day.
pub(super) fn named_on(view: View, year: i32, today: NaiveDate) -> NaiveDate {
    match view {
        View::AsWas => days_of_year(year).1.min(today),
        View::On(day) => day,
    }
}

/// Years that figures speak of, newest first; none lies in the future.
pub(super) async fn years(store: &ProvinceReader, today: NaiveDate) -> Result<Vec<i32>, Error> {
    let Some((first, last)) = store.days_known().await? else {
        return Ok(vec![today.year()]);
    };
    let last = last.year().min(today.year());
    Ok((first.year().min(last)..=last).rev().collect())
}

async fn forms(store: &ProvinceReader) -> Result<Forms, Error> {
    let (forms, calendar) = (store.catalogue("form").await?, store.catalogue("calendar").await?);
    Ok(Forms::read(&forms, &calendar)?)
}

/// The newest year in which anybody met anybody: a year that holds only a posting is not what an auditor opens first.
async fn newest_with_sessions(store: &ProvinceReader, years: &[i32]) -> Result<Option<i32>, Error> {
    for year in years {
        if store
            .months(*year)
            .await?
            .iter()
            .any(|slice| slice.measure == Measure::DirectSessions)
        {
            return Ok(Some(*year));
        }
    }
    Ok(years.first().copied())
}
