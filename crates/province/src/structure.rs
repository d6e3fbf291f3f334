//! The province's structure as its catalogue tells it, and the units that stand in it.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use pbgdpl_model::agency::Agency;
use pbgdpl_model::id::TenantId;
use pbgdpl_model::structure::{Structure, View};
use pbgdpl_scope::{Found, ProvinceCtx, Snapshot};
use pbgdpl_store::province::ProvinceReader;

use crate::Error;

/// Kind of the catalogue's entries that say who followed whom.
pub(crate) const REORGANISATION: &str = "reorganisation";

/// Reads who goes on with whose series. A former slug still leads to its unit.
pub(crate) async fn structure(store: &ProvinceReader, ctx: &ProvinceCtx) -> Result<Structure, Error> {
    structure_of(ctx, &store.catalogue(REORGANISATION).await?)
}

/// The same from entries that were read before.
pub(crate) fn structure_of(ctx: &ProvinceCtx, entries: &[(String, String)]) -> Result<Structure, Error> {
    let snapshot = ctx.snapshot();
    Ok(Structure::read(entries, |slug| unit(snapshot, slug))?)
}

fn unit(snapshot: &Snapshot, slug: &str) -> Option<TenantId> {
    match snapshot.by_slug(slug)? {
        Found::Here(tenant) | Found::Moved(tenant) => Some(tenant.id()),
    }
}

/// The agencies that stand by a view of some days, by name on `named`: as it was, those that stood on any of the days;
/// as it is on a day, those that stand on it; and `also` these, for no figure is without its unit.
pub(crate) fn standing(
    ctx: &ProvinceCtx,
    view: View,
    (from, to): (NaiveDate, NaiveDate),
    named: NaiveDate,
    also: impl IntoIterator<Item = TenantId>,
) -> Vec<Agency> {
    let also: BTreeSet<TenantId> = also.into_iter().collect();
    let stands = |agency: &&Agency| match view {
        _ if also.contains(&agency.id) => true,
        View::AsWas => agency.stood_between(from, to),
        View::On(day) => agency.stood_on(day),
    };
    let all = ctx.snapshot().tenants().map(pbgdpl_scope::Tenant::agency);
    let mut named: Vec<(String, Agency)> = all
        .filter(stands)
        .map(|agency| (agency.short_on(named).to_owned(), agency.clone()))
        .collect();
    pbgdpl_vietnamese::sort_by_name(&mut named, |(name, _)| name);
    named.into_iter().map(|(_, agency)| agency).collect()
}
