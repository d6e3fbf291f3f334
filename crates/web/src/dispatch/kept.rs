//! Serving kept pages: by key and generation, with ETag, prepared encodings, and the last good copy when the store is away.

use std::sync::Arc;

use axum::body::Body;
use axum::middleware::Next;
use axum::response::Response;
use http::{HeaderMap, HeaderValue, Request, StatusCode, header};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::arrival::Arrival;
use crate::cache::{Coding, Kept, Key, Turn};
use crate::dispatch::front::FromKept;
use crate::error::Error;
use crate::state::AppState;

/// Largest page that is kept.
const LARGEST: usize = 4 * 1024 * 1024;
/// Longest query of a page that is kept, in bytes: what is longer was made up by whoever asks.
const LONGEST_QUERY: usize = 1024;

pub(super) async fn answer(
    state: &AppState,
    (keys, of_province): (&[&str], bool),
    request: Request<Body>,
    next: Next,
) -> Result<Response, Error> {
    let arrival = request.extensions().get::<Arrival>().ok_or(Error::NotFound)?;
    let key = key(
        state,
        arrival,
        request.uri().path(),
        request.uri().query().unwrap_or_default(),
        keys,
    );
    let wanted = Wanted::of(request.headers());
    let generations = state.read.generations();
    if let Some(kept) = state.cache.get(&key, generations) {
        return Ok(from(&wanted, kept));
    }
    // Held until the page is kept, or the client has left.
    let turn = state.turns.of(&key).await;
    if matches!(turn, Turn::Over)
        && let Some(kept) = state.cache.get(&key, generations)
    {
        return Ok(from(&wanted, kept));
    }
    // Read before the page is made: what changes meanwhile makes it stale at once, never wrongly fresh.
    let subjects = [key.tenant, state.read.registry().now().province().id.0];
    let read: Vec<(Uuid, i64)> = subjects
        .into_iter()
        .filter(|subject| !subject.is_nil())
        .take(if key.tenant.is_nil() || of_province { 2 } else { 1 })
        .map(|subject| (subject, generations.get(subject)))
        .collect();
    let response = next.run(request).await;
    if response.status().is_server_error()
        && let Some(kept) = state.cache.get_stale(&key)
    {
        tracing::warn!("serving the last good copy of a page");
        return Ok(wanted.answer(&kept));
    }
    if response.status() != StatusCode::OK {
        return Ok(response);
    }
    let content_type = response
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|v| v.to_str().ok())
        .unwrap_or("application/octet-stream")
        .to_owned();
    let plain = axum::body::to_bytes(response.into_body(), LARGEST)
        .await
        .map_err(|e| Error::Internal(Box::new(e)))?;
    let etag = format!(
        "\"{}\"",
        hex::encode(Sha256::digest(&plain).get(..16).unwrap_or_default())
    );
    let kept = Arc::new(Kept::new(key.tenant, read, etag, content_type, plain));
    if key.query.len() <= LONGEST_QUERY {
        state.cache.put(key, Arc::clone(&kept));
    }
    Ok(from(&wanted, kept))
}

/// An answer that says which page it came from.
fn from(wanted: &Wanted, kept: Arc<Kept>) -> Response {
    let mut response = wanted.answer(&kept);
    response.extensions_mut().insert(FromKept(kept));
    response
}

fn key(state: &AppState, arrival: &Arrival, path: &str, query: &str, keys: &[&str]) -> Key {
    let pairs: Vec<(String, String)> = if query.is_empty() || keys.is_empty() {
        Vec::new()
    } else {
        serde_html_form::from_str(query).unwrap_or_default()
    };
    let mut listed = String::new();
    for name in keys {
        if let Some((_, value)) = pairs.iter().find(|(key, _)| key == name) {
            listed.push_str(name);
            listed.push('=');
            listed.push_str(&value.len().to_string());
            listed.push(':');
            listed.push_str(value);
            listed.push('&');
        }
    }
    // A key that ends in the middle of a day ends for fragments too: nothing else changes then.
    let ended =
        |site: &pbgdpl_scope::EmbedSite| site.replaced.is_some_and(|replaced| !replaced.holds(state.now()));
    if arrival.embed.as_ref().is_some_and(ended) {
        listed.push_str("ended");
    }
    Key {
        authority: arrival.authority.clone(),
        mount: arrival.mount.clone(),
        assets: arrival.assets.clone(),
        path: path.to_owned(),
        query: listed,
        tenant: arrival.tenant.as_ref().map_or_else(Uuid::nil, |t| t.id().0),
        day: state.now().day(),
        registry: arrival.registry,
    }
}

/// What the client takes, and what it has.
struct Wanted {
    coding: Option<Coding>,
    has: Vec<String>,
}

impl Wanted {
    fn of(headers: &HeaderMap) -> Self {
        let has = headers
            .get(header::IF_NONE_MATCH)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
            .split(',')
            .map(|tag| tag.trim().trim_start_matches("W/").to_owned())
            .collect();
        Self {
            coding: Coding::taken(headers),
            has,
        }
    }

    fn answer(&self, kept: &Kept) -> Response {
        let mut response = Response::new(Body::empty());
        let (bytes, coding) = kept.bytes.give(self.coding);
        // Another encoding is another representation: the tag says so (RFC 9110 8.8.3).
        let etag = match coding {
            Some(coding) => format!("{}-{}\"", kept.etag.trim_end_matches('"'), coding.word()),
            None => kept.etag.clone(),
        };
        let headers = response.headers_mut();
        if let Ok(value) = HeaderValue::from_str(&etag) {
            headers.insert(header::ETAG, value);
        }
        // Before the answer "not modified": its headers replace those of the stored page (RFC 9111 4.3.4), so its policy
        // must be the page's own.
        if let Ok(value) = HeaderValue::from_str(&kept.content_type) {
            headers.insert(header::CONTENT_TYPE, value);
        }
        if self.has.iter().any(|tag| *tag == etag || tag == "*") {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            return response;
        }
        if let Some(coding) = coding {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding.word()));
        }
        *response.body_mut() = Body::from(bytes);
        response
    }
}
