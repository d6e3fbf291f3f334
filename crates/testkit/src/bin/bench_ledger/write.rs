//! Writing: what an act costs, how soon it is on the dashboard, and all days counted anew.

use std::time::{Duration, Instant};

use anyhow::{Context, bail, ensure};
use pbgdpl_app::activity::{Facts, Outcome, draft, record::record};
use pbgdpl_jobs::Jobs;
use pbgdpl_mail::Sender;
use pbgdpl_model::activity::{Content, Kind};
use pbgdpl_model::ledger::Measure;
use pbgdpl_model::policy::Role;
use pbgdpl_model::structure::View;
use pbgdpl_province::oversight::dashboard::dashboard;
use pbgdpl_scope::Tenant;
use sqlx::Executor;
use tokio_util::sync::CancellationToken;

use crate::place::{Place, YEAR};
use crate::rows::{float, number};
use crate::tally::Tally;

/// Acts whose cost is measured.
const ACTS: u32 = 90;
/// Acts that are followed to the dashboard.
const FOLLOWED: u32 = 5;

/// All that is summed goes, as if it had never been; then every day of every agency is counted from the ledger: first with what was
/// known when, then, as a repair is, with that standing. As `pbgdpl rollup rebuild` does it.
pub async fn rebuild(place: &Place, tally: &mut Tally) -> anyhow::Result<()> {
    let mut admin = place.administrator().await?;
    admin.execute("set session_replication_role = replica").await?;
    let agencies: Vec<Tenant> = place.app.store().registry().now().tenants().cloned().collect();
    let mut days = 0;
    for (name, gone) in [
        (
            "rebuild_first",
            "truncate day_total, province_day, province_month, province_day_change",
        ),
        ("rebuild", "truncate day_total, province_day, province_month"),
    ] {
        admin.execute(gone).await?;
        let work = async { anyhow::Ok(pbgdpl_jobs::rebuild(&place.app, &agencies, |_| {}).await?) };
        days = tally.once(name, work).await?;
        admin
            .execute("vacuum (analyze) day_total, province_day, province_month, province_day_change")
            .await?;
    }
    tally.note("days", f64::from(u32::try_from(days)?));
    let changes = number(&mut admin, "select count(*) from province_day_change").await?;
    tally.note("changes", float(changes)?);
    let differ = "select count(*) from (select tenant_id, day, measure, sum(quantity) as quantity from ledger group by 1, 2, 3) counted \
        full join province_day using (tenant_id, day, measure) where counted.quantity is distinct from province_day.quantity";
    let differ = number(&mut admin, differ).await?;
    ensure!(differ == 0, "{differ} days are not what the ledger says");
    Ok(())
}

/// Records activities; adds up their days; then follows some of them to the dashboard while the jobs run as on a node.
pub async fn act(place: &Place, tally: &mut Tally) -> anyhow::Result<()> {
    let sender = Sender::open(&place.mailbox(), "pbgdpl@thu.example")?;
    let jobs = Jobs::new(place.app.clone(), sender, "https://quantri.thu.example");
    jobs.run_once_until_idle().await?;
    let agencies = place.reporting();
    for agency in agencies.iter().take(3) {
        recorded(place, agency, 1).await?;
    }
    jobs.run_once_until_idle().await?;
    tally
        .once("acts", async {
            for number in 0..ACTS {
                let agency = agencies
                    .get(usize::try_from(number)? % agencies.len())
                    .context("no agency")?;
                recorded(place, agency, number).await?;
            }
            anyhow::Ok(())
        })
        .await?;
    tally.note("acts_count", f64::from(ACTS));
    tally
        .once("roll_up", async { anyhow::Ok(jobs.run_once_until_idle().await?) })
        .await?;

    let stop = CancellationToken::new();
    let working = tokio::spawn({
        let (jobs, stop) = (jobs.clone(), stop.clone());
        async move { jobs.run_until(stop).await }
    });
    let auditor = place.province_ctx(Role::Auditor);
    let shown = async || {
        let seen = dashboard(&place.province, &auditor, Some(YEAR), View::AsWas).await?;
        let total = seen
            .totals
            .iter()
            .find(|total| total.measure == Measure::DirectAttendees);
        anyhow::Ok(total.context("no total")?.this)
    };
    let mut slowest: f64 = 0.0;
    for number in 0..FOLLOWED {
        let before = shown().await?;
        let agency = agencies.get(usize::try_from(number)? * 7).context("no agency")?;
        recorded(place, agency, number).await?;
        let acknowledged = Instant::now();
        while shown().await? == before {
            if acknowledged.elapsed() > Duration::from_secs(60) {
                bail!("an act is not on the dashboard after a minute");
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        slowest = slowest.max(acknowledged.elapsed().as_secs_f64());
    }
    tally.note("seen", slowest);
    stop.cancel();
    Ok(working.await?)
}

/// An activity, written down and counted; `number` chooses the day.
async fn recorded(place: &Place, agency: &Tenant, number: u32) -> anyhow::Result<()> {
    let ctx = place.ctx(agency, Role::Reporter);
    let day = chrono::NaiveDate::from_yo_opt(YEAR, 100 + number).context("a day")?;
    let facts = Facts {
        kind: Kind::HoiNghi,
        day,
        content: Content {
            title: format!("Hội nghị thứ {number}"),
            form: "truc-tiep".into(),
            place: "Nhà rông".into(),
            sessions: 1,
            attendees: 40,
            no_evidence_reason: "Đo tốc độ, không có biên bản".into(),
            ..Content::default()
        },
        partners: Vec::new(),
    };
    let Outcome::Done(id) = draft::create(&place.app, &ctx, facts).await? else {
        bail!("not drafted")
    };
    match record(&place.app, &ctx, id, 1).await? {
        Outcome::Done(_) => Ok(()),
        other => bail!("not recorded: {other:?}"),
    }
}
