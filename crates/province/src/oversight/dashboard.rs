//! The province's year at a glance: exceptions, every agency's months on one scale, totals beside the year before.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use pbgdpl_model::agency::Agency;
use pbgdpl_model::clock::Moment;
use pbgdpl_model::id::TenantId;
use pbgdpl_model::ledger::Measure;
use pbgdpl_model::manifest::PeriodKind;
use pbgdpl_model::report::{Forms, period_word};
use pbgdpl_scope::ProvinceCtx;
use pbgdpl_scope::action::OversightRead;
use pbgdpl_store::province::{ProvinceReader, Slice};

use super::exception::{Exception, Facts, ended_quarter};
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
    /// Every agency, by name.
    pub agencies: Vec<AgencyYear>,
    /// The province month by month: this year, the year before.
    pub months: [(i64, i64); 12],
    /// Every measure.
    pub totals: Vec<Total>,
}

impl Dashboard {
    /// The agency's short name.
    #[must_use]
    pub fn name_of(&self, agency: TenantId) -> &str {
        self.agencies
            .iter()
            .find(|there| there.agency.id == agency)
            .map_or("", |there| there.name.as_str())
    }
}

/// Draws up the year; without one, the newest year that figures speak of.
///
/// # Errors
/// [`Error::Denied`], or a fault of the store.
#[tracing::instrument(name = "province.oversight.dashboard", skip_all)]
pub async fn dashboard(
    province: &Province,
    ctx: &ProvinceCtx,
    year: Option<i32>,
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
    let mut reports = Vec::new();
    for period in PeriodKind::ALL {
        reports.push((*period, store.reports(period_word(*period), year).await?));
    }
    let mut extensions = Vec::new();
    for period in PeriodKind::ALL {
        extensions.push((*period, store.extensions(period_word(*period), year).await?));
    }
    let agencies = agencies(ctx, year);
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
        agencies: years_of(agencies, &months, measure, day),
    })
}

fn sum_of(slices: &[Slice], counts: impl Fn(&Slice) -> bool) -> i64 {
    slices
        .iter()
        .filter(|slice| counts(slice))
        .map(|slice| slice.quantity)
        .sum()
}

fn years_of(agencies: Vec<Agency>, slices: &[Slice], measure: Measure, day: NaiveDate) -> Vec<AgencyYear> {
    let mut months: BTreeMap<TenantId, [i64; 12]> = BTreeMap::new();
    for slice in slices.iter().filter(|slice| slice.measure == measure) {
        let place = usize::try_from(slice.month.saturating_sub(1)).unwrap_or(0);
        if let Some(month) = months.entry(slice.tenant).or_default().get_mut(place) {
            *month += slice.quantity;
        }
    }
    agencies
        .into_iter()
        .map(|agency| AgencyYear {
            name: agency.short_on(day).to_owned(),
            months: months.get(&agency.id).copied().unwrap_or_default(),
            agency,
        })
        .collect()
}

/// The agencies that stood in the year, by name.
pub(super) fn agencies(ctx: &ProvinceCtx, year: i32) -> Vec<Agency> {
    let day = ctx.now().day();
    let mut named: Vec<(String, Agency)> = ctx
        .snapshot()
        .tenants()
        .map(|tenant| tenant.agency())
        .filter(|agency| agency.names.iter().any(|name| name.valid_from.year() <= year))
        .map(|agency| (agency.short_on(day).to_owned(), agency.clone()))
        .collect();
    pbgdpl_vietnamese::sort_by_name(&mut named, |(name, _)| name);
    named.into_iter().map(|(_, agency)| agency).collect()
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
