//! Which attributes may leave for the collector: a list, so that no personal data slips out with a new field.

use std::borrow::Cow;
use std::time::Duration;

use opentelemetry::trace::Status;
use opentelemetry::{Context, KeyValue};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::error::OTelSdkResult;
use opentelemetry_sdk::trace::{Span, SpanData, SpanProcessor};

/// The attributes that leave, sorted. Error texts, addresses, names and queries are not among them.
pub const ALLOWED: &[&str] = &[
    "act",
    "attempt",
    "busy_ns",
    "code.file.path",
    "code.line.number",
    "code.module.name",
    "db.collection.name",
    "db.operation",
    "db.operation.name",
    "db.query.summary",
    "db.query.text",
    "db.statement",
    "db.system",
    "db.system.name",
    "elapsed",
    "elapsed_ms",
    "elapsed_secs",
    "engine",
    "form",
    "generation",
    "http.request.body.size",
    "http.request.method",
    "http.response.body.size",
    "http.response.status_code",
    "http.route",
    "idle_ns",
    "job",
    "kind",
    "level",
    "method",
    "origin",
    "outbox_id",
    "outcome",
    "period",
    "request_id",
    "route",
    "rows",
    "rows_affected",
    "rows_returned",
    "status",
    "summary",
    "table",
    "target",
    "tenant",
    "thread.id",
    "thread.name",
];

/// Takes everything else off a span, then hands it on.
#[derive(Debug)]
pub(crate) struct AllowedOnly<P>(pub P);

impl<P: SpanProcessor> SpanProcessor for AllowedOnly<P> {
    fn on_start(&self, span: &mut Span, context: &Context) {
        self.0.on_start(span, context);
    }

    fn on_end(&self, mut span: SpanData) {
        prune(&mut span.attributes);
        for event in &mut span.events.events {
            prune(&mut event.attributes);
        }
        if let Status::Error { description } = &mut span.status {
            *description = Cow::Borrowed("");
        }
        metrics::counter!("pbgdpl_spans_ended_total").increment(1);
        self.0.on_end(span);
    }

    fn force_flush(&self) -> OTelSdkResult {
        self.0.force_flush()
    }

    fn shutdown_with_timeout(&self, timeout: Duration) -> OTelSdkResult {
        self.0.shutdown_with_timeout(timeout)
    }

    fn set_resource(&mut self, resource: &Resource) {
        self.0.set_resource(resource);
    }
}

fn prune(attributes: &mut Vec<KeyValue>) {
    attributes.retain(|attribute| ALLOWED.binary_search(&attribute.key.as_str()).is_ok());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_and_prunes() {
        assert!(ALLOWED.is_sorted());
        let mut attributes = vec![
            KeyValue::new("tenant", "a"),
            KeyValue::new("email", "b@example.vn"),
        ];
        prune(&mut attributes);
        assert_eq!(attributes, [KeyValue::new("tenant", "a")]);
    }
}
