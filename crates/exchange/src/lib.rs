//! The ways out: to the Ministry (`docs/reference/exchange.md`), one client that sends records, reads receipts and lists; and to the
//! log server of the data centre (`syslog.rs`); to the pages of agencies' sites that show a section (`page.rs`, `camera.rs`); to the domain
//! name system and the certificates of agencies' own hosts (`own_host.rs`); and to nothing of our own network (`guard.rs`).
//!
//! The client speaks https, and plain http to this machine only; it follows no redirect, waits five seconds and reads one megabyte at
//! most. Every request is signed with the secret that both sides hold.

mod camera;
mod certificate;
mod guard;
mod look;
mod names;
mod own_host;
mod page;
mod sign;
mod syslog;
mod trust;

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{Method, Request, StatusCode, header};
use http_body_util::{BodyExt, Full, Limited};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client as Http;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use pbgdpl_model::clock::Moment;
use pbgdpl_model::exchange::{Envelope, Listed, Receipt};
use pbgdpl_model::report::hash_of;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use url::{Host, Url};

pub use camera::{Camera, CameraError, Exposure};
pub use guard::{Allowed, is_public};
pub use own_host::{Asked, HostLooker};
pub use page::{Fetched, PageError, PageReader};
pub use sign::{SCHEME, signature};
pub use syslog::{LogError, LogServer};

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(5);
/// The largest answer, in bytes.
const MOST: usize = 1024 * 1024;

/// Where the other side is, and how we are known there.
#[derive(Clone)]
pub struct Endpoint {
    /// Its address, with a path where it has one.
    pub url: String,
    /// The name of the secret.
    pub key: String,
    /// The secret.
    pub secret: String,
    /// Certificates (PEM) that are trusted beside the public ones.
    pub authority: Option<Vec<u8>>,
}

impl std::fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Endpoint({}, {})", self.url, self.key)
    }
}

/// Why nothing came of a request; the text names no secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{reason}")]
pub struct ExchangeError {
    /// Whether a later attempt may succeed.
    pub retry: bool,
    /// What happened, in the words of the screen.
    pub reason: String,
}

fn later(reason: impl Into<String>) -> ExchangeError {
    ExchangeError {
        retry: true,
        reason: reason.into(),
    }
}

fn never(reason: impl Into<String>) -> ExchangeError {
    ExchangeError {
        retry: false,
        reason: reason.into(),
    }
}

/// The client. Cheap to clone.
#[derive(Clone)]
pub struct Client {
    base: Url,
    endpoint: Arc<Endpoint>,
    http: Http<HttpsConnector<HttpConnector>, Full<Bytes>>,
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Client({:?})", self.endpoint)
    }
}

#[derive(Deserialize)]
struct Records {
    records: Vec<Listed>,
}

impl Client {
    /// Opens nothing yet.
    ///
    /// # Errors
    /// Where the address or the certificates cannot be used.
    pub fn new(endpoint: Endpoint) -> Result<Self, ExchangeError> {
        let wrong = |what: &str| never(format!("địa chỉ trao đổi không dùng được: {what}"));
        let base = Url::parse(&endpoint.url).map_err(|error| wrong(&error.to_string()))?;
        let local = match base.host() {
            Some(Host::Ipv4(address)) => address.is_loopback(),
            Some(Host::Ipv6(address)) => address.is_loopback(),
            Some(Host::Domain(name)) => name == "localhost",
            None => false,
        };
        if base.scheme() != "https" && !(base.scheme() == "http" && local) {
            return Err(wrong("phải là https"));
        }
        let config = trust::client(endpoint.authority.as_deref()).map_err(|error| wrong(&error))?;
        let connector = HttpsConnectorBuilder::new().with_tls_config(config);
        let connector = connector.https_or_http().enable_http1().build();
        Ok(Self {
            base,
            endpoint: Arc::new(endpoint),
            http: Http::builder(TokioExecutor::new()).build(connector),
        })
    }

    /// Sends a version of a record. The same bytes twice are one record there, and the same receipt.
    ///
    /// # Errors
    /// Where there is no answer, or it is no receipt.
    pub async fn send(
        &self,
        record: &str,
        version: i32,
        envelope: &str,
        now: Moment,
    ) -> Result<Receipt, ExchangeError> {
        let path = format!("v1/records/{record}/versions/{version}");
        let key = format!("{record}/{version}/{}", hash_of(envelope));
        self.ask(Method::PUT, &path, Some((envelope, &key)), now).await
    }

    /// What the other side holds of a province for a period.
    ///
    /// # Errors
    /// Where there is no answer, or it is no list.
    pub async fn list(
        &self,
        province: &str,
        period: &str,
        year: i32,
        now: Moment,
    ) -> Result<Vec<Listed>, ExchangeError> {
        let path = format!("v1/records?province={province}&period={period}&year={year}");
        let records: Records = self.ask(Method::GET, &path, None, now).await?;
        Ok(records.records)
    }

    /// The latest version of a record as the other side holds it.
    ///
    /// # Errors
    /// Where there is no answer, or it is no record.
    pub async fn fetch(&self, record: &str, now: Moment) -> Result<Envelope, ExchangeError> {
        self.ask(Method::GET, &format!("v1/records/{record}"), None, now)
            .await
    }

    async fn ask<T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        body: Option<(&str, &str)>,
        now: Moment,
    ) -> Result<T, ExchangeError> {
        let base = self.base.as_str().trim_end_matches('/');
        let url = Url::parse(&format!("{base}/{path}")).map_err(|error| never(error.to_string()))?;
        let target = url.query().map_or_else(
            || url.path().to_owned(),
            |query| format!("{}?{query}", url.path()),
        );
        let (text, key) = body.unwrap_or_default();
        let time = now.millis().div_euclid(1000);
        let signed = signature(
            &self.endpoint.secret,
            method.as_str(),
            &target,
            time,
            text.as_bytes(),
        );
        let authorization = format!(
            "{SCHEME} key={},time={time},signature={signed}",
            self.endpoint.key
        );
        let mut request = Request::builder()
            .method(method)
            .uri(url.as_str())
            .header(header::ACCEPT, "application/json")
            .header(header::AUTHORIZATION, authorization);
        if body.is_some() {
            request = request
                .header(header::CONTENT_TYPE, "application/json")
                .header("idempotency-key", key);
        }
        let request = request
            .body(Full::new(Bytes::copy_from_slice(text.as_bytes())))
            .map_err(|error| never(error.to_string()))?;
        let answering = async {
            let answer = self
                .http
                .request(request)
                .await
                .map_err(|error| unreachable_peer(&error))?;
            let (parts, body) = answer.into_parts();
            let body = Limited::new(body, MOST).collect().await;
            let body = body.map_err(|_| later("câu trả lời bị đứt quãng hoặc quá dài"))?;
            Ok::<_, ExchangeError>((parts.status, body.to_bytes()))
        };
        let (status, bytes) = tokio::time::timeout(PATIENCE, answering)
            .await
            .map_err(|_| later("không trả lời trong năm giây"))??;
        refused(status)?;
        serde_json::from_slice(&bytes).map_err(|error| {
            tracing::warn!(%error, path, "the answer of the exchange is not understood");
            later("câu trả lời không đúng dạng")
        })
    }
}

/// The screen says that there is no way; the log says why, for whoever mends the line, the name or the certificate.
fn unreachable_peer(error: &hyper_util::client::legacy::Error) -> ExchangeError {
    let mut causes = Vec::new();
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        causes.push(error.to_string());
        cause = error.source();
    }
    tracing::warn!(%error, causes = causes.join(": "), "the exchange is not reached");
    later("không kết nối được")
}

/// A wrong key may be mended on either side, so it is tried again; what is wrong with the record itself is not.
fn refused(status: StatusCode) -> Result<(), ExchangeError> {
    if status.is_success() {
        return Ok(());
    }
    Err(match status {
        StatusCode::CONFLICT => never("bên nhận đã có nội dung khác cho đúng bản này (409)"),
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => {
            later(format!("bên nhận không chấp nhận khóa ({})", status.as_u16()))
        }
        StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_MANY_REQUESTS => {
            later(format!("bên nhận đang bận ({})", status.as_u16()))
        }
        _ if status.is_client_error() => never(format!("bên nhận từ chối ({})", status.as_u16())),
        _ => later(format!("bên nhận chưa nhận được ({})", status.as_u16())),
    })
}
