//! The tracer of one process: a bounded queue, a thread of its own, an end that takes two seconds at most.

use std::time::Duration;

use opentelemetry_sdk::Resource;
use opentelemetry_sdk::trace::{BatchConfigBuilder, BatchSpanProcessor, Sampler, SdkTracerProvider};

use crate::attributes::AllowedOnly;
use crate::exporter::Exporter;
use crate::start::Error;

/// Spans that may wait for the collector; more are dropped.
const QUEUE: usize = 4096;
const BATCH: usize = 512;
const EVERY: Duration = Duration::from_secs(1);

/// How long the end of the process waits for the last spans.
const LAST_SPANS: Duration = Duration::from_secs(2);

/// Makes the provider of spans for one service name.
pub(crate) fn provider(endpoint: &str, service: &'static str) -> Result<SdkTracerProvider, Error> {
    let batches = BatchConfigBuilder::default()
        .with_max_queue_size(QUEUE)
        .with_max_export_batch_size(BATCH)
        .with_scheduled_delay(EVERY)
        .build();
    let processor = BatchSpanProcessor::builder(Exporter::new(endpoint)?)
        .with_batch_config(batches)
        .build();
    let resource = Resource::builder().with_service_name(service).build();
    Ok(SdkTracerProvider::builder()
        .with_sampler(Sampler::ParentBased(Box::new(Sampler::AlwaysOn)))
        .with_resource(resource)
        .with_span_processor(AllowedOnly(processor))
        .build())
}

/// Sends the last spans; what does not get through within two seconds is lost.
pub(crate) fn finish(provider: &SdkTracerProvider) {
    if let Err(error) = provider.shutdown_with_timeout(LAST_SPANS) {
        tracing::debug!(%error, "last spans were not sent");
    }
}
