//! A peer that speaks the exchange of `docs/reference/exchange.md`, written from that page alone: a server with a book of records.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use hmac::{Hmac, KeyInit, Mac};
use http::{HeaderMap, Method, StatusCode, Uri};
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::service::TowerToHyperService;
use serde_json::json;
use sha2::{Digest, Sha256};
use tokio::net::TcpListener;

/// What both sides hold.
pub(crate) const KEY: &str = "thu";
pub(crate) const SECRET: &str = "mot-bi-mat-dai-it-nhat-ba-muoi-hai-ky-tu";

/// How the peer behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mood {
    Well,
    /// Answers 503.
    Down,
    /// Takes the record, and gives a receipt with another hash.
    Lies,
    /// Takes the record, and its answer is lost on the way.
    Mute,
}

#[derive(Debug)]
pub(crate) struct Book {
    pub(crate) mood: Mood,
    /// Bytes and receipt of each version of each record.
    pub(crate) records: BTreeMap<String, BTreeMap<i32, (String, String)>>,
    /// Requests that were signed well.
    pub(crate) heard: usize,
    /// Idempotency keys, each once.
    pub(crate) keys: BTreeMap<String, usize>,
}

#[derive(Debug, Clone)]
pub(crate) struct Peer {
    pub(crate) book: Arc<Mutex<Book>>,
    pub(crate) address: SocketAddr,
}

impl Peer {
    /// On a free port, in plain.
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let peer = Self::at(listener.local_addr().unwrap());
        let router = peer.router();
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        peer
    }

    /// On a free port, with a certificate for 127.0.0.1 (PEM).
    pub(crate) async fn start_encrypted(certificate: &str, key: &str) -> Self {
        use rustls::pki_types::pem::PemObject;
        let chain = vec![rustls::pki_types::CertificateDer::from_pem_slice(certificate.as_bytes()).unwrap()];
        let key = rustls::pki_types::PrivateKeyDer::from_pem_slice(key.as_bytes()).unwrap();
        let ring = Arc::new(rustls::crypto::ring::default_provider());
        let config = rustls::ServerConfig::builder_with_provider(ring)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(chain, key)
            .unwrap();
        let acceptor = tokio_rustls::TlsAcceptor::from(Arc::new(config));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let peer = Self::at(listener.local_addr().unwrap());
        let router = peer.router();
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                let (acceptor, router) = (acceptor.clone(), router.clone());
                tokio::spawn(async move {
                    let Ok(stream) = acceptor.accept(stream).await else {
                        return;
                    };
                    let service = TowerToHyperService::new(router);
                    let server = hyper_util::server::conn::auto::Builder::new(TokioExecutor::new());
                    let _ = server.serve_connection(TokioIo::new(stream), service).await;
                });
            }
        });
        peer
    }

    fn at(address: SocketAddr) -> Self {
        let book = Book {
            mood: Mood::Well,
            records: BTreeMap::new(),
            heard: 0,
            keys: BTreeMap::new(),
        };
        Self {
            book: Arc::new(Mutex::new(book)),
            address,
        }
    }

    fn router(&self) -> Router {
        Router::new()
            .route("/bo/v1/records", get(list))
            .route("/bo/v1/records/{record}", get(fetch))
            .route(
                "/bo/v1/records/{record}/versions/{version}",
                axum::routing::put(take),
            )
            .with_state(Arc::clone(&self.book))
    }

    pub(crate) fn url(&self, scheme: &str) -> String {
        format!("{scheme}://{}/bo", self.address)
    }

    pub(crate) fn mood(&self, mood: Mood) {
        self.book.lock().unwrap().mood = mood;
    }

    /// How many records, and how many versions of them.
    pub(crate) fn count(&self) -> (usize, usize) {
        let book = self.book.lock().unwrap();
        (book.records.len(), book.records.values().map(BTreeMap::len).sum())
    }
}

type Shared = State<Arc<Mutex<Book>>>;

fn hash(text: &[u8]) -> String {
    hex::encode(Sha256::digest(text))
}

/// Authorization: PBGDPL-HMAC-SHA256 key=…,time=…,signature=… over method, target, time and hash of the body.
fn is_signed(method: &Method, uri: &Uri, headers: &HeaderMap, body: &[u8]) -> bool {
    let said = headers.get("authorization").and_then(|value| value.to_str().ok());
    let Some(fields) = said.and_then(|said| said.strip_prefix("PBGDPL-HMAC-SHA256 ")) else {
        return false;
    };
    let fields: BTreeMap<&str, &str> = fields
        .split(',')
        .filter_map(|field| field.split_once('='))
        .collect();
    let text = format!(
        "{method}\n{}\n{}\n{}",
        uri.path_and_query().unwrap(),
        fields["time"],
        hash(body)
    );
    let mut mac = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).unwrap();
    mac.update(text.as_bytes());
    fields["key"] == KEY && fields["signature"] == hex::encode(mac.finalize().into_bytes())
}

fn answer(status: StatusCode, value: serde_json::Value) -> Response {
    (status, axum::Json(value)).into_response()
}

async fn take(State(book): Shared, method: Method, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    let mut book = book.lock().unwrap();
    if !is_signed(&method, &uri, &headers, &body) {
        return answer(StatusCode::UNAUTHORIZED, json!({ "error": "signature" }));
    }
    book.heard += 1;
    if book.mood == Mood::Down {
        return answer(StatusCode::SERVICE_UNAVAILABLE, json!({ "error": "down" }));
    }
    let parts: Vec<&str> = uri.path().split('/').collect();
    let (record, version) = (parts[4].to_owned(), parts[6].parse::<i32>().unwrap());
    let text = String::from_utf8(body.to_vec()).unwrap();
    let key = headers["idempotency-key"].to_str().unwrap().to_owned();
    *book.keys.entry(key).or_default() += 1;
    let number = format!("BTP-{}", book.records.len() + 1);
    let versions = book.records.entry(record.clone()).or_default();
    let (kept, number) = versions
        .entry(version)
        .or_insert_with(|| (text.clone(), number))
        .clone();
    if kept != text {
        return answer(
            StatusCode::CONFLICT,
            json!({ "error": "another text for this version" }),
        );
    }
    let hash = if book.mood == Mood::Lies {
        hash(b"something else")
    } else {
        hash(&body)
    };
    if book.mood == Mood::Mute {
        return answer(StatusCode::BAD_GATEWAY, json!({}));
    }
    let receipt = json!({
        "receipt": number, "received_at": "2021-02-03T08:15:00+07:00", "record": record, "version": version, "hash": hash,
    });
    answer(StatusCode::CREATED, receipt)
}

async fn list(State(book): Shared, method: Method, uri: Uri, headers: HeaderMap) -> Response {
    let book = book.lock().unwrap();
    if !is_signed(&method, &uri, &headers, b"") {
        return answer(StatusCode::UNAUTHORIZED, json!({}));
    }
    if book.mood == Mood::Down {
        return answer(StatusCode::SERVICE_UNAVAILABLE, json!({}));
    }
    let wanted: BTreeMap<&str, &str> = uri
        .query()
        .unwrap()
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .collect();
    let ending = format!(".{}.{}", wanted["period"], wanted["year"]);
    let beginning = format!("{}.", wanted["province"]);
    let records = book
        .records
        .iter()
        .filter(|(record, _)| record.starts_with(&beginning) && record.ends_with(&ending));
    let one = |(record, versions): (&String, &BTreeMap<i32, (String, String)>)| {
        let (version, (text, receipt)) = versions.last_key_value().unwrap();
        json!({ "record": record, "version": version, "hash": hash(text.as_bytes()), "receipt": receipt })
    };
    answer(
        StatusCode::OK,
        json!({ "records": records.map(one).collect::<Vec<_>>() }),
    )
}

async fn fetch(State(book): Shared, method: Method, uri: Uri, headers: HeaderMap) -> Response {
    let book = book.lock().unwrap();
    if !is_signed(&method, &uri, &headers, b"") {
        return answer(StatusCode::UNAUTHORIZED, json!({}));
    }
    let record = uri.path().rsplit('/').next().unwrap();
    match book
        .records
        .get(record)
        .and_then(|versions| versions.last_key_value())
    {
        Some((_, (text, _))) => answer(StatusCode::OK, serde_json::from_str(text).unwrap()),
        None => answer(StatusCode::NOT_FOUND, json!({})),
    }
}
