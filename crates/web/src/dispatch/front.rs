//! The front door's memory: what was asked in the same words before, answered before any resolving or routing.
//!
//! An entry holds the finished headers of an answer and points at the kept page. It is used only while the page is still
//! kept and current, on the same day, under the same registry; else the request goes its whole way and renews it.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Weak};

use axum::body::Body;
use axum::response::Response;
use chrono::NaiveDate;
use http::{HeaderMap, HeaderValue, Method, Request, StatusCode, header};
use moka::sync::Cache;

use crate::arrival::{Arrival, Origin, asks_for_frame};
use crate::cache::{Coding, Kept};
use crate::state::AppState;

/// Bound in bytes, of headers and addresses; the pages themselves are bounded by the page cache.
const LARGEST: u64 = 8 * 1024 * 1024;
/// What an entry weighs besides its address: some twenty headers.
const HEADERS: usize = 2048;

/// Finished headers by the words of a request.
#[derive(Debug, Clone)]
pub(super) struct Front {
    entries: Cache<String, Arc<Entry>>,
    answered: Answered,
}

#[derive(Clone)]
struct Answered(metrics::Counter, Arc<AtomicU64>);

impl std::fmt::Debug for Answered {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Answered")
    }
}

#[derive(Debug)]
struct Entry {
    kept: Weak<Kept>,
    headers: HeaderMap,
    registry: i64,
    day: NaiveDate,
}

/// On a response that came from the page cache: the page it came from.
#[derive(Debug, Clone)]
pub(super) struct FromKept(pub Arc<Kept>);

impl Front {
    pub(super) fn new() -> Self {
        let weigh = |words: &String, _: &Arc<Entry>| u32::try_from(words.len() + HEADERS).unwrap_or(u32::MAX);
        Self {
            entries: Cache::builder().weigher(weigh).max_capacity(LARGEST).build(),
            answered: Answered(
                metrics::counter!("pbgdpl_pages_answered_at_the_door_total"),
                Arc::default(),
            ),
        }
    }

    /// The answer to a request in these words, where it still holds.
    pub(super) fn answer(&self, words: &str, accepts: &HeaderMap, state: &AppState) -> Option<Response> {
        let entry = self.entries.get(words)?;
        let kept = entry.kept.upgrade()?;
        let holds = entry.registry == state.read.registry().now().version()
            && entry.day == state.now().day()
            && kept.is_current(state.read.generations());
        if !holds {
            return None;
        }
        let (bytes, _) = kept.bytes.give(Coding::taken(accepts));
        let mut response = Response::new(Body::from(bytes));
        response.headers_mut().clone_from(&entry.headers);
        self.answered.0.increment(1);
        self.answered.1.fetch_add(1, Ordering::Relaxed);
        Some(response)
    }

    /// How many requests were answered here.
    pub(super) fn answered(&self) -> u64 {
        self.answered.1.load(Ordering::Relaxed)
    }

    /// Remembers a finished answer, where it came from a kept page of a public host.
    pub(super) fn remember(&self, words: String, response: &Response, arrival: &Arrival, day: NaiveDate) {
        let Some(FromKept(kept)) = response.extensions().get::<FromKept>() else {
            return;
        };
        if response.status() != StatusCode::OK || arrival.origin != Origin::Public {
            return;
        }
        let mut headers = response.headers().clone();
        headers.remove(super::REQUEST_ID);
        let entry = Entry {
            kept: Arc::downgrade(kept),
            headers,
            registry: arrival.registry,
            day,
        };
        self.entries.insert(words, Arc::new(entry));
    }
}

/// The words of a request that may be answered here: everything an answer of the public origin depends on. A query,
/// a condition or a proxy's prefix goes the whole way.
pub(super) fn words_of(request: &Request<Body>) -> Option<String> {
    let (uri, headers) = (request.uri(), request.headers());
    let plain = request.method() == Method::GET
        && uri.authority().is_none()
        && uri.query().is_none()
        && !headers.contains_key("x-forwarded-prefix")
        && !headers.contains_key(header::IF_NONE_MATCH)
        && !asks_for_frame(headers);
    if !plain {
        return None;
    }
    let mut hosts = headers.get_all(header::HOST).iter();
    let (Some(host), None) = (hosts.next().map(HeaderValue::to_str)?.ok(), hosts.next()) else {
        return None;
    };
    let coding = Coding::taken(headers).map_or("plain", Coding::word);
    let mut words = String::with_capacity(coding.len() + host.len() + uri.path().len() + 2);
    for word in [coding, " ", host, " ", uri.path()] {
        words.push_str(word);
    }
    Some(words)
}
