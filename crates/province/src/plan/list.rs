//! Every plan with its years: how many agencies have contributed, and how the province's report stands.

use chrono::NaiveDate;
use pbgdpl_model::manifest::PlanFile;
use pbgdpl_model::plan::is_asked;
use pbgdpl_scope::ProvinceCtx;
use pbgdpl_scope::action::ReportFollow;
use pbgdpl_store::province::{Decision, PlanReport, SentContribution};

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
        let sent = store.contributions(&plan.id, year).await?;
        // The versions of an agency stand together, the newest first; what was accepted holds while an amendment waits.
        let agencies = || sent.chunk_by(|one, other| one.tenant == other.tenant);
        let accepted = |own: &&[SentContribution]| own.iter().any(|sent| sent.decision == Decision::Accepted);
        let waits = |own: &&[SentContribution]| {
            own.first()
                .is_some_and(|newest| newest.decision == Decision::Waiting)
        };
        let tenants = ctx.snapshot().tenants();
        years.push(PlanYear {
            asked: tenants
                .filter(|tenant| is_asked(plan, tenant.agency(), year))
                .count(),
            accepted: agencies().filter(accepted).count(),
            waiting: agencies().filter(waits).count(),
            newest: store.plan_reports(&plan.id, year).await?.into_iter().next(),
            due: plans.due(&plan.id, year),
            plan: plan.clone(),
            year,
        });
    }
    Ok(years)
}
