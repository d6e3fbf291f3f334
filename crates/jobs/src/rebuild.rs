//! Every day of every agency counted anew, several agencies at a time where the database takes several writers.

use pbgdpl_app::App;
use pbgdpl_scope::Tenant;
use pbgdpl_store::Engine;
use tokio::task::JoinSet;

use crate::failure::Failure;

/// Agencies at a time on PostgreSQL: they share no row. A node has ten connections.
const AT_ONCE: usize = 4;

/// Counts these agencies' days anew, each in a transaction of its own; answers how many days hold something. `done` hears of each agency.
///
/// # Errors
/// The first agency whose days cannot be counted; those before it stay counted.
pub async fn rebuild(app: &App, tenants: &[Tenant], mut done: impl FnMut(&Tenant)) -> Result<u64, Failure> {
    let at_once = match app.store().engine() {
        Engine::Sqlite => 1,
        Engine::Postgres => AT_ONCE,
    };
    let (mut running, mut days) = (JoinSet::new(), 0);
    for tenant in tenants {
        if running.len() >= at_once {
            days += ended(running.join_next().await, &mut done)?;
        }
        running.spawn(one(app.clone(), tenant.clone()));
    }
    while let Some(next) = running.join_next().await {
        days += ended(Some(next), &mut done)?;
    }
    Ok(days)
}

type Ended = Option<Result<Result<(Tenant, u64), Failure>, tokio::task::JoinError>>;

fn ended(next: Ended, done: &mut impl FnMut(&Tenant)) -> Result<u64, Failure> {
    let Some(next) = next else { return Ok(0) };
    let (tenant, days) = next.map_err(|fault| Failure::never(fault.to_string()))??;
    done(&tenant);
    Ok(days)
}

async fn one(app: App, tenant: Tenant) -> Result<(Tenant, u64), Failure> {
    let mut agency = app.store().tenant(&tenant).await?;
    // What is written meanwhile waits, and marks its day again.
    agency.hold_ledger().await?;
    let days = agency.rebuild_days(app.now()).await?;
    agency.save().await?;
    Ok((tenant, days))
}
