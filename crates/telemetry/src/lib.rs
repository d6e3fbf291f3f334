//! Tracing, metrics and logs of one process.
