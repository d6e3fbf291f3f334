//! Origins of our four hosts and networks of listed proxies.

use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::str::FromStr;

use url::{Host, Url};

/// A web origin: scheme, host and port, nothing behind them (DESIGN.md 5).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Origin {
    text: String,
    host: String,
    port: u16,
    https: bool,
}

impl Origin {
    /// Returns a plain http origin, for a demo on this machine or in one room. `host` is a name or an IPv4 address.
    pub fn http(host: &str, port: u16) -> Self {
        let host = host.to_ascii_lowercase();
        let text = if port == 80 {
            format!("http://{host}")
        } else {
            format!("http://{host}:{port}")
        };
        Self {
            text,
            host,
            port,
            https: false,
        }
    }

    /// Returns the origin as browsers write it: `https://host` or `http://host:8080`, without a final slash.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns the host name in ASCII, lower case.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// Returns the port, also when it is the scheme's own.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Returns `host` or `host:port`, as in a `Host` header.
    pub fn authority(&self) -> &str {
        self.text
            .split_once("://")
            .map_or(self.text.as_str(), |(_, authority)| authority)
    }

    /// Tells whether the scheme is https.
    pub fn is_https(&self) -> bool {
        self.https
    }

    /// Tells whether only this machine can reach the host.
    pub fn is_loopback(&self) -> bool {
        is_loopback_host(&self.host)
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.text)
    }
}

impl FromStr for Origin {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let url = Url::parse(text)
            .map_err(|_| "không phải địa chỉ web; ví dụ \"https://pbgdpl.example.gov.vn\"")?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err("phải bắt đầu bằng http:// hoặc https://");
        }
        let bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
        if !bare || !url.username().is_empty() || url.password().is_some() {
            return Err("chỉ ghi giao thức, tên máy và cổng; không ghi đường dẫn hay tài khoản");
        }
        let (Some(host), Some(port)) = (url.host_str(), url.port_or_known_default()) else {
            return Err("thiếu tên máy");
        };
        Ok(Self {
            text: url.origin().ascii_serialization(),
            host: host.to_owned(),
            port,
            https: url.scheme() == "https",
        })
    }
}

/// Tells whether a host name means this machine: `localhost`, any `*.localhost` (RFC 6761), 127.0.0.0/8, `::1`.
pub fn is_loopback_host(host: &str) -> bool {
    match Host::parse(host) {
        Ok(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Ok(Host::Ipv4(address)) => address.is_loopback(),
        Ok(Host::Ipv6(address)) => address.is_loopback(),
        Err(_) => host == "::1",
    }
}

/// A network of addresses, written as one address or as `10.0.0.0/8`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    base: IpAddr,
    bits: u8,
}

impl Network {
    /// Tells whether an address lies inside; an IPv4 address written as IPv6 counts as IPv4.
    pub fn contains(&self, address: IpAddr) -> bool {
        match (self.base, address.to_canonical()) {
            (IpAddr::V4(base), IpAddr::V4(address)) => {
                let rest = 32_u32.saturating_sub(u32::from(self.bits));
                base.to_bits().checked_shr(rest) == address.to_bits().checked_shr(rest)
            }
            (IpAddr::V6(base), IpAddr::V6(address)) => {
                let rest = 128_u32.saturating_sub(u32::from(self.bits));
                base.to_bits().checked_shr(rest) == address.to_bits().checked_shr(rest)
            }
            _ => false,
        }
    }
}

impl FromStr for Network {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = "không phải địa chỉ IP hay dải địa chỉ; ví dụ \"10.0.0.5\" hoặc \"10.0.0.0/8\"";
        let (base, bits) = match text.split_once('/') {
            Some((base, bits)) => (base, Some(bits)),
            None => (text, None),
        };
        let base: IpAddr = base.trim().parse().map_err(|_| wrong)?;
        let widest = if base.is_ipv4() { 32 } else { 128 };
        let bits = bits.map_or(Ok(widest), |bits| bits.trim().parse().map_err(|_| wrong))?;
        if bits > widest {
            return Err(wrong);
        }
        Ok(Self { base, bits })
    }
}

/// Reads a listening address; a bare `:8080` is refused because it hides on which side the door opens.
pub(crate) fn listening(text: &str) -> Result<SocketAddr, &'static str> {
    text.parse()
        .map_err(|_| "không phải địa chỉ nghe dạng IP:cổng; ví dụ \"127.0.0.1:8080\" hoặc \"[::]:8080\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn origins_are_normal_and_bare() {
        let origin: Origin = "HTTPS://Quantri.Example.VN:443/".parse().unwrap();
        assert_eq!(origin.as_str(), "https://quantri.example.vn");
        assert_eq!((origin.port(), origin.authority()), (443, "quantri.example.vn"));
        for wrong in [
            "ftp://a",
            "https://a/b",
            "https://a?x",
            "https://u:p@a",
            "a.vn",
            "https://",
        ] {
            assert!(wrong.parse::<Origin>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn loopback_hosts_are_known() {
        for host in ["localhost", "tep.localhost", "127.0.0.9", "::1", "[::1]"] {
            assert!(is_loopback_host(host), "{host}");
        }
        for host in ["localhost.example.vn", "10.0.0.1", "notlocalhost", "192.0.2.7"] {
            assert!(!is_loopback_host(host), "{host}");
        }
    }

    #[test]
    fn networks_contain_their_addresses() {
        let network: Network = "10.1.0.0/16".parse().unwrap();
        assert!(network.contains("10.1.200.3".parse().unwrap()));
        assert!(network.contains("::ffff:10.1.200.3".parse().unwrap()));
        assert!(!network.contains("10.2.0.1".parse().unwrap()));
        assert!(
            "0.0.0.0/0"
                .parse::<Network>()
                .unwrap()
                .contains("8.8.8.8".parse().unwrap())
        );
        assert!("::1".parse::<Network>().unwrap().contains("::1".parse().unwrap()));
        assert!("10.0.0.0/33".parse::<Network>().is_err());
    }
}
