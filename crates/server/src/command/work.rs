//! `pbgdpl work`: jobs only, on a node that serves nobody but Prometheus.

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use pbgdpl_model::clock::SystemClock;

use crate::wiring::{self, House};
use crate::{listen, metrics, stop};

/// Options of `work`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Làm hết việc đang chờ rồi dừng
    #[arg(long)]
    once: bool,
}

/// Works until SIGINT or SIGTERM, or until nothing waits.
///
/// # Errors
/// Where settings or database cannot be used.
pub async fn run(config: Option<&Path>, args: Args) -> anyhow::Result<ExitCode> {
    let settings = wiring::settings(config)?;
    let telemetry = pbgdpl_telemetry::init(&settings.telemetry, "pbgdpl")?;
    let stop = stop::on_signals()?;
    wiring::refuse_old_schema(&settings).await?;
    let house = House::open(&settings, Arc::new(SystemClock)).await?;
    let jobs = house.jobs(&settings)?;
    if args.once {
        let done = jobs.run_once_until_idle().await?;
        tracing::info!(done, "nothing waits any more");
    } else {
        let listener = listen::on(settings.metrics.listen).await?;
        let measuring = tokio::spawn(metrics::serve(
            listener,
            telemetry.metrics(),
            house.store.read(),
            stop.clone(),
        ));
        jobs.run_until(stop).await;
        measuring.abort();
    }
    house.database.clone().close().await;
    Ok(ExitCode::SUCCESS)
}
