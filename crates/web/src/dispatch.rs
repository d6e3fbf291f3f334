//! From the wire to a router and back: acceptance, arrival, routing, then the headers and the drawing of errors.

mod accept;
pub(crate) mod audience;
mod draw;
mod front;
mod kept;
pub(crate) mod rate;
mod step_up;

use std::net::IpAddr;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use futures::FutureExt;
use http::request::Parts;
use http::{Method, Request, StatusCode, Uri};
use pbgdpl_model::agency::Status;
use pbgdpl_scope::RequestId;
use tower::ServiceExt;
use tracing::Instrument;

use crate::arrival::{Arrival, Origin, Refusal, Refused, Table, resolve};
use crate::csp::Csp;
use crate::error::Error;
use crate::headers;
use crate::page;
use crate::public::fragment;
use crate::routes::{self, Keep, Route, Share};
use crate::session;
use crate::state::AppState;
use accept::too_much;
pub use rate::BURST;

/// What the table says of the route that matched; on the request for the layers, on the response for the headers.
#[derive(Debug, Clone)]
pub struct Matched {
    route: Arc<Route>,
}

/// The whole service: one router a table.
#[derive(Debug, Clone)]
pub struct Dispatch {
    state: AppState,
    routers: Arc<[(Table, Router)]>,
    written: Arc<headers::Written>,
    front: front::Front,
}

/// Names one request, on every answer, every error page and in every record.
const REQUEST_ID: &str = "x-request-id";

const TABLES: [Table; 5] = [
    Table::Province,
    Table::Section,
    Table::Desk,
    Table::Embed,
    Table::Files,
];

impl Dispatch {
    /// Builds the routers from the table, and from nothing else.
    #[must_use]
    pub fn new(state: AppState) -> Self {
        Self::of(state, &routes::all())
    }

    /// The same for another table: tests add routes that fail in ways that ours never should.
    #[must_use]
    pub fn of(state: AppState, table: &[Route]) -> Self {
        let routers = TABLES
            .into_iter()
            .map(|which| {
                let router =
                    table
                        .iter()
                        .filter(|route| route.table == which)
                        .fold(Router::new(), |router, route| {
                            let matched = Matched {
                                route: Arc::new(route.clone()),
                            };
                            let handler = route
                                .handler
                                .clone()
                                .layer(DefaultBodyLimit::max(route.body))
                                // Of the matching method only: another one is answered 405, never with a kept page.
                                .route_layer(from_fn_with_state((state.clone(), matched), guard));
                            router.route(route.path, handler)
                        });
                (which, router.with_state(state.clone()))
            })
            .collect();
        let written = Arc::new(headers::Written::new(&state.settings));
        Self {
            state,
            routers,
            written,
            front: front::Front::new(),
        }
    }

    /// How many requests were answered at the door, before resolving and routing, since the start.
    #[must_use]
    pub fn answered_at_the_door(&self) -> u64 {
        self.front.answered()
    }

    /// Answers one request.
    pub async fn handle(&self, request: Request<Body>, peer: Option<IpAddr>) -> Response {
        let id = format!("{:016x}", rand::random::<u64>());
        let words = front::words_of(&request).filter(|_| !too_much(request.headers(), request.uri()));
        let known = words
            .as_deref()
            .and_then(|words| self.front.answer(words, request.headers(), &self.state));
        if let Some(answer) = known {
            return named(answer, &id);
        }
        let span = tracing::info_span!(
            "request", request_id = %id, method = %request.method(), route = tracing::field::Empty,
            tenant = tracing::field::Empty, status = tracing::field::Empty
        );
        let head = request.method() == Method::HEAD;
        let mut response = self
            .handle_in_span(request, peer, id, words)
            .instrument(span)
            .await;
        if head {
            *response.body_mut() = Body::empty();
        }
        response
    }

    async fn handle_in_span(
        &self,
        request: Request<Body>,
        peer: Option<IpAddr>,
        id: String,
        words: Option<String>,
    ) -> Response {
        let day = self.state.now().day();
        let (mut parts, body) = request.into_parts();
        let request_id = RequestId::new(id).with_trace(pbgdpl_telemetry::current_traceparent());
        let agencies = self.state.read.registry().now();
        let (arrival, nowhere) = match resolve(&parts, peer, &self.state.settings, &agencies) {
            Ok(arrival) => (Some(arrival), None),
            Err(Refused { why, at }) => (at.map(|at| *at), Some(why)),
        };
        if let Some(answer) = self.probe(parts.uri.path()).await {
            return self.finish(answer, arrival.as_ref(), &request_id);
        }
        let Some(arrival) = arrival else {
            return self.finish(nowhere.map_or_else(not_found, refused), None, &request_id);
        };
        if let Some(tenant) = &arrival.tenant {
            tracing::Span::current().record("tenant", tenant.slug());
        }
        let stopped = accept::refuse(&parts, &arrival, &self.state)
            .or_else(|| nowhere.map(refused))
            .or_else(|| {
                // What a server puts into its own page says itself that the section rests: nobody shows an error page there.
                let fragment = arrival.embed.is_some() && arrival.path == fragment::PATH;
                (!fragment).then(|| self.stopped(&parts, &arrival)).flatten()
            });
        if let Some(response) = stopped {
            return self.finish(response, Some(&arrival), &request_id);
        }
        if parts.method == Method::HEAD {
            parts.method = Method::GET;
        }
        parts.uri = inside(&parts.uri, &arrival.path);
        parts.extensions.insert(arrival.clone());
        parts.extensions.insert(request_id.clone());
        let router = self
            .routers
            .iter()
            .find(|(table, _)| *table == arrival.table)
            .map(|(_, router)| router.clone());
        let Some(router) = router else {
            return self.finish(not_found(), Some(&arrival), &request_id);
        };
        let answered = AssertUnwindSafe(router.oneshot(Request::from_parts(parts, body)))
            .catch_unwind()
            .await;
        let response = match answered {
            Ok(Ok(response)) => response,
            Ok(Err(never)) => match never {},
            Err(_) => Error::Internal("a handler panicked".into()).into_response(),
        };
        let response = self.finish(response, Some(&arrival), &request_id);
        // An answer that says how its caller stands is nobody else's.
        if let Some(words) = words.filter(|_| !response.headers().contains_key(rate::LIMIT)) {
            self.front.remember(words, &response, &arrival, day);
        }
        response
    }

    /// Where the section rests, or may not be shown in this frame.
    fn stopped(&self, parts: &Parts, arrival: &Arrival) -> Option<Response> {
        rest(arrival).or_else(|| draw::frame_refused(&self.state, arrival, &parts.headers))
    }

    /// Probes answer on any host.
    async fn probe(&self, path: &str) -> Option<Response> {
        match path {
            "/healthz" => Some(page::bytes(StatusCode::OK, "text/plain; charset=utf-8", "ok")),
            "/readyz" if self.state.read.answers().await => {
                Some(page::bytes(StatusCode::OK, "text/plain; charset=utf-8", "ready"))
            }
            "/readyz" => Some(page::bytes(
                StatusCode::SERVICE_UNAVAILABLE,
                "text/plain; charset=utf-8",
                "no database",
            )),
            _ => None,
        }
    }

    /// Draws what is an error, then sets the headers.
    fn finish(&self, response: Response, arrival: Option<&Arrival>, request: &RequestId) -> Response {
        let matched = response.extensions().get::<Matched>().cloned();
        let mut response = draw::error(&self.state, response, arrival, request);
        let origin = arrival.map_or(Origin::Public, |a| a.origin);
        let csp = draw::policy(arrival, matched.as_ref().map(|m| &m.route.csp), &response);
        let status = response.status();
        let table = headers::Promise {
            origin,
            ours: arrival.is_some_and(|a| a.ours),
            keep: matched.as_ref().map_or(Keep::Nothing, |m| m.route.keep),
            counted: matched.as_ref().is_some_and(|m| m.route.cost > 0),
            share: matched.map_or(Share::Own, |m| m.route.share),
            listed: arrival.and_then(|a| a.listed.clone()),
            success: status.is_success() || status == StatusCode::NOT_MODIFIED,
        };
        headers::apply(
            response.headers_mut(),
            (&self.state.settings, &self.written),
            &csp,
            &table,
        );
        tracing::Span::current().record("status", status.as_u16());
        named(response, request.as_str())
    }
}

fn named(mut response: Response, request: &str) -> Response {
    if let Ok(value) = request.parse() {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    response
}

fn not_found() -> Response {
    Error::NotFound.into_response()
}

fn refused(refusal: Refusal) -> Response {
    match refusal {
        Refusal::BadHost => Error::Refused(
            StatusCode::BAD_REQUEST,
            "Tên máy chủ gửi lên không đọc được.".into(),
        )
        .into_response(),
        Refusal::UnknownHost => Error::Refused(
            StatusCode::MISDIRECTED_REQUEST,
            "Tên miền này chưa được đăng ký cho chuyên mục nào.".into(),
        )
        .into_response(),
        Refusal::NotFound => not_found(),
        Refusal::Moved(to) => page::moved(&to),
    }
}

/// A section that rests shows nothing of itself; the style sheet of the page that says so is nobody's.
fn rest(arrival: &Arrival) -> Option<Response> {
    let tenant = arrival.tenant.as_ref()?;
    let rests = tenant.status() == Status::Hidden && !arrival.path.starts_with(pbgdpl_pages::assets::FOLDER);
    rests.then(|| Error::Refused(StatusCode::SERVICE_UNAVAILABLE, String::new()).into_response())
}

/// The URI inside the mount.
fn inside(uri: &Uri, path: &str) -> Uri {
    let text = match uri.query() {
        Some(query) => format!("{path}?{query}"),
        None => path.to_owned(),
    };
    text.parse().unwrap_or_else(|_| Uri::from_static("/"))
}

/// The table's own layer: audience, kept pages, and acts that survive a client who leaves.
async fn guard(
    State((state, matched)): State<(AppState, Matched)>,
    mut request: Request<Body>,
    next: Next,
) -> Response {
    tracing::Span::current().record("route", matched.route.path);
    let (mut renewed, mut person) = (None, None);
    let cost = matched.route.cost;
    let standing = (cost > 0).then(|| {
        let caller = request.extensions().get::<Arrival>().and_then(|a| a.client);
        state.rates.take(caller, cost, state.now())
    });
    let answer = async {
        if matched.route.of_key
            && request
                .extensions()
                .get::<Arrival>()
                .is_none_or(|a| a.embed.is_none())
        {
            return Err(Error::NotFound);
        }
        if let Some(standing) = standing.filter(|standing| !standing.allowed) {
            return Err(Error::TooMany(standing.wait.unsigned_abs()));
        }
        accept::only_listed(&matched.route, request.uri())?;
        audience::check(&state, &matched.route, &mut request, &mut renewed, &mut person).await?;
        if let Keep::Page(keys) = matched.route.keep {
            return kept::answer(&state, (keys, matched.route.of_province), request, next).await;
        }
        let (request, kept) = step_up::Kept::of(request, &matched.route).await?;
        let answer = if request.method() == Method::POST {
            // A client that disconnects drops the handler: an act half done would be rolled back, but its answer lost (S3).
            let span = tracing::Span::current();
            let task = tokio::spawn(async move { next.run(request).await }.instrument(span));
            task.await.map_err(|e| Error::Internal(Box::new(e)))?
        } else {
            next.run(request).await
        };
        Ok(match kept {
            Some(kept) => kept.asked(&state, answer),
            None => answer,
        })
    };
    let mut response = answer.await.unwrap_or_else(IntoResponse::into_response);
    // What everybody keeps for ever says nothing of one caller; who is refused is told why.
    let told = |standing: &rate::Standing| !standing.allowed || matched.route.keep != Keep::Immutable;
    if let Some(standing) = standing.filter(told) {
        standing.tell(response.headers_mut());
    }
    state.denials.note(person, &response);
    if let Some(cookie) = renewed {
        session::hand_over(&state.settings, &mut response, &cookie);
    }
    response.extensions_mut().insert(matched);
    response
}

/// The policy of a framed section: the listed origins of its key.
pub(crate) fn embed_policy(arrival: &Arrival) -> Option<Csp> {
    arrival
        .embed
        .as_ref()
        .map(|site| Csp::Embed(site.origins.clone()))
}
