//! What is refused before routing (SECURITY 5.2): sizes, methods, frames, cookies, forms that come from elsewhere.

use axum::response::{IntoResponse, Response};
use http::request::Parts;
use http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};

use crate::api::is_api;
use crate::arrival::{Arrival, Origin, asks_for_frame};
use crate::desk::embed::preview;
use crate::error::Error;
use crate::routes::{Keep, Route};
use crate::session;
use crate::state::{AppState, WebSettings};

/// Most bytes of the address and the headers together.
const HEAD_BYTES: usize = 16 * 1024;
/// Most headers.
const HEADERS: usize = 64;
/// What any page of ours may be asked with at all; what an address of the read interface may be.
const METHODS: &str = "GET, HEAD, POST";
const READING: &str = "GET, HEAD";

/// Whether the address and the headers are more than any browser of ours sends.
pub(super) fn too_much(headers: &HeaderMap, uri: &Uri) -> bool {
    let address = uri.path_and_query().map_or(0, |p| p.as_str().len());
    let bytes: usize = headers
        .iter()
        .map(|(name, value)| name.as_str().len() + value.len() + 4)
        .sum();
    headers.len() > HEADERS || address + bytes > HEAD_BYTES
}

/// The answer to a request that is not let in.
pub(super) fn refuse(parts: &Parts, arrival: &Arrival, state: &AppState) -> Option<Response> {
    if too_much(&parts.headers, &parts.uri) {
        return refusal(
            StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
            "Trình duyệt gửi kèm quá nhiều dữ liệu. Hãy xoá cookie của trang này rồi mở lại.",
        );
    }
    if !matches!(parts.method, Method::GET | Method::HEAD | Method::POST) {
        let mut response = refusal(
            StatusCode::METHOD_NOT_ALLOWED,
            "Trang này không nhận cách gửi đó.",
        )?;
        let methods = if is_api(arrival) { READING } else { METHODS };
        response
            .headers_mut()
            .insert(header::ALLOW, HeaderValue::from_static(methods));
        return Some(response);
    }
    let preview = arrival.origin == Origin::Desk && preview::is_one(&arrival.path);
    if arrival.origin != Origin::Embed && !preview && asks_for_frame(&parts.headers) {
        return refusal(
            StatusCode::FORBIDDEN,
            "Trang này không được mở trong khung của trang khác.",
        );
    }
    match arrival.origin {
        Origin::Desk => at_the_desk(parts, state),
        Origin::Files => at_files(&parts.headers, &state.settings),
        Origin::Public | Origin::Embed => None,
    }
}

/// An operation of the read interface takes the keys that it lists, each once and with a value: all else is a mistake that would go
/// unseen. An empty `loai` of a program whose variable was never set would be answered with every kind.
pub(super) fn only_listed(route: &Route, uri: &Uri) -> Result<(), Error> {
    let (Some(_), Keep::Page(keys)) = (route.operation, route.keep) else {
        return Ok(());
    };
    let query = uri.query().unwrap_or_default();
    let pairs: Vec<(String, String)> = serde_html_form::from_str(query).unwrap_or_default();
    for (at, (name, value)) in pairs.iter().enumerate() {
        if !keys.contains(&name.as_str()) {
            let reason = if keys.is_empty() {
                format!("Đường dẫn này không có tham số nào, cũng không có “{name}”.")
            } else {
                format!("Không có tham số “{name}”. Các tham số: {}.", keys.join(", "))
            };
            return Err(Error::Parameter(name.clone(), reason));
        }
        if value.is_empty() {
            let reason = format!("Tham số “{name}” để trống. Nêu giá trị, hoặc bỏ hẳn tham số này.");
            return Err(Error::Parameter(name.clone(), reason));
        }
        if pairs.iter().skip(at + 1).any(|(other, _)| other == name) {
            let reason = format!("Tham số “{name}” được nêu hai lần. Chỉ nêu một lần.");
            return Err(Error::Parameter(name.clone(), reason));
        }
    }
    Ok(())
}

fn refusal(status: StatusCode, words: &str) -> Option<Response> {
    Some(Error::Refused(status, words.into()).into_response())
}

fn our_cookies(settings: &WebSettings) -> [&'static str; 2] {
    [
        session::cookie_name(settings),
        session::step_cookie_name(settings),
    ]
}

fn at_the_desk(parts: &Parts, state: &AppState) -> Option<Response> {
    let settings = &state.settings;
    let cookies: usize = parts
        .headers
        .get_all(header::COOKIE)
        .iter()
        .map(|c| c.len())
        .sum();
    if cookies > session::COOKIES_MAX {
        return refusal(
            StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
            "Trình duyệt gửi kèm quá nhiều dữ liệu. Hãy xoá cookie của trang này rồi mở lại.",
        );
    }
    let names = our_cookies(settings);
    if names
        .iter()
        .any(|name| session::cookie(&parts.headers, name).is_err())
    {
        let mut response = refusal(
            StatusCode::BAD_REQUEST,
            "Trình duyệt gửi hai phiên đăng nhập cùng lúc. Hãy đăng nhập lại.",
        )?;
        for name in names {
            if let Ok(value) = HeaderValue::from_str(&session::clear_cookie(settings, name)) {
                response.headers_mut().append(header::SET_COOKIE, value);
            }
        }
        return Some(response);
    }
    if parts.method == Method::POST && parts.uri.path() != "/csp" && !same_origin(parts, state) {
        return refusal(
            StatusCode::FORBIDDEN,
            "Biểu mẫu này không được gửi từ trang của hệ thống. Chưa có gì bị thay đổi.",
        );
    }
    None
}

/// A session never reaches FILES by itself: the cookie belongs to the desk's host alone. Where one host carries both (the
/// demo's four ports) the browser sends it to every port, and it is not looked at.
fn at_files(headers: &HeaderMap, settings: &WebSettings) -> Option<Response> {
    if settings.files.host() == settings.desk.host() {
        return None;
    }
    let sent = our_cookies(settings)
        .iter()
        .any(|name| session::cookie(headers, name) != Ok(None));
    if !sent {
        return None;
    }
    refusal(
        StatusCode::BAD_REQUEST,
        "Địa chỉ của tệp không nhận phiên đăng nhập.",
    )
}

/// Whether a form comes from our own desk. Stricter than the usual layer: with a session, one of the two headers must be there.
fn same_origin(parts: &Parts, state: &AppState) -> bool {
    let header = |name: &str| parts.headers.get(name).and_then(|v| v.to_str().ok());
    match (header("sec-fetch-site"), header("origin")) {
        (Some("same-origin" | "none"), _) => true,
        (Some(_), _) => false,
        (None, Some(origin)) => origin.eq_ignore_ascii_case(state.settings.desk.as_str()),
        (None, None) => session::cookie(&parts.headers, session::cookie_name(&state.settings)) == Ok(None),
    }
}
