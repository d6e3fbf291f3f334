//! Every plan with its years: how many agencies have contributed, and how the province's report stands.

use chrono::NaiveDate;
use pbgdpl_model::manifest::PlanFile;
use pbgdpl_model::plan::is_asked;
use pbgdpl_scope::ProvinceCtx;
use pbgdpl_scope::action::ReportFollow;
use pbgdpl_store::province::{Decision, PlanReport};

use super::plans;
use crate::{Error, Province};

/// One year of a plan.
#[derive(Debug, Clone)]
pub struct PlanYear {
    /// The plan, in the wording of the year.
    pub plan: PlanFile,
    /// Year.
    pub year: i32,
    /// The last day to send what is contributed, where one is set.
    pub due: Option<NaiveDate>,
    /// How many agencies it asks.
    pub asked: usize,
    /// How many contributions are accepted.
    pub accepted: usize,
    /// How many wait to be decided upon.
    pub waiting: usize,
    /// The newest version of the province's report.
    pub newest: Option<PlanReport>,
}

/// Every plan with every year of it that has begun, the newest year first.
///
/// # Errors
/// [`Error::Denied`], or a fault of the store.
#[tracing::instrument(name = "province.plan.list", skip_all)]
pub async fn list(province: &Province, ctx: &ProvinceCtx) -> Result<Vec<PlanYear>, Error> {
    let warrant = ctx.warrant::<ReportFollow>()?;
    let store = province.store().province_reader(&warrant).await?;
    let plans = plans(&store).await?;
    let mut years = Vec::new();
    for (plan, year) in plans.years_until(ctx.now().day()) {
        let mut sent = store.contributions(&plan.id, year).await?;
        // The newest version of each agency stands first.
        sent.dedup_by_key(|sent| sent.tenant);
        let count = |decision| sent.iter().filter(|sent| sent.decision == decision).count();
        let tenants = ctx.snapshot().tenants();
        years.push(PlanYear {
            asked: tenants
                .filter(|tenant| is_asked(plan, tenant.agency(), year))
                .count(),
            accepted: count(Decision::Accepted),
            waiting: count(Decision::Waiting),
            newest: store.plan_reports(&plan.id, year).await?.into_iter().next(),
            due: plans.due(&plan.id, year),
            plan: plan.clone(),
            year,
        });
    }
    Ok(years)
}
