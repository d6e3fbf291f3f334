//! Looking: the dashboard, the way down from a figure, and beside each the same figures grouped from the raw rows.

use anyhow::{Context, ensure};
use pbgdpl_model::ledger::Measure;
use pbgdpl_model::policy::Role;
use pbgdpl_model::structure::View;
use pbgdpl_province::oversight::dashboard::dashboard;
use pbgdpl_province::oversight::drill::{self, Asked, figure};
use sqlx::Executor;

use crate::place::{Place, YEAR};
use crate::tally::Tally;

const TIMES: usize = 40;
const RAW_TIMES: usize = 5;

/// The dashboard's sums of two years, as one would ask without roll-ups.
const RAW_YEARS: &str = "select tenant_id, extract(year from day), extract(month from day), measure, sum(quantity) from ledger \
    where day between '2020-01-01' and '2021-12-31' group by 1, 2, 3, 4";
/// A figure's parts, the same way.
const RAW_YEAR: &str = "select tenant_id, measure, sum(quantity) from ledger where day between '2021-01-01' and '2021-12-31' group by 1, 2";

/// Looks cold, then again and again.
pub async fn look(place: &Place, tally: &mut Tally) -> anyhow::Result<()> {
    let auditor = place.province_ctx(Role::Auditor);
    let at = || View::AsWas;
    let shown = tally
        .once("dashboard_cold", async {
            anyhow::Ok(dashboard(&place.province, &auditor, Some(YEAR), at()).await?)
        })
        .await?;
    let total = |measure| {
        shown
            .totals
            .iter()
            .find(|total| total.measure == measure)
            .map(|total| total.this)
    };
    let attendees = total(Measure::DirectAttendees).context("no total")?;
    ensure!(attendees > 0, "the dashboard shows nothing");
    tally
        .often("dashboard", TIMES, async |_| {
            dashboard(&place.province, &auditor, Some(YEAR), at()).await?;
            anyhow::Ok(())
        })
        .await?;
    tally
        .often("figure", TIMES, async |_| {
            let found = figure(&place.province, &auditor, Measure::DirectAttendees, YEAR, at()).await?;
            ensure!(found.total == attendees, "{} is not {attendees}", found.total);
            anyhow::Ok(())
        })
        .await?;
    // Of every agency in turn, the largest as well.
    let agencies = place.reporting();
    tally
        .often("rows", agencies.len(), async |number| {
            let agency = agencies.get(number).context("no agency")?;
            let asked = Asked {
                measure: Measure::DirectAttendees,
                year: YEAR,
                month: None,
                known: None,
                page: 2,
                per_page: 50,
            };
            let found = drill::rows(&place.province, &auditor, agency.id(), asked).await?;
            ensure!(
                found.sum == found.copied,
                "{}: {} of {}",
                agency.slug(),
                found.sum,
                found.copied
            );
            anyhow::Ok(())
        })
        .await?;
    let mut admin = place.administrator().await?;
    // What a report would do with memory to spare.
    admin.execute("set work_mem = '64MB'").await?;
    for (name, question) in [("raw_dashboard", RAW_YEARS), ("raw_figure", RAW_YEAR)] {
        tally
            .often(name, RAW_TIMES, async |_| {
                let rows = sqlx::query(question).fetch_all(&mut admin).await?;
                ensure!(rows.len() > 100, "{} rows", rows.len());
                anyhow::Ok(())
            })
            .await?;
    }
    Ok(())
}
