//! What may be asked of the world: nothing of our own network, whoever typed the address and whatever a name leads to (SSRF, SECURITY 2, #22).
//!
//! Names are resolved here, and what they lead to is looked at before anything is connected: the same addresses are then connected to, so
//! that a name that answers otherwise the second time gains nothing.

use std::future::Future;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use hyper_util::client::legacy::connect::dns::Name;
use tower::Service;
use url::{Host, Url};

use crate::page::PageError;

/// Addresses that may be connected to besides public ones: those of the demo and of tests, or of an agency inside the province's own network.
pub type Allowed = Arc<dyn Fn(IpAddr) -> bool + Send + Sync>;

/// Ports of the web.
const PORTS: [u16; 2] = [80, 443];
/// Names of this machine (RFC 6761): no resolver is asked for them.
const HOME: &str = "localhost";

/// Says what may be connected to, and resolves names to nothing else.
#[derive(Clone)]
pub(crate) struct Guard {
    allowed: Allowed,
    /// Nothing but this port of this machine.
    only: Option<u16>,
    /// The port of the page whose parts are asked for.
    page: Option<u16>,
}

impl std::fmt::Debug for Guard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Guard")
            .field("only", &self.only)
            .field("page", &self.page)
            .finish_non_exhaustive()
    }
}

impl Guard {
    pub(crate) fn new(allowed: Allowed) -> Self {
        Self {
            allowed,
            only: None,
            page: None,
        }
    }

    /// The same for what a page asks for: of what is allowed besides public addresses the page's own port too. Its scripts are
    /// strangers': an address that is named for one server opens no other.
    pub(crate) fn of_page(&self, url: &Url) -> Self {
        Self {
            page: url.port_or_known_default(),
            ..self.clone()
        }
    }

    /// One port of this machine, and nothing else in the world.
    pub(crate) fn only(port: u16) -> Self {
        Self {
            allowed: Arc::new(|address| address.is_loopback()),
            only: Some(port),
            page: None,
        }
    }

    /// Whether a page may be opened: https at its usual port; what is allowed besides, however it is served.
    pub(crate) fn opens(&self, url: &Url) -> Result<(), PageError> {
        let host = url.host().ok_or(PageError::NoAddress)?;
        // A host that is written as an address never meets the resolver: it is looked at here.
        self.literal(&host)?;
        let here = self.is_here(&host);
        match url.scheme() {
            "https" if url.port().is_none() || here => Ok(()),
            "http" if here => Ok(()),
            "https" => Err(PageError::NotPublic),
            _ => Err(PageError::NotHttps),
        }
    }

    /// Where a host is, at a port of the web; of what is allowed besides, and says so by itself, at the page's own port too.
    ///
    /// # Errors
    /// Where it may not be connected to, or nobody knows its name.
    pub(crate) async fn addresses(&self, host: &Host<&str>, port: u16) -> Result<Vec<SocketAddr>, PageError> {
        self.literal(host)?;
        let fits = match self.only {
            Some(only) => port == only,
            None => PORTS.contains(&port) || (self.page == Some(port) && self.is_here(host)),
        };
        if !fits {
            return Err(PageError::NotPublic);
        }
        match *host {
            Host::Ipv4(address) => Ok(vec![SocketAddr::from((address, port))]),
            Host::Ipv6(address) => Ok(vec![SocketAddr::from((address, port))]),
            Host::Domain(name) => self.resolved(name, port).await.map_err(|error| {
                if error.kind() == std::io::ErrorKind::PermissionDenied {
                    PageError::NotPublic
                } else {
                    PageError::NotReached
                }
            }),
        }
    }

    fn literal(&self, host: &Host<&str>) -> Result<(), PageError> {
        let literal = match *host {
            Host::Ipv4(address) => IpAddr::V4(address),
            Host::Ipv6(address) => IpAddr::V6(address),
            Host::Domain(_) => return Ok(()),
        };
        if self.lets(literal) {
            Ok(())
        } else {
            Err(PageError::NotPublic)
        }
    }

    /// Whether the host says by itself that it is one of those that are allowed besides public ones.
    fn is_here(&self, host: &Host<&str>) -> bool {
        match *host {
            Host::Ipv4(address) => (self.allowed)(IpAddr::V4(address)),
            Host::Ipv6(address) => (self.allowed)(IpAddr::V6(address)),
            Host::Domain(name) => is_home(name) && (self.allowed)(IpAddr::V4(Ipv4Addr::LOCALHOST)),
        }
    }

    fn lets(&self, address: IpAddr) -> bool {
        let public = self.only.is_none() && is_public(address);
        public || (self.allowed)(address)
    }

    async fn resolved(&self, name: &str, port: u16) -> std::io::Result<Vec<SocketAddr>> {
        let found: Vec<SocketAddr> = if is_home(name) {
            vec![SocketAddr::from((Ipv4Addr::LOCALHOST, port))]
        } else {
            tokio::net::lookup_host((name, port)).await?.collect()
        };
        // One address that must not be asked condemns the name: what it is for is not ours to guess.
        if found.iter().all(|address| self.lets(address.ip())) {
            Ok(found)
        } else {
            Err(std::io::Error::new(
                std::io::ErrorKind::PermissionDenied,
                PageError::NotPublic,
            ))
        }
    }
}

impl Service<Name> for Guard {
    type Response = std::vec::IntoIter<SocketAddr>;
    type Error = std::io::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Self::Error>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, name: Name) -> Self::Future {
        let guard = self.clone();
        Box::pin(async move { Ok(guard.resolved(name.as_str(), 0).await?.into_iter()) })
    }
}

fn is_home(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name == HOME || name.strip_suffix(HOME).is_some_and(|rest| rest.ends_with('.'))
}

/// Whether an address is somebody's on the public net: none of the special-purpose registries of IANA (RFC 6890).
#[must_use]
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => public_v4(address),
        IpAddr::V6(address) => public_v6(address),
    }
}

fn public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let special = address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_documentation()
        || address.is_multicast()
        || a == 0
        || a >= 240
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 192 && b == 88 && c == 99)
        || (a == 198 && (b == 18 || b == 19));
    !special
}

fn public_v6(address: Ipv6Addr) -> bool {
    let parts = address.segments();
    let low = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        public_v4(Ipv4Addr::new(a, b, c, d))
    };
    match parts {
        // IPv4 in other clothes: mapped, translated (RFC 6052), 6to4.
        [0, 0, 0, 0, 0, 0xffff, g, h] | [0x64, 0xff9b, 0, 0, 0, 0, g, h] => low(g, h),
        [0x2002, b, c, ..] => low(b, c),
        [0x2001, 0xdb8, ..] | [0x2001, 0, ..] | [0x3fff, ..] => false,
        // What is given out to the world is 2000::/3.
        [first, ..] => (0x2000..0x4000).contains(&first),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_public_addresses_are_public() {
        for address in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "255.255.255.255",
            "224.0.0.1",
            "192.0.0.8",
            "198.18.0.1",
            "203.0.113.7",
            "::",
            "::1",
            "fe80::1",
            "fc00::1",
            "ff02::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "64:ff9b::a00:1",
            "2002:7f00:1::",
            "2001:db8::1",
            "2001::1",
            "fec0::1",
            "::7f00:1",
            "4000::1",
        ] {
            assert!(!is_public(address.parse().unwrap()), "{address}");
        }
        for address in [
            "1.1.1.1",
            "113.160.0.1",
            "100.128.0.1",
            "2400:cb00::1",
            "::ffff:8.8.8.8",
            "64:ff9b::808:808",
        ] {
            assert!(is_public(address.parse().unwrap()), "{address}");
        }
    }
}
