//! The domain name system, asked through a kept resolver: the proof of a name, and where a name leads. Nothing is kept from one question to the next.

use std::collections::BTreeSet;
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use hickory_resolver::TokioResolver;
use hickory_resolver::config::{ConnectionConfig, NameServerConfig, ResolveHosts, ResolverConfig};
use hickory_resolver::net::NetError;
use hickory_resolver::net::runtime::TokioRuntimeProvider;
use hickory_resolver::proto::rr::RData;

/// How long one server may take, twice.
const PATIENCE: Duration = Duration::from_secs(2);

/// What is said of records that were asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Said<T> {
    /// They are there.
    Records(T),
    /// There are surely none.
    Nothing,
    /// Nobody could be asked.
    Silence,
}

/// Asks the domain name system. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Names(TokioResolver);

impl Names {
    /// `servers`: whom to ask; nobody means those of the machine.
    pub(crate) fn new(servers: &[SocketAddr]) -> Result<Self, String> {
        let asking = |servers: Vec<NameServerConfig>| {
            let config = ResolverConfig::from_parts(None, Vec::new(), servers);
            TokioResolver::builder_with_config(config, TokioRuntimeProvider::default())
        };
        let mut builder = if servers.is_empty() {
            // A machine that knows nobody asks itself, as the C library does: what does not answer is silence, no fault.
            TokioResolver::builder_tokio().unwrap_or_else(|error| {
                tracing::warn!(%error, "the machine names no servers of the domain name system");
                asking(vec![server(&SocketAddr::from(([127, 0, 0, 1], 53)))])
            })
        } else {
            asking(servers.iter().map(server).collect())
        };
        let options = builder.options_mut();
        options.cache_size = 0;
        options.timeout = PATIENCE;
        options.attempts = 2;
        // What the machine calls itself is nobody's proof.
        options.use_hosts_file = ResolveHosts::Never;
        let resolver = builder.build().map_err(|error| error.to_string())?;
        Ok(Self(resolver))
    }

    /// The texts that stand under a name (TXT, RFC 1035 3.3.14), each put together from its parts.
    pub(crate) async fn texts(&self, name: &str) -> Said<Vec<String>> {
        match self.0.txt_lookup(rooted(name)).await {
            Ok(found) => Said::Records(
                found
                    .answers()
                    .iter()
                    .filter_map(|record| match &record.data {
                        RData::TXT(text) => {
                            Some(String::from_utf8_lossy(&text.txt_data.concat()).into_owned())
                        }
                        _ => None,
                    })
                    .collect(),
            ),
            Err(error) => none(&error),
        }
    }

    /// The addresses to which a name leads, along its aliases.
    pub(crate) async fn addresses(&self, name: &str) -> Said<BTreeSet<IpAddr>> {
        match self.0.lookup_ip(rooted(name)).await {
            Ok(found) => Said::Records(found.iter().collect()),
            Err(error) => none(&error),
        }
    }
}

/// From the root: the machine's own search list is nobody's proof either.
fn rooted(name: &str) -> String {
    format!("{name}.")
}

fn server(address: &SocketAddr) -> NameServerConfig {
    let with_port = |connection: ConnectionConfig| {
        let mut connection = connection;
        connection.port = address.port();
        connection
    };
    NameServerConfig::new(
        address.ip(),
        true,
        vec![
            with_port(ConnectionConfig::udp()),
            with_port(ConnectionConfig::tcp()),
        ],
    )
}

fn none<T>(error: &NetError) -> Said<T> {
    if error.is_no_records_found() {
        Said::Nothing
    } else {
        Said::Silence
    }
}
