//! The counters of the process, rendered for Prometheus.

use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::Duration;

use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};

use crate::start::Error;

/// Upper bounds of every histogram in seconds, from a cached page to a hopeless one.
const SECONDS: &[f64] = &[
    0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0,
];

static INSTALLED: OnceLock<Metrics> = OnceLock::new();
static INSTALLING: Mutex<()> = Mutex::new(());

/// The counters of this process.
#[derive(Clone)]
pub struct Metrics(PrometheusHandle);

impl Metrics {
    /// Returns the text a scrape gets.
    pub fn render(&self) -> String {
        self.0.render()
    }
}

/// Returns the counters of this process, and installs their recorder at the first call.
pub fn metrics() -> Result<Metrics, Error> {
    // A panic elsewhere cannot leave anything half done here.
    let _one_at_a_time = INSTALLING.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(installed) = INSTALLED.get() {
        return Ok(installed.clone());
    }
    let handle = PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), SECONDS)
        .and_then(PrometheusBuilder::install_recorder)
        .map_err(|error| Error::Metrics(Box::new(error)))?;
    describe();
    keep_small(handle.clone())?;
    Ok(INSTALLED.get_or_init(|| Metrics(handle)).clone())
}

/// Folds histograms now and then, so that memory stays bounded when nobody scrapes.
fn keep_small(handle: PrometheusHandle) -> Result<(), Error> {
    let thread = std::thread::Builder::new().name("metrics-upkeep".to_owned());
    let folding = thread.spawn(move || {
        loop {
            std::thread::sleep(Duration::from_secs(5));
            handle.run_upkeep();
        }
    });
    folding.map(drop).map_err(|error| Error::Metrics(Box::new(error)))
}

fn describe() {
    metrics::describe_counter!(
        "pbgdpl_page_pictures_total",
        "pictures of agencies' pages by what came of them: taken, or why not"
    );
    metrics::describe_counter!(
        "pbgdpl_pdf_files_total",
        "PDF files by what came of them: printed, or why not"
    );
    metrics::describe_counter!(
        "pbgdpl_spans_ended_total",
        "spans that ended and were offered to the exporter"
    );
    metrics::describe_counter!("pbgdpl_spans_exported_total", "spans the collector accepted");
    metrics::describe_counter!(
        "pbgdpl_spans_lost_total",
        "spans the collector did not accept in time"
    );
}
