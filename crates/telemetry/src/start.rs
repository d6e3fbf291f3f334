//! Puts log lines, traces and counters together at the start of a process.

use std::io::IsTerminal;

use opentelemetry::trace::TracerProvider;
use opentelemetry_sdk::trace::SdkTracerProvider;
use pbgdpl_config::{LogFormat, Telemetry};
use tracing::Subscriber;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer, Registry};

use crate::prometheus::{Metrics, metrics};
use crate::traces;

/// What goes into traces: our own steps and sea-orm's spans of SQL statements (without values), never the exporter's own calls.
const TRACED: &str = "info,pbgdpl=debug,opentelemetry=off,opentelemetry_sdk=off,\
                      opentelemetry_otlp=off,opentelemetry_http=off,hyper=off,hyper_util=off,reqwest=off";

/// Why telemetry did not start.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// `telemetry.filter` cannot be read.
    #[error("telemetry.filter: không đọc được bộ lọc nhật ký")]
    Filter(#[source] tracing_subscriber::filter::ParseError),
    /// The exporter of traces cannot be made.
    #[error("telemetry.otlp_endpoint: không tạo được bộ gửi vết")]
    Exporter(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The recorder of counters cannot be made.
    #[error("không tạo được bộ đếm cho Prometheus")]
    Metrics(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// This process has a subscriber already.
    #[error("nhật ký của tiến trình đã được khởi tạo trước đó")]
    AlreadyStarted(#[source] tracing_subscriber::util::TryInitError),
}

/// Keeps telemetry alive; dropping it sends the last spans, for two seconds at most.
#[must_use = "traces end when the guard is dropped"]
pub struct Guard {
    traces: Option<SdkTracerProvider>,
    metrics: Metrics,
}

impl Guard {
    /// Returns the counters of this process.
    pub fn metrics(&self) -> Metrics {
        self.metrics.clone()
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        if let Some(provider) = &self.traces {
            traces::finish(provider);
        }
    }
}

/// Starts log lines, traces and counters for the whole process.
pub fn init(settings: &Telemetry, service: &'static str) -> Result<Guard, Error> {
    let (subscriber, guard) = subscriber(settings, service)?;
    subscriber.try_init().map_err(Error::AlreadyStarted)?;
    Ok(guard)
}

/// Makes the subscriber without installing it, for a test that watches one thread.
pub fn subscriber(
    settings: &Telemetry,
    service: &'static str,
) -> Result<(impl Subscriber + Send + Sync + use<>, Guard), Error> {
    let metrics = metrics()?;
    let filter = EnvFilter::try_new(&settings.filter).map_err(Error::Filter)?;
    let provider = settings
        .otlp_endpoint
        .as_deref()
        .map(|endpoint| traces::provider(endpoint, service))
        .transpose()?;
    let traces = provider.as_ref().map(|provider| {
        tracing_opentelemetry::layer()
            .with_tracer(provider.tracer(service))
            .with_error_events_to_exceptions(false)
            .with_error_fields_to_exceptions(false)
            .with_filter(EnvFilter::new(TRACED))
    });
    let subscriber = Registry::default()
        .with(log_lines(settings.log).with_filter(filter))
        .with(traces);
    Ok((
        subscriber,
        Guard {
            traces: provider,
            metrics,
        },
    ))
}

fn log_lines<S>(format: LogFormat) -> Box<dyn Layer<S> + Send + Sync>
where
    S: Subscriber + for<'span> tracing_subscriber::registry::LookupSpan<'span>,
{
    // Standard output belongs to what a command answers.
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr);
    match format {
        LogFormat::Human => Box::new(lines.with_ansi(std::io::stderr().is_terminal())),
        LogFormat::Json => Box::new(lines.json().flatten_event(true).with_span_list(false)),
    }
}
