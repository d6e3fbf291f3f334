//! `[metrics]`: the listener of `/metrics`, apart from the public one.

use std::net::SocketAddr;

use crate::address::listening;
use crate::reader::Reader;

/// The listener of `/metrics`, apart from the public one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Metrics {
    /// The address Prometheus scrapes. `PBGDPL_METRICS__LISTEN`, default `127.0.0.1:9464`.
    pub listen: SocketAddr,
}

impl Metrics {
    pub(crate) fn read(reader: &mut Reader) -> Self {
        Self {
            listen: reader.parsed(
                "metrics",
                "listen",
                SocketAddr::from(([127, 0, 0, 1], 9464)),
                listening,
            ),
        }
    }
}
