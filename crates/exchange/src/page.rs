//! One page of somebody else's site, read so that an address typed by a person cannot lead into our own network (SSRF, SECURITY 2, #22).
//!
//! https only, no redirect is followed, five seconds, one megabyte; `guard.rs` says what may be connected to.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::{HeaderMap, Request, header};
use http_body_util::{BodyExt, Empty};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use tokio::time::timeout;
use url::Url;

use crate::guard::{Allowed, Guard};
use crate::trust;

/// How long a page may take, from the first name to the last byte.
const PATIENCE: Duration = Duration::from_secs(5);
/// How much of it is read, in bytes.
const MOST: usize = 1024 * 1024;
/// Who asks.
const AGENT: &str = "PBGDPL-kiem-tra/1.0";

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

/// Reads pages. Cheap to clone.
#[derive(Clone)]
pub struct PageReader {
    http: Client<HttpsConnector<HttpConnector<Guard>>, Empty<Bytes>>,
    guard: Guard,
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
        let guard = Guard::new(allowed);
        let mut http = HttpConnector::new_with_resolver(guard.clone());
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
        Ok(Self { http, guard })
    }

    /// Reads the page of an address.
    ///
    /// # Errors
    /// Why there is none.
    pub async fn read(&self, address: &str) -> Result<Fetched, PageError> {
        let url = Url::parse(address).map_err(|_| PageError::NoAddress)?;
        self.guard.opens(&url)?;
        timeout(PATIENCE, self.fetched(&url))
            .await
            .map_err(|_| PageError::Silent)?
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
        if let Some(why) = error.downcast_ref::<std::io::Error>().and_then(of_io) {
            return why;
        }
        cause = error.source();
    }
    PageError::NotReached
}

/// An error of the system holds another one without naming it as its source: connectors put theirs inside.
fn of_io(error: &std::io::Error) -> Option<PageError> {
    if error.kind() == std::io::ErrorKind::PermissionDenied {
        return Some(PageError::NotPublic);
    }
    let inner = error.get_ref()?;
    match inner.downcast_ref::<rustls::Error>() {
        Some(rustls::Error::InvalidCertificate(_)) => Some(PageError::Certificate),
        Some(_) => None,
        None => of_io(inner.downcast_ref::<std::io::Error>()?),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

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
