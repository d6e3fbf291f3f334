//! `pbgdpl rollup verify|rebuild`: the days of every agency, compared with its ledger or computed anew from it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use chrono::{Datelike, NaiveDate};
use clap::Subcommand;
use pbgdpl_model::clock::SystemClock;
use pbgdpl_model::ledger::Measure;
use pbgdpl_scope::Tenant;
use pbgdpl_scope::action::OversightRead;
use serde_json::{Value, json};

use crate::screen;
use crate::wiring::{self, House};

/// Options of `rollup`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// So số cộng theo ngày với sổ hoạt động, và bản của tỉnh với bản của cơ quan
    Verify {
        /// In một dòng JSON
        #[arg(long)]
        json: bool,
    },
    /// Cộng lại mọi ngày từ sổ hoạt động
    Rebuild {
        /// Chỉ một cơ quan
        #[arg(long, value_name = "CƠ_QUAN")]
        agency: Option<String>,
    },
}

/// Verifies (exit code 1 where something differs) or rebuilds.
///
/// # Errors
/// Of the database.
pub async fn run(config: Option<&Path>, args: Args) -> anyhow::Result<ExitCode> {
    let settings = wiring::settings(config)?;
    wiring::refuse_old_schema(&settings).await?;
    let house = House::open(&settings, Arc::new(SystemClock)).await?;
    let code = match args.what {
        What::Verify { json } => verify(&house, json).await?,
        What::Rebuild { agency } => {
            let tenants = match agency {
                Some(slug) => vec![house.agency(&slug)?],
                None => house.agencies(),
            };
            rebuild(&house, &tenants).await?;
            ExitCode::SUCCESS
        }
    };
    house.database.clone().close().await;
    Ok(code)
}

async fn verify(house: &House, json: bool) -> anyhow::Result<ExitCode> {
    let tenants = house.agencies();
    let bar = screen::bar(u64::try_from(tenants.len())?, "So sánh");
    let (mut days, mut faults) = (0, Vec::new());
    let ctx = house.province_ctx();
    let warrant = ctx.warrant::<OversightRead>()?;
    // Copies of agencies that the register does not know.
    let province = house.store.province_reader(&warrant).await?;
    let copied = province.totals_of_days().await?;
    drop(province);
    for (stranger, measure, quantity) in copied {
        if !tenants.iter().any(|tenant| tenant.id() == stranger) {
            faults.push(json!({
                "agency": stranger.to_string(), "measure": measure.word(), "day_total": null, "province": quantity,
            }));
        }
    }
    for tenant in &tenants {
        let reader = house.store.read().tenant(tenant).await?;
        let (kept, counted) = (reader.day_totals().await?, reader.ledger_days().await?);
        drop(reader);
        let province = house.store.province_reader(&warrant).await?;
        let copied = province.days_of(tenant.id()).await?;
        let changes = province.changes_of(tenant.id()).await?;
        let months = province.months_of(tenant.id()).await?;
        drop(province);
        faults.extend(months_that_differ(tenant, &kept, &months));
        let all: BTreeSet<_> = kept
            .keys()
            .chain(counted.keys())
            .chain(copied.keys())
            .chain(changes.keys())
            .collect();
        for at in all {
            let (kept, counted, copied) = (kept.get(at), counted.get(at), copied.get(at));
            days += 1;
            let known = changes.get(at).copied().unwrap_or(0);
            if kept != counted || kept != copied || known != counted.copied().unwrap_or(0) {
                faults.push(json!({
                    "agency": tenant.slug(), "day": at.0, "measure": at.1.word(),
                    "ledger": counted, "day_total": kept, "province": copied, "changes": known,
                }));
            }
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    if json {
        screen::say_json(&json!({ "agencies": tenants.len(), "sums": days, "faults": faults }))?;
    } else {
        faults
            .iter()
            .for_each(|fault| screen::say(format!("khác nhau: {fault}")));
        screen::say(format!(
            "{} cơ quan, {days} số cộng, {} chỗ khác nhau.",
            tenants.len(),
            faults.len()
        ));
    }
    Ok(if faults.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// The province's months that are not the sums of the agency's days.
fn months_that_differ(
    tenant: &Tenant,
    days: &BTreeMap<(NaiveDate, Measure), i64>,
    months: &BTreeMap<(NaiveDate, Measure), i64>,
) -> Vec<Value> {
    let mut summed: BTreeMap<(NaiveDate, Measure), i64> = BTreeMap::new();
    for ((day, measure), quantity) in days {
        let month = day.with_day(1).unwrap_or(*day);
        *summed.entry((month, *measure)).or_insert(0) += quantity;
    }
    let all: BTreeSet<_> = summed.keys().chain(months.keys()).collect();
    all.into_iter()
        .filter(|at| summed.get(at) != months.get(at))
        .map(|at| {
            json!({
                "agency": tenant.slug(), "month": at.0, "measure": at.1.word(),
                "day_total": summed.get(at), "month_total": months.get(at),
            })
        })
        .collect()
}

async fn rebuild(house: &House, tenants: &[Tenant]) -> anyhow::Result<()> {
    let bar = screen::bar(u64::try_from(tenants.len())?, "Cộng lại");
    let done = pbgdpl_jobs::rebuild(&house.app, tenants, |tenant| {
        bar.set_message(tenant.slug().to_owned());
        bar.inc(1);
    })
    .await?;
    bar.finish_and_clear();
    screen::say(format!("Đã cộng lại {done} ngày của {} cơ quan.", tenants.len()));
    Ok(())
}
