//! `pbgdpl serve`: pages, files, frames, jobs and metrics of one node.

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use pbgdpl_model::clock::SystemClock;

use crate::wiring::{self, Doors, House};
use crate::{listen, stop};

/// Options of `serve`.
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Serves until SIGINT or SIGTERM.
///
/// # Errors
/// Where settings, database or sockets cannot be used.
pub async fn run(config: Option<&Path>, _: Args) -> anyhow::Result<ExitCode> {
    let settings = wiring::settings(config)?;
    let telemetry = pbgdpl_telemetry::init(&settings.telemetry, "pbgdpl")?;
    let stop = stop::on_signals()?;
    wiring::refuse_old_schema(&settings).await?;
    let house = House::open(&settings, Arc::new(SystemClock)).await?;
    let doors = Doors {
        listeners: vec![listen::on(settings.server.listen).await?],
        metrics: listen::on(settings.metrics.listen).await?,
    };
    tracing::info!(
        public = %settings.server.public_url, desk = %settings.server.desk_url, listen = %settings.server.listen,
        agencies = house.store.registry().now().len(), "serving"
    );
    let web = wiring::web_settings(&house, &settings, false).await?;
    if let Some(press) = web.press.clone() {
        tokio::spawn(async move {
            if let Err(error) = press.try_out().await {
                tracing::warn!(%error, "paper.worker makes no PDF file; see `pbgdpl check`");
            }
        });
    }
    wiring::serve(&house, &settings, web, doors, telemetry.metrics(), stop).await?;
    house.database.clone().close().await;
    Ok(ExitCode::SUCCESS)
}
