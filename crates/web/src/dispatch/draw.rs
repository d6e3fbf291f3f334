//! Errors as pages, on every origin: in the words of the status, with the request's id and a way back.

use askama::Template as _;
use axum::response::Response;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use pbgdpl_pages::part::Link;
use pbgdpl_pages::public::{ErrorPage, Problem, Stopped, Suspended, UnlistedOrigin};

use pbgdpl_pages::Bare;
use pbgdpl_scope::RequestId;
use pbgdpl_vietnamese::date;

use crate::api;
use crate::arrival::{Arrival, Origin, Table};
use crate::csp::Csp;
use crate::error::ErrorInfo;
use crate::oai;
use crate::page;
use crate::state::AppState;

/// A page whose policy is not that of its route.
#[derive(Debug, Clone)]
struct OwnPolicy(Csp);

/// Draws a response that is an error without a body of its own.
pub(super) fn error(
    state: &AppState,
    response: Response,
    arrival: Option<&Arrival>,
    request: &RequestId,
) -> Response {
    let status = response.status();
    let drawn = response.headers().contains_key(header::CONTENT_TYPE);
    if !(status.is_client_error() || status.is_server_error())
        || (drawn && response.extensions().get::<ErrorInfo>().is_none())
    {
        return response;
    }
    let info = response.extensions().get::<ErrorInfo>().cloned();
    if info.as_ref().is_some_and(|info| info.sign_in) {
        let back = arrival
            .and_then(|a| a.back.as_deref())
            .filter(|back| back.len() < 500);
        return page::go(&back.map_or_else(|| "/dang-nhap".to_owned(), sign_in_then));
    }
    let harvests = arrival.is_some_and(oai::is_harvest);
    let mut answer = if arrival.is_some_and(api::is_api) {
        api::problem(status, info.as_ref(), request)
    } else if harvests && status == StatusCode::TOO_MANY_REQUESTS {
        plain(StatusCode::SERVICE_UNAVAILABLE, info.as_ref(), request)
    } else if harvests {
        plain(status, info.as_ref(), request)
    } else {
        let page = arrival
            .filter(|a| a.origin != Origin::Files)
            .and_then(|arrival| in_furniture(state, arrival, status, info.as_ref(), request));
        match page {
            Some(text) => page::bytes(status, "text/html; charset=utf-8", text),
            None => plain(status, info.as_ref(), request),
        }
    };
    if let Some(info) = info {
        if let Some(seconds) = info.retry_after {
            answer
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if let Some(value) = info.code.and_then(|code| HeaderValue::from_str(&code).ok()) {
            answer.headers_mut().insert("x-refusal", value);
        }
    }
    let limits = ["ratelimit", "ratelimit-policy"].map(header::HeaderName::from_static);
    for name in [header::SET_COOKIE, header::ALLOW].into_iter().chain(limits) {
        for kept in response.headers().get_all(&name) {
            answer.headers_mut().append(name.clone(), kept.clone());
        }
    }
    answer
}

/// An error as a page of its origin; none where the template fails.
fn in_furniture(
    state: &AppState,
    arrival: &Arrival,
    status: StatusCode,
    info: Option<&ErrorInfo>,
    request: &RequestId,
) -> Option<String> {
    let tenant = arrival.tenant.as_ref();
    let resting = tenant.is_some_and(|t| t.status() == pbgdpl_model::agency::Status::Hidden);
    if resting && status == StatusCode::SERVICE_UNAVAILABLE {
        let page = Suspended {
            frame: frame(state, Some(arrival)),
            province: Some(province(state)),
        };
        return page.render().ok();
    }
    let page = ErrorPage {
        frame: frame(state, Some(arrival)),
        problem: Problem::of(status.as_u16()),
        detail: info.and_then(|i| i.detail.clone()).filter(|d| !d.is_empty()),
        retry_after: info.and_then(|i| i.retry_after),
        links: info.map_or_else(Vec::new, |i| i.links.clone()),
        request_id: request.as_str().to_owned(),
        at: at(state),
    };
    page.render().ok()
}

/// The sign-in page, and where to go on afterwards.
fn sign_in_then(back: &str) -> String {
    let encoded = percent_encoding::utf8_percent_encode(back, percent_encoding::NON_ALPHANUMERIC);
    format!("/dang-nhap?next={encoded}")
}

/// An origin that may stand in a header: the parser of addresses takes more than a host name can hold.
fn plain_origin(origin: &str) -> bool {
    origin
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || b".-:/[]".contains(&b))
}

/// Without furniture: where no style sheet could be loaded.
fn plain(status: StatusCode, info: Option<&ErrorInfo>, request: &RequestId) -> Response {
    let problem = Problem::of(status.as_u16());
    let detail = info
        .and_then(|i| i.detail.as_deref())
        .filter(|d| !d.is_empty())
        .unwrap_or(problem.advice());
    let text = format!(
        "{}\n\n{detail}\n\nMã yêu cầu: {}\n",
        problem.title(),
        request.as_str()
    );
    page::bytes(status, "text/plain; charset=utf-8", text)
}

fn at(state: &AppState) -> String {
    let local = date::local_datetime(state.now().utc());
    format!(
        "{} ngày {}",
        date::hour_minute(&local),
        date::dmy(local.date_naive())
    )
}

fn province(state: &AppState) -> Link {
    Link::new(
        &state.read.registry().now().province().name,
        format!("{}/", state.settings.public.as_str()),
    )
}

fn frame(state: &AppState, arrival: Option<&Arrival>) -> Bare {
    let tenant = arrival
        .and_then(|a| a.tenant.as_ref())
        .filter(|t| t.status() != pbgdpl_model::agency::Status::Hidden);
    let brand = match (arrival, tenant) {
        (Some(arrival), Some(tenant)) => {
            Link::new(tenant.short(state.now().day()), format!("{}/", arrival.mount))
        }
        (Some(arrival), None) if arrival.origin == Origin::Desk => Link::new("Bàn làm việc", "/quan-tri"),
        _ => province(state),
    };
    Bare {
        assets: arrival.map(|a| a.assets.clone()).unwrap_or_default(),
        accent: tenant.map_or_else(|| "son".to_owned(), |t| t.agency().accent.clone()),
        brand: Some(brand),
        strap: "Phổ biến, giáo dục pháp luật".into(),
        demo_notice: state.settings.demo,
        embed: arrival.is_some_and(|arrival| arrival.origin == Origin::Embed),
    }
}

/// A frame on a site that is not listed, or of a key that was switched off: a page that names the setting, and nothing else.
pub(super) fn frame_refused(state: &AppState, arrival: &Arrival, headers: &HeaderMap) -> Option<Response> {
    let site = arrival.embed.as_ref()?;
    let text = |name: &str| headers.get(name).and_then(|v| v.to_str().ok());
    let framed = matches!(text("sec-fetch-dest"), Some("iframe" | "frame"));
    let host = text("referer")
        .and_then(|r| url::Url::parse(r).ok())
        .map(|u| u.origin().ascii_serialization())
        .filter(|origin| plain_origin(origin));
    let own = state.settings.embed.as_str();
    let listed = host
        .as_deref()
        .is_none_or(|host| host == own || site.origins.iter().any(|o| o == host));
    let replaced = site.replaced.is_some_and(|replaced| !replaced.holds(state.now()));
    let why = match (site.open, replaced) {
        (false, _) => Stopped::Off,
        (true, true) => Stopped::Replaced,
        (true, false) if framed && !listed => Stopped::Unlisted,
        (true, false) => return None,
    };
    let page = UnlistedOrigin {
        frame: frame(state, Some(arrival)),
        origin: host.clone(),
        section: Some(Link::new(
            site.tenant.short(state.now().day()),
            format!("{}/{}/", state.settings.public.as_str(), site.tenant.slug()),
        )),
        why,
    };
    let mut response = page::html_with(StatusCode::FORBIDDEN, &page).ok()?;
    // This page says nothing of the section: the site that frames it may show it.
    let ancestors = host
        .into_iter()
        .filter(|_| framed)
        .chain(site.origins.iter().cloned())
        .collect();
    response.extensions_mut().insert(OwnPolicy(Csp::Embed(ancestors)));
    Some(response)
}

/// The policy of a response: of its page, of its key, of its route, or the locked one.
pub(super) fn policy(arrival: Option<&Arrival>, route: Option<&Csp>, response: &Response) -> Csp {
    if let Some(OwnPolicy(own)) = response.extensions().get() {
        return own.clone();
    }
    let html = response
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|v| v.to_str().ok())
        .is_some_and(|t| t.starts_with("text/html"));
    let Some(arrival) = arrival else {
        return Csp::Locked;
    };
    if !html {
        return if arrival.table == Table::Files {
            Csp::Files
        } else {
            Csp::Locked
        };
    }
    if let Some(csp) = super::embed_policy(arrival) {
        return csp;
    }
    // A page from a route without pages is an error of ours: in the furniture of its origin.
    let of_pages = route.filter(|csp| **csp != Csp::Locked);
    of_pages.cloned().unwrap_or(match arrival.origin {
        Origin::Public => Csp::Public,
        Origin::Desk => Csp::Desk,
        // An error of no key: styled, in nobody's frame.
        Origin::Embed => Csp::Embed(Vec::new()),
        Origin::Files => Csp::Locked,
    })
}
