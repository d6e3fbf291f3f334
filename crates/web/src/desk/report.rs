//! Statistical forms on the desk: the list, one report, its line being filled, on the page or offline, its acts, the rows behind a cell.

pub mod acts;
pub mod draw;
pub mod extension;
mod fields;
pub mod fill;
pub mod list;
pub mod offline;
pub mod records;
mod remarks;
pub mod show;
pub mod signature;
pub mod workbook;

use pbgdpl_app::report::{View, view};
use pbgdpl_model::manifest::PeriodKind;
use pbgdpl_model::report::{period_of, period_word};
use pbgdpl_scope::Tenant;

use crate::error::Error;
use crate::extract::Staff;
use crate::state::AppState;

/// Agency, form, period, year: how a report is addressed.
pub type Address = (String, String, String, i32);

/// The address of the agency's reports.
pub(crate) fn list_address(tenant: &Tenant) -> String {
    format!("/quan-tri/{}/bieu", tenant.slug())
}

/// The address of a report.
pub(crate) fn address(tenant: &Tenant, form: &str, period: PeriodKind, year: i32) -> String {
    format!("{}/{form}/{}/{year}", list_address(tenant), period_word(period))
}

/// The report at an address: the newest version, or the one that is named.
async fn report_at(
    state: &AppState,
    staff: &Staff,
    at: &Address,
    version: Option<i32>,
) -> Result<View, Error> {
    let (_, form, period, year) = at;
    period_of(period).ok_or(Error::NotFound)?;
    let reader = state.read.tenant(staff.ctx.tenant()).await?;
    let versions = reader.report_versions(form, period, *year).await?;
    let found = versions
        .iter()
        .find(|report| version.is_none_or(|version| report.version == version));
    let id = found.ok_or(Error::NotFound)?.id;
    Ok(view(&reader, staff.ctx.tenant().agency(), id).await?)
}
