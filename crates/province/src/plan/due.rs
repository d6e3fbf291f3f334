//! Which reports on plans are not sent while their last day is near, or just over.

use chrono::Datelike;
use pbgdpl_model::id::TenantId;
use pbgdpl_model::plan::{PlanReminder, is_asked};
use pbgdpl_model::report::Nearness;
use pbgdpl_scope::ProvinceCtx;
use pbgdpl_scope::action::ReportFollow;
use pbgdpl_store::province::Decision;

use super::plans;
use crate::{Error, Province};

/// A report on a plan that somebody waits for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanNotSent {
    /// Who must send it.
    pub tenant: TenantId,
    /// Its official name on that day.
    pub name: String,
    /// Name of the plan.
    pub title: String,
    /// "năm 2020".
    pub term: String,
    /// What it is, and how near its last day.
    pub reminder: PlanReminder,
}

/// All of them at this moment, by name of the agency.
///
/// # Errors
/// [`Error::Denied`], or a fault of the store.
#[tracing::instrument(name = "province.plan.due", skip_all)]
pub async fn due(province: &Province, ctx: &ProvinceCtx) -> Result<Vec<PlanNotSent>, Error> {
    let warrant = ctx.warrant::<ReportFollow>()?;
    let store = province.store().province_reader(&warrant).await?;
    let plans = plans(&store).await?;
    let today = ctx.now().day();
    let mut found = Vec::new();
    for (plan, year) in plans.years_until(today) {
        // What is sent of a year is sent by the end of the next one.
        if year + 1 < today.year() {
            continue;
        }
        let due = plans.due(&plan.id, year);
        let Some((due, nearness)) = due.and_then(|due| Some((due, Nearness::of(today, due)?))) else {
            continue;
        };
        let sent = store.contributions(&plan.id, year).await?;
        for tenant in ctx.snapshot().tenants() {
            let own = || sent.iter().filter(|sent| sent.tenant == tenant.id());
            let newest = own().next().map(|sent| sent.decision);
            let waits = matches!(newest, None | Some(Decision::Returned))
                && !own().any(|sent| sent.decision == Decision::Accepted);
            if !waits || !is_asked(plan, tenant.agency(), year) {
                continue;
            }
            found.push(PlanNotSent {
                tenant: tenant.id(),
                name: tenant.official(today).to_owned(),
                title: plan.title.clone(),
                term: plan.term_words(year),
                reminder: PlanReminder {
                    plan: plan.id.clone(),
                    year,
                    nearness,
                    due,
                },
            });
        }
    }
    pbgdpl_vietnamese::sort_by_name(&mut found, |report| report.name.as_str());
    Ok(found)
}
