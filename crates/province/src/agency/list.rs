//! Lists the agencies with what administrators may know, and shows one with its people.

use pbgdpl_model::agency::Status;
use pbgdpl_model::id::TenantId;
use pbgdpl_model::manifest::{AgencyFile, ProvinceFile, Superior};
use pbgdpl_scope::ProvinceCtx;
use pbgdpl_scope::action::AgencyList;
use pbgdpl_store::identity::Membership;
use pbgdpl_store::province::Registered;

use super::known;
use crate::{Error, Province};

/// An agency as administrators know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Permanent id.
    pub tenant: TenantId,
    /// Whether its section is open.
    pub status: Status,
    /// Everything its file says.
    pub file: AgencyFile,
}

impl Listed {
    /// Its short name on a day.
    #[must_use]
    pub fn short(&self, day: chrono::NaiveDate) -> String {
        let names = self.file.dated_names();
        pbgdpl_model::agency::name_on(&names, day)
            .map_or_else(|| self.file.slug.clone(), |name| name.short.clone())
    }
}

/// One agency with its people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// What it is.
    pub agency: Listed,
    /// Who holds which role there.
    pub people: Vec<Membership>,
}

fn listed(row: &Registered, ctx: &ProvinceCtx) -> Result<Listed, Error> {
    Ok(Listed {
        tenant: row.tenant,
        status: row.status,
        file: known(row, ctx.snapshot())?,
    })
}

/// Every agency, by name in Vietnamese order.
///
/// # Errors
/// [`Error::Denied`], or a fault of the store.
#[tracing::instrument(name = "province.agency.list", skip_all)]
pub async fn list(province: &Province, ctx: &ProvinceCtx) -> Result<Vec<Listed>, Error> {
    let warrant = ctx.warrant::<AgencyList>()?;
    let store = province.store().province_reader(&warrant).await?;
    let rows = store.register().await?;
    let day = ctx.now().day();
    let mut agencies = rows
        .iter()
        .map(|row| listed(row, ctx).map(|agency| (agency.short(day), agency)))
        .collect::<Result<Vec<_>, _>>()?;
    pbgdpl_vietnamese::sort_by_name(&mut agencies, |(name, _)| name);
    Ok(agencies.into_iter().map(|(_, agency)| agency).collect())
}

/// One agency and its people.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Denied`], or a fault of the store.
#[tracing::instrument(name = "province.agency.list.show", skip_all)]
pub async fn show(province: &Province, ctx: &ProvinceCtx, agency: TenantId) -> Result<Shown, Error> {
    let warrant = ctx.warrant::<AgencyList>()?;
    let store = province.store().province_reader(&warrant).await?;
    let row = store.registered(agency).await?.ok_or(Error::NotFound)?;
    Ok(Shown {
        agency: listed(&row, ctx)?,
        people: store.members(agency.into()).await?,
    })
}

/// The bodies above agencies that have no section of their own, for the form of a new agency.
///
/// # Errors
/// [`Error::Denied`], or a fault of the store.
#[tracing::instrument(name = "province.agency.list.superiors", skip_all)]
pub async fn superiors(province: &Province, ctx: &ProvinceCtx) -> Result<Vec<Superior>, Error> {
    let warrant = ctx.warrant::<AgencyList>()?;
    let store = province.store().province_reader(&warrant).await?;
    match store.province_body().await? {
        Some((_, body)) => {
            let file = serde_json::from_str::<ProvinceFile>(&body);
            Ok(file.map(|file| file.superiors).unwrap_or_default())
        }
        None => Ok(Vec::new()),
    }
}
