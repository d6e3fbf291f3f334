//! From the wire to a router and back: acceptance, arrival, routing, then the headers and the drawing of errors.

mod audience;
mod draw;
mod front;
mod kept;
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
use http::{Method, Request, StatusCode, Uri, header};
use pbgdpl_model::agency::Status;
use pbgdpl_scope::RequestId;
use tower::ServiceExt;
use tracing::Instrument;

use crate::arrival::{Arrival, Origin, Refusal, Table, asks_for_frame, resolve};
use crate::csp::Csp;
use crate::error::Error;
use crate::headers;
use crate::page;
use crate::routes::{self, Keep, Route};
use crate::session;
use crate::state::AppState;

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
        let table = routes::all();
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
                                .layer(from_fn_with_state((state.clone(), matched), guard));
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

    /// Answers one request.
    pub async fn handle(&self, request: Request<Body>, peer: Option<IpAddr>) -> Response {
        let id = format!("{:016x}", rand::random::<u64>());
        let words = front::words_of(&request);
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
        self.handle_in_span(request, peer, id, words)
            .instrument(span)
            .await
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
        let head = parts.method == Method::HEAD;
        let agencies = self.state.read.registry().now();
        let resolved = resolve(&parts, peer, &self.state.settings, &agencies);
        if let Some(answer) = self.probe(parts.uri.path()).await {
            return self.finish(answer, None, &request_id);
        }
        let arrival = match resolved {
            Ok(arrival) => arrival,
            Err(refusal) => return self.finish(refused(refusal), None, &request_id),
        };
        if let Some(tenant) = &arrival.tenant {
            tracing::Span::current().record("tenant", tenant.slug());
        }
        let accepted = accept(&parts, &arrival, &self.state).and_then(|()| rest(&arrival));
        if let Err(error) = accepted {
            return self.finish(error.into_response(), Some(&arrival), &request_id);
        }
        if let Some(page) = draw::frame_refused(&self.state, &arrival, &parts.headers) {
            return self.finish(page, Some(&arrival), &request_id);
        }
        if head {
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
            return self.finish(Error::NotFound.into_response(), Some(&arrival), &request_id);
        };
        let answered = AssertUnwindSafe(router.oneshot(Request::from_parts(parts, body)))
            .catch_unwind()
            .await;
        let response = match answered {
            Ok(Ok(response)) => response,
            Ok(Err(never)) => match never {},
            Err(_) => Error::Internal("a handler panicked".into()).into_response(),
        };
        let mut response = self.finish(response, Some(&arrival), &request_id);
        if let Some(words) = words {
            self.front.remember(words, &response, &arrival, day);
        }
        if head {
            *response.body_mut() = Body::empty();
        }
        response
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
        let ours = arrival.is_some_and(|a| a.ours) || response.extensions().get::<OurHost>().is_some();
        let mut response = draw::error(&self.state, response, arrival, request);
        let origin = arrival.map_or(Origin::Public, |a| a.origin);
        let csp = draw::policy(arrival, matched.as_ref().map(|m| &m.route.csp), &response);
        let keep = matched.map_or(Keep::Nothing, |m| m.route.keep);
        let status = response.status();
        let success = status.is_success() || status == StatusCode::NOT_MODIFIED;
        headers::apply(
            response.headers_mut(),
            (&self.state.settings, &self.written),
            origin,
            ours,
            &csp,
            keep,
            success,
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

/// A refusal on a host of ours: an address that leads nowhere, or elsewhere.
#[derive(Debug, Clone, Copy)]
struct OurHost;

fn on_our_host(mut response: Response) -> Response {
    response.extensions_mut().insert(OurHost);
    response
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
        Refusal::NotFound => on_our_host(Error::NotFound.into_response()),
        Refusal::Moved(to) => on_our_host(page::moved(&to)),
    }
}

/// What is refused before routing (SECURITY 5.2): methods, cookies, forged forms, frames.
fn accept(parts: &http::request::Parts, arrival: &Arrival, state: &AppState) -> Result<(), Error> {
    if !matches!(parts.method, Method::GET | Method::HEAD | Method::POST) {
        return Err(Error::Refused(
            StatusCode::METHOD_NOT_ALLOWED,
            "Trang này không nhận cách gửi đó.".into(),
        ));
    }
    if arrival.origin != Origin::Embed && asks_for_frame(&parts.headers) {
        return Err(Error::Refused(
            StatusCode::FORBIDDEN,
            "Trang này không được mở trong khung của trang khác.".into(),
        ));
    }
    if arrival.origin != Origin::Desk {
        return Ok(());
    }
    let cookies: usize = parts
        .headers
        .get_all(header::COOKIE)
        .iter()
        .map(|c| c.len())
        .sum();
    if cookies > session::COOKIES_MAX {
        return Err(Error::Refused(
            StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
            "Trình duyệt gửi kèm quá nhiều dữ liệu.".into(),
        ));
    }
    let settings = &state.settings;
    for name in [
        session::cookie_name(settings),
        session::step_cookie_name(settings),
    ] {
        if session::cookie(&parts.headers, name).is_err() {
            return Err(Error::Refused(
                StatusCode::BAD_REQUEST,
                "Trình duyệt gửi hai phiên đăng nhập cùng lúc. Hãy đăng nhập lại.".into(),
            ));
        }
    }
    if parts.method == Method::POST && parts.uri.path() != "/csp" && !same_origin(parts, state) {
        return Err(Error::Refused(
            StatusCode::FORBIDDEN,
            "Biểu mẫu này không được gửi từ trang của hệ thống. Chưa có gì bị thay đổi.".into(),
        ));
    }
    Ok(())
}

/// Whether a form comes from our own desk. Stricter than the usual layer: with a session, one of the two headers must be there.
fn same_origin(parts: &http::request::Parts, state: &AppState) -> bool {
    let header = |name: &str| parts.headers.get(name).and_then(|v| v.to_str().ok());
    match (header("sec-fetch-site"), header("origin")) {
        (Some("same-origin" | "none"), _) => true,
        (Some(_), _) => false,
        (None, Some(origin)) => origin.eq_ignore_ascii_case(state.settings.desk.as_str()),
        (None, None) => session::cookie(&parts.headers, session::cookie_name(&state.settings)) == Ok(None),
    }
}

/// A section that rests shows nothing of itself.
fn rest(arrival: &Arrival) -> Result<(), Error> {
    match &arrival.tenant {
        Some(tenant) if tenant.status() == Status::Hidden => {
            Err(Error::Refused(StatusCode::SERVICE_UNAVAILABLE, String::new()))
        }
        _ => Ok(()),
    }
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
    let mut renewed = None;
    let answer = async {
        audience::check(&state, &matched.route, &mut request, &mut renewed).await?;
        if let Keep::Page(keys) = matched.route.keep {
            return kept::answer(&state, keys, request, next).await;
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
