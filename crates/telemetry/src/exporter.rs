//! Sends spans from the batch thread over HTTP, gives up early and counts what was lost.

use std::time::Duration;

use opentelemetry_otlp::{SpanExporter as Otlp, WithExportConfig, WithHttpConfig};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::error::{OTelSdkError, OTelSdkResult};
use opentelemetry_sdk::trace::{SpanData, SpanExporter};
use tokio::runtime::Runtime;

use crate::start::Error;

/// After how long a collector counts as down.
const PATIENCE: Duration = Duration::from_secs(2);

/// The OTLP exporter with a small runtime of its own: the batch thread has none, and the program's must never
/// wait for a collector (open-telemetry/opentelemetry-rust#2715).
#[derive(Debug)]
pub(crate) struct Exporter {
    otlp: Otlp,
    runtime: Option<Runtime>,
}

impl Exporter {
    /// Makes an exporter to `endpoint`, which may name the collector or its `/v1/traces`.
    pub fn new(endpoint: &str) -> Result<Self, Error> {
        let base = endpoint.trim_end_matches('/');
        let endpoint = if base.ends_with("/v1/traces") {
            base.to_owned()
        } else {
            format!("{base}/v1/traces")
        };
        let client = reqwest::Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(PATIENCE)
            .timeout(PATIENCE)
            .build()
            .map_err(|error| Error::Exporter(Box::new(error)))?;
        let otlp = Otlp::builder()
            .with_http()
            .with_http_client(client)
            .with_endpoint(endpoint)
            .with_timeout(PATIENCE)
            .build()
            .map_err(|error| Error::Exporter(Box::new(error)))?;
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|error| Error::Exporter(Box::new(error)))?;
        Ok(Self {
            otlp,
            runtime: Some(runtime),
        })
    }
}

impl SpanExporter for Exporter {
    async fn export(&self, batch: Vec<SpanData>) -> OTelSdkResult {
        let count = u64::try_from(batch.len()).unwrap_or(u64::MAX);
        let Some(runtime) = &self.runtime else {
            return Err(OTelSdkError::AlreadyShutdown);
        };
        // Called by the batch thread only, outside any runtime, so blocking here is what the thread is for.
        let sent = runtime.block_on(async {
            let late = |_| OTelSdkError::Timeout(PATIENCE);
            tokio::time::timeout(PATIENCE, self.otlp.export(batch))
                .await
                .map_err(late)
                .flatten()
        });
        match &sent {
            Ok(()) => metrics::counter!("pbgdpl_spans_exported_total").increment(count),
            Err(_) => metrics::counter!("pbgdpl_spans_lost_total").increment(count),
        }
        sent
    }

    fn shutdown_with_timeout(&self, timeout: Duration) -> OTelSdkResult {
        self.otlp.shutdown_with_timeout(timeout)
    }

    fn set_resource(&mut self, resource: &Resource) {
        self.otlp.set_resource(resource);
    }
}

impl Drop for Exporter {
    fn drop(&mut self) {
        // A name lookup that hangs must not hold up the end of the process.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}
