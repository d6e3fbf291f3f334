//! Tracing, metrics and logs of one process.
//!
//! Log lines go to standard error; spans go to a collector when one is configured; counters are rendered for
//! Prometheus. A collector that is down, slow or wrong costs no request: spans wait in a bounded queue beside
//! the requests and are dropped, counted, when it is full.

mod attributes;
mod exporter;
mod prometheus;
mod propagation;
mod start;
#[cfg(test)]
mod tests;
mod traces;

pub use attributes::ALLOWED;
pub use prometheus::{Metrics, metrics};
pub use propagation::{continue_from, current_traceparent};
pub use start::{Error, Guard, init, subscriber};
