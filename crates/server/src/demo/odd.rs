//! One odd act in the demo's past, by real acts: a role given to the wrong person and taken back some minutes later (AUD-07).

use pbgdpl_app::member::{grant, revoke};
use pbgdpl_jobs::Jobs;
use pbgdpl_model::clock::SetClock;
use pbgdpl_model::policy::Role;
use pbgdpl_scope::Tenant;

use crate::demo::FULL;
use crate::demo::people::{self, People};
use crate::demo::time::{at, day};
use crate::demo::year::YEAR;
use crate::wiring::House;

/// An administrator gives the approver of another agency a role, and sees the mistake: the watch does too.
///
/// # Errors
/// Where an act is refused, or the store fails.
pub async fn a_role_by_mistake(
    house: &House,
    clock: &SetClock,
    people: &People,
    tenants: &[Tenant],
    jobs: &Jobs,
) -> anyhow::Result<()> {
    let mut full = tenants.iter().filter(|tenant| FULL.contains(&tenant.slug()));
    let (Some(here), Some(elsewhere)) = (full.next(), full.next()) else {
        return Ok(());
    };
    let wrong = people.of(elsewhere, Role::Approver)?.account;
    let admin = people.of(here, Role::AgencyAdmin)?;
    clock.set(at(day(YEAR + 1, 2, 9), 10 * 60));
    let ctx = admin.ctx(here, house.app.now());
    let address = people::address(elsewhere, Role::Approver);
    grant::grant(&house.app, &ctx, &address, Role::Editor).await?;
    clock.set(at(day(YEAR + 1, 2, 9), 10 * 60 + 12));
    let ctx = admin.ctx(here, house.app.now());
    revoke::revoke(&house.app, &ctx, wrong, Role::Editor).await?;
    clock.set(at(day(YEAR + 1, 2, 9), 10 * 60 + 15));
    jobs.watch().await?;
    jobs.run_once_until_idle().await?;
    Ok(())
}
