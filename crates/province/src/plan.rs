//! Reports on plans as the province handles them: what agencies contributed, the province's document, frozen, amended, taken out.

pub mod accept;
pub mod amend;
pub mod contribution;
mod draw;
pub mod due;
pub mod export;
pub mod freeze;
pub mod frozen;
pub mod list;
pub mod read;
pub mod send_back;
pub mod write;

use pbgdpl_model::id::TenantId;
use pbgdpl_model::manifest::PlanFile;
use pbgdpl_model::plan::Plans;
use pbgdpl_store::province::{ProvinceReader, SentContribution};

use crate::Error;

pub use draw::{Contributor, Drawn};

/// A plan and a year.
pub type Of<'a> = (&'a str, i32);

async fn plans(store: &ProvinceReader) -> Result<Plans, Error> {
    Ok(Plans::read(&store.catalogue_of(&Plans::KINDS).await?)?)
}

async fn plan(store: &ProvinceReader, (id, year): Of<'_>) -> Result<PlanFile, Error> {
    let plans = plans(store).await?;
    plans.of_year(id, year).cloned().ok_or(Error::NotFound)
}

/// The version that was read, if it is still the newest.
async fn newest(
    store: &ProvinceReader,
    agency: TenantId,
    (plan, year): Of<'_>,
    version: i32,
) -> Result<SentContribution, Error> {
    let sent = store.contributions(plan, year).await?;
    let newest = sent.into_iter().find(|sent| sent.tenant == agency);
    match newest {
        Some(newest) if newest.version == version => Ok(newest),
        Some(newest) if version < newest.version => Err(Error::Stale),
        _ => Err(Error::NotFound),
    }
}
