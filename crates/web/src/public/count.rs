//! A browser reports that a page of a section was really seen and read or used (N-16). No cookie is read, nothing is answered.

use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, StatusCode, header};
use pbgdpl_model::engagement::{Channel, LONGEST_PATH, View, is_robot, page_of};

use crate::arrival::{Arrival, Origin, normalise_host};
use crate::engagement;
use crate::error::Error;
use crate::extract::Visitor;
use crate::state::AppState;

/// Longest body, in bytes: a path and nothing else.
pub const LONGEST_BODY: usize = 1024;

/// `POST {mount}/dem`: the path of the page inside the mount, as text.
///
/// # Errors
/// Where it comes from a page of another origin, is no path, too many wait, or the store fails.
pub async fn take(
    State(state): State<AppState>,
    visitor: Visitor,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Error> {
    let refused = |status, words: &str| Error::Refused(status, words.into());
    if !comes_from_the_page(&headers, &visitor.arrival) {
        return Err(refused(
            StatusCode::FORBIDDEN,
            "Lượt đọc chỉ được báo từ chính trang của chuyên mục.",
        ));
    }
    let body = body.map_err(|why| refused(why.into_response().status(), "Lượt đọc báo về dài quá."))?;
    let path = std::str::from_utf8(&body).unwrap_or_default();
    if !path.starts_with('/') || path.len() > LONGEST_PATH || path.contains(char::is_control) {
        return Err(refused(
            StatusCode::BAD_REQUEST,
            "Lượt đọc phải nêu đường dẫn của trang, bắt đầu bằng dấu /.",
        ));
    }
    let agent = text(&headers, header::USER_AGENT.as_str()).unwrap_or_default();
    let (day, mark) = engagement::mark(&state, visitor.arrival.client, agent).await?;
    let (page, item) = page_of(path);
    let (channel, site) = channel(&visitor.arrival);
    let view = View {
        day,
        minute: visitor.now.minute(),
        mark,
        channel,
        site,
        page,
        item,
        robot: is_robot(agent),
    };
    if !state.counting.add(visitor.tenant.id(), view) {
        return Err(refused(
            StatusCode::SERVICE_UNAVAILABLE,
            "Đang có quá nhiều lượt chờ ghi.",
        ));
    }
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// How the reader reached the section.
fn channel(arrival: &Arrival) -> (Channel, Option<String>) {
    if let Some(site) = &arrival.embed {
        return (Channel::Frame, Some(site.id.to_string()));
    }
    let by_proxy = arrival.assets == arrival.mount && !arrival.mount.is_empty();
    let ours = arrival.origin == Origin::Public && arrival.ours;
    match (by_proxy, ours) {
        (true, _) => (Channel::Mount, None),
        (false, true) => (Channel::Path, None),
        (false, false) => (Channel::Host, None),
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

/// Browsers say where a request comes from; older ones name the origin only (Fetch, Sec-Fetch-Site). Neither: not a page of ours.
fn comes_from_the_page(headers: &HeaderMap, arrival: &Arrival) -> bool {
    match (text(headers, "sec-fetch-site"), text(headers, "origin")) {
        (Some(site), _) => site == "same-origin",
        (None, Some(origin)) => {
            let host = origin.split_once("://").map_or("", |(_, host)| host);
            normalise_host(host).is_ok_and(|host| host == arrival.authority)
        }
        (None, None) => false,
    }
}
