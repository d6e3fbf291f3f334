//! The districts of the province in their places, each with its figure. Places are data of `province.toml`.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use pbgdpl_model::agency::Agency;
use pbgdpl_model::dashboard::Fixed;
use pbgdpl_model::id::TenantId;
use pbgdpl_model::ledger::Measure;
use pbgdpl_model::manifest::{AgencyFile, ProvinceFile, UnitKind};
use pbgdpl_model::structure::View;
use pbgdpl_scope::ProvinceCtx;
use pbgdpl_scope::action::OversightRead;
use pbgdpl_store::province::ProvinceReader;

use super::dashboard::named_on;
use super::freshness::{self, Freshness};
use super::part_of_year::PartOfYear;
use super::same_days::days_of_year;
use crate::structure::standing;
use crate::{Error, Province};

/// One district.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct District {
    /// Which.
    pub agency: TenantId,
    /// Its address word.
    pub slug: String,
    /// Its short name.
    pub name: String,
    /// How much.
    pub quantity: i64,
    /// Its communes, where known.
    pub communes: Option<i64>,
    /// Column and row, from 1, where the province's file gives them.
    pub place: Option<(u8, u8)>,
    /// The days on which it stood, where it stood only part of the year.
    pub part: Option<PartOfYear>,
}

/// The districts of a year, by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tiles {
    /// What is counted.
    pub measure: Measure,
    /// In which year.
    pub year: i32,
    /// All of them: those without a place too.
    pub districts: Vec<District>,
    /// As of when.
    pub fresh: Freshness,
}

/// The district-level units of the year with their figures.
///
/// # Errors
/// [`Error::Denied`], or a fault of the store.
#[tracing::instrument(name = "province.oversight.tiles", skip_all)]
pub async fn tiles(
    province: &Province,
    ctx: &ProvinceCtx,
    measure: Measure,
    year: i32,
) -> Result<Tiles, Error> {
    let warrant = ctx.warrant::<OversightRead>()?;
    let read = async |store: ProvinceReader| {
        let fresh = freshness::of(&store, View::AsWas.into()).await?;
        districts(&store, ctx, (measure, year), fresh, None).await
    };
    province.store().look_over(&warrant, ctx.recency(), read).await
}

/// The districts in a reading whose freshness is known; divided as a fixed view knew them.
pub(super) async fn districts(
    store: &ProvinceReader,
    ctx: &ProvinceCtx,
    (measure, year): (Measure, i32),
    fresh: Freshness,
    fixed: Option<&Fixed>,
) -> Result<Tiles, Error> {
    let today = fresh.known.unwrap_or_else(|| ctx.now().day());
    let end = named_on(View::AsWas, year, today);
    let told = (days_of_year(year).0, end);
    let quantities = quantities(store, measure, year).await?;
    let found: Vec<_> = agencies(ctx, year, end, &quantities)
        .into_iter()
        .filter(|agency| agency.kind_on(end) == UnitKind::Huyen.word())
        .collect();
    let ids: Vec<TenantId> = found.iter().map(|agency| agency.id).collect();
    let communes = match fixed {
        Some(fixed) => fixed.communes.clone(),
        None => communes(store, &ids).await?,
    };
    let places = places(store, ctx).await?;
    Ok(Tiles {
        measure,
        year,
        districts: found
            .into_iter()
            .map(|agency| District {
                agency: agency.id,
                name: agency.short_on(end).to_owned(),
                quantity: quantities.get(&agency.id).copied().unwrap_or(0),
                communes: communes.get(&agency.id).copied(),
                place: places.get(&agency.id).copied(),
                part: PartOfYear::of(&agency, told),
                slug: agency.slug,
            })
            .collect(),
        fresh,
    })
}

/// The agencies that stood in a year, by their names then; whoever has a figure is among them.
pub(super) fn agencies(
    ctx: &ProvinceCtx,
    year: i32,
    named: NaiveDate,
    quantities: &BTreeMap<TenantId, i64>,
) -> Vec<Agency> {
    let also = quantities.keys().copied();
    // Named on its last day, or on the last that is told.
    standing(ctx, View::AsWas, (days_of_year(year).0, named), named, also)
}

/// Each agency's sum of a measure over a year.
pub(super) async fn quantities(
    store: &ProvinceReader,
    measure: Measure,
    year: i32,
) -> Result<BTreeMap<TenantId, i64>, Error> {
    let (from, to) = days_of_year(year);
    let sums = store.totals(from, to).await?.into_iter();
    Ok(sums
        .filter(|(_, counted, _)| *counted == measure)
        .map(|(agency, _, quantity)| (agency, quantity))
        .collect())
}

/// How many communes the files of these agencies list; one that lists none is left out.
pub(crate) async fn communes(
    store: &ProvinceReader,
    agencies: &[TenantId],
) -> Result<BTreeMap<TenantId, i64>, Error> {
    let bodies = store.bodies_of(agencies).await?.into_iter();
    Ok(bodies
        .filter_map(|(agency, body)| {
            let file: AgencyFile = serde_json::from_str(&body).ok()?;
            let count = i64::try_from(file.communes.len()).ok()?;
            (count > 0).then_some((agency, count))
        })
        .collect())
}

/// Places by agency. A file that was written under an older slug still finds its agency.
async fn places(store: &ProvinceReader, ctx: &ProvinceCtx) -> Result<BTreeMap<TenantId, (u8, u8)>, Error> {
    let body = store.province_body().await?;
    let file = body.and_then(|(_, body)| serde_json::from_str::<ProvinceFile>(&body).ok());
    let tiles = file.map(|file| file.tiles).unwrap_or_default();
    Ok(tiles
        .into_iter()
        .filter_map(|tile| {
            use pbgdpl_scope::Found::{Here, Moved};
            let (Here(tenant) | Moved(tenant)) = ctx.snapshot().by_slug(&tile.agency)?;
            Some((tenant.id(), (tile.column, tile.row)))
        })
        .collect())
}
