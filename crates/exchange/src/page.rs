//! One page of somebody else's site, read so that an address typed by a person cannot lead into our own network (SSRF, SECURITY 2, #22).
//!
//! https only, no redirect is followed, five seconds, one megabyte. Names are resolved here, and what they lead to is looked at before
//! anything is connected: the same addresses are then connected to, so that a name that answers otherwise the second time gains nothing.

use std::future::Future;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::{HeaderMap, Request, header};
use http_body_util::{BodyExt, Empty};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::connect::dns::Name;
use hyper_util::rt::TokioExecutor;
use tokio::time::timeout;
use tower::Service;
use url::{Host, Url};

use crate::trust;

/// How long a page may take, from the first name to the last byte.
const PATIENCE: Duration = Duration::from_secs(5);
/// How much of it is read, in bytes.
const MOST: usize = 1024 * 1024;
/// Who asks.
const AGENT: &str = "PBGDPL-kiem-tra/1.0";

/// Addresses that may be connected to besides public ones: those of the demo and of tests, or of an agency inside the province's own network.
pub type Allowed = Arc<dyn Fn(IpAddr) -> bool + Send + Sync>;

/// A page as it came.
#[derive(Debug, Clone)]
pub struct Fetched {
    /// Its status.
    pub status: u16,
    /// Its headers.
    pub headers: HeaderMap,
    /// The first megabyte of it, as text.
    pub text: String,
    /// There was more.
    pub cut: bool,
}

/// Why there is no page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PageError {
    /// The address is none.
    #[error("no address")]
    NoAddress,
    /// Neither https, nor plain http to a place that is allowed.
    #[error("not https")]
    NotHttps,
    /// It leads into a network that is nobody's to be asked by us.
    #[error("not a public address")]
    NotPublic,
    /// Nobody answers under that name, or the connection fails.
    #[error("not reached")]
    NotReached,
    /// Its certificate is not believed.
    #[error("its certificate is not believed")]
    Certificate,
    /// Nothing came in time.
    #[error("no answer in time")]
    Silent,
}

/// Resolves names, and lets through what may be connected to.
#[derive(Clone)]
struct Guarded(Allowed);

impl Service<Name> for Guarded {
    type Response = std::vec::IntoIter<SocketAddr>;
    type Error = std::io::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Self::Error>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, name: Name) -> Self::Future {
        let allowed = Arc::clone(&self.0);
        Box::pin(async move {
            let found: Vec<SocketAddr> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            // One address that must not be asked condemns the name: what it is for is not ours to guess.
            if found.iter().all(|address| may_be_asked(address.ip(), &allowed)) {
                Ok(found.into_iter())
            } else {
                Err(std::io::Error::new(
                    std::io::ErrorKind::PermissionDenied,
                    PageError::NotPublic,
                ))
            }
        })
    }
}

/// Reads pages. Cheap to clone.
#[derive(Clone)]
pub struct PageReader {
    http: Client<HttpsConnector<HttpConnector<Guarded>>, Empty<Bytes>>,
    allowed: Allowed,
}

impl std::fmt::Debug for PageReader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PageReader")
    }
}

impl PageReader {
    /// `authority`: certificates (PEM) trusted beside the public ones.
    ///
    /// # Errors
    /// Where the certificates cannot be used.
    pub fn new(authority: Option<&[u8]>, allowed: Allowed) -> Result<Self, String> {
        let mut http = HttpConnector::new_with_resolver(Guarded(Arc::clone(&allowed)));
        http.enforce_http(false);
        http.set_connect_timeout(Some(PATIENCE));
        let connector = HttpsConnectorBuilder::new()
            .with_tls_config(trust::client(authority)?)
            .https_or_http()
            .enable_http1()
            .wrap_connector(http);
        let http = Client::builder(TokioExecutor::new())
            .pool_max_idle_per_host(0)
            .build(connector);
        Ok(Self { http, allowed })
    }

    /// Reads the page of an address.
    ///
    /// # Errors
    /// Why there is none.
    pub async fn read(&self, address: &str) -> Result<Fetched, PageError> {
        let url = Url::parse(address).map_err(|_| PageError::NoAddress)?;
        self.may_be_read(&url)?;
        timeout(PATIENCE, self.fetched(&url))
            .await
            .map_err(|_| PageError::Silent)?
    }

    /// A host that is written as an address never meets the resolver: it is looked at here.
    fn may_be_read(&self, url: &Url) -> Result<(), PageError> {
        let literal = match url.host().ok_or(PageError::NoAddress)? {
            Host::Ipv4(address) => Some(IpAddr::V4(address)),
            Host::Ipv6(address) => Some(IpAddr::V6(address)),
            Host::Domain(_) => None,
        };
        if literal.is_some_and(|address| !may_be_asked(address, &self.allowed)) {
            return Err(PageError::NotPublic);
        }
        let here = literal.is_some_and(|address| (self.allowed)(address))
            || url.host_str() == Some("localhost") && (self.allowed)(IpAddr::V4(Ipv4Addr::LOCALHOST));
        match url.scheme() {
            "https" if url.port().is_none() || here => Ok(()),
            "http" if here => Ok(()),
            "https" => Err(PageError::NotPublic),
            _ => Err(PageError::NotHttps),
        }
    }

    async fn fetched(&self, url: &Url) -> Result<Fetched, PageError> {
        let mut bare = url.clone();
        bare.set_fragment(None);
        let request = Request::get(bare.as_str())
            .header(header::USER_AGENT, AGENT)
            .header(header::ACCEPT, "text/html,application/xhtml+xml;q=0.9,*/*;q=0.1")
            .body(Empty::new())
            .map_err(|_| PageError::NoAddress)?;
        let answer = self.http.request(request).await.map_err(|error| why(&error))?;
        let (parts, mut body) = answer.into_parts();
        let mut bytes = BytesMut::new();
        let mut cut = false;
        while let Some(frame) = body.frame().await {
            let frame = frame.map_err(|_| PageError::NotReached)?;
            if let Ok(data) = frame.into_data() {
                let room = MOST.saturating_sub(bytes.len());
                cut = data.len() > room;
                bytes.extend_from_slice(data.get(..room).unwrap_or(&data));
            }
            if cut {
                break;
            }
        }
        Ok(Fetched {
            status: parts.status.as_u16(),
            headers: parts.headers,
            text: String::from_utf8_lossy(&bytes).into_owned(),
            cut,
        })
    }
}

/// What the client says is wrong, along the chain of its causes.
fn why(error: &(dyn std::error::Error + 'static)) -> PageError {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if let Some(io) = error.downcast_ref::<std::io::Error>() {
            if io.kind() == std::io::ErrorKind::PermissionDenied {
                return PageError::NotPublic;
            }
            let inner = io
                .get_ref()
                .and_then(|inner| inner.downcast_ref::<rustls::Error>());
            if inner.is_some_and(|tls| matches!(tls, rustls::Error::InvalidCertificate(_))) {
                return PageError::Certificate;
            }
        }
        cause = error.source();
    }
    PageError::NotReached
}

fn may_be_asked(address: IpAddr, allowed: &Allowed) -> bool {
    is_public(address) || allowed(address)
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

    #[tokio::test]
    async fn nothing_of_our_own_network_is_asked() {
        let nobody: Allowed = Arc::new(|_| false);
        let reader = PageReader::new(None, nobody).unwrap();
        for (address, why) in [
            ("https://127.0.0.1/", PageError::NotPublic),
            ("https://[::1]/", PageError::NotPublic),
            ("https://[::ffff:127.0.0.1]/", PageError::NotPublic),
            ("https://2130706433/", PageError::NotPublic),
            ("https://0x7f.1/", PageError::NotPublic),
            ("https://127.0.0.1:8443/", PageError::NotPublic),
            ("https://co-quan.example:22/", PageError::NotPublic),
            ("http://co-quan.example/", PageError::NotHttps),
            ("file:///etc/passwd", PageError::NoAddress),
            ("gopher://co-quan.example/", PageError::NotHttps),
            ("khong phai", PageError::NoAddress),
            // A name of the system that leads home.
            ("https://localhost/", PageError::NotPublic),
        ] {
            assert_eq!(reader.read(address).await.unwrap_err(), why, "{address}");
        }
    }

    #[tokio::test]
    async fn what_is_allowed_is_read_and_not_more_than_a_megabyte() {
        use tokio::io::{AsyncReadExt, AsyncWriteExt};
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        tokio::spawn(async move {
            loop {
                let (mut stream, _) = listener.accept().await.unwrap();
                tokio::spawn(async move {
                    let mut asked = [0; 2048];
                    let read = stream.read(&mut asked).await.unwrap();
                    let asked = String::from_utf8_lossy(&asked[..read]).into_owned();
                    let head = if asked.starts_with("GET /chuyen") {
                        "HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1/\r\ncontent-length: 0\r\n\r\n"
                            .to_owned()
                    } else {
                        "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 3000000\r\n\r\n"
                            .to_owned()
                    };
                    stream.write_all(head.as_bytes()).await.unwrap();
                    if !head.contains("302") {
                        for _ in 0..3 {
                            if stream.write_all(&vec![b'a'; 1_000_000]).await.is_err() {
                                return;
                            }
                        }
                    }
                });
            }
        });
        let here: Allowed = Arc::new(|address| address.is_loopback());
        let reader = PageReader::new(None, here).unwrap();
        let page = reader.read(&format!("http://127.0.0.1:{port}/")).await.unwrap();
        assert_eq!((page.status, page.text.len(), page.cut), (200, MOST, true));
        let moved = reader
            .read(&format!("http://127.0.0.1:{port}/chuyen"))
            .await
            .unwrap();
        assert_eq!(
            (moved.status, moved.text.as_str()),
            (302, ""),
            "no redirect is followed"
        );
    }
}
