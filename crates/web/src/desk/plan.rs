//! The agency's yearly reports on plans: the rows of the list, one report, writing, sending, amending.

mod draw;
pub mod list;
pub mod show;
pub mod write;

use pbgdpl_app::plan::{View, view};
use pbgdpl_scope::Tenant;

pub(crate) use draw::{figures_of, standing_state, task_block, term};

use crate::error::Error;
use crate::extract::Staff;
use crate::state::AppState;

/// Agency, plan, year: how a report is addressed.
pub type Address = (String, String, i32);

/// The address of a report.
pub(crate) fn address(tenant: &Tenant, plan: &str, year: i32) -> String {
    format!("/quan-tri/{}/bao-cao-ke-hoach/{plan}/{year}", tenant.slug())
}

async fn report_at(state: &AppState, staff: &Staff, (_, plan, year): &Address) -> Result<View, Error> {
    let reader = state.read.tenant(staff.ctx.tenant()).await?;
    let agency = staff.ctx.tenant().agency();
    Ok(view(&reader, agency, (plan, *year), staff.today()).await?)
}
