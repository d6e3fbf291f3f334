//! The session cookie: its name, its reading, and who stands behind it. On DESK only; elsewhere cookies are not looked at.

use axum::response::Response;
use http::{HeaderMap, HeaderValue, header};
use pbgdpl_app::account::session::Cookie;
use pbgdpl_store::identity::SignedIn;

use crate::error::Error;
use crate::state::{AppState, WebSettings};

/// Longest cookie header, in bytes.
pub const COOKIES_MAX: usize = 8 * 1024;

/// Name of the session cookie: with `__Host-` wherever browsers come by https.
#[must_use]
pub fn cookie_name(settings: &WebSettings) -> &'static str {
    if settings.https() { "__Host-sid" } else { "sid" }
}

/// Name of the cookie between the two steps of signing in.
#[must_use]
pub fn step_cookie_name(settings: &WebSettings) -> &'static str {
    if settings.https() { "__Host-lc" } else { "lc" }
}

/// A cookie of ours that stands twice: somebody put a second one there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Twice;

/// The value of a cookie.
///
/// # Errors
/// [`Twice`] where it stands twice.
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Result<Option<&'a str>, Twice> {
    let mut found = None;
    for line in headers.get_all(header::COOKIE) {
        for pair in line.to_str().unwrap_or_default().split(';') {
            if let Some((key, value)) = pair.trim().split_once('=')
                && key == name
                && found.replace(value).is_some()
            {
                return Err(Twice);
            }
        }
    }
    Ok(found)
}

/// `Set-Cookie` of a session.
#[must_use]
pub fn set_cookie(settings: &WebSettings, value: &str) -> String {
    let secure = if settings.https() { " Secure;" } else { "" };
    format!(
        "{}={value}; Path=/;{secure} HttpOnly; SameSite=Lax",
        cookie_name(settings)
    )
}

/// `Set-Cookie` that ends a session.
#[must_use]
pub fn clear_cookie(settings: &WebSettings, name: &str) -> String {
    let secure = if settings.https() { " Secure;" } else { "" };
    format!("{name}=; Path=/;{secure} HttpOnly; SameSite=Lax; Max-Age=0")
}

/// `Set-Cookie` between the two steps of signing in: five minutes.
#[must_use]
pub fn set_step_cookie(settings: &WebSettings, value: &str) -> String {
    let secure = if settings.https() { " Secure;" } else { "" };
    format!(
        "{}={value}; Path=/;{secure} HttpOnly; SameSite=Lax; Max-Age=300",
        step_cookie_name(settings)
    )
}

/// Gives a browser the new value of its session, unless the answer brings or ends one itself.
pub fn hand_over(settings: &WebSettings, response: &mut Response, cookie: &Cookie) {
    let name = cookie_name(settings);
    let own = response.headers().get_all(header::SET_COOKIE).iter().any(|line| {
        line.to_str()
            .is_ok_and(|line| line.split('=').next() == Some(name))
    });
    if own {
        return;
    }
    if let Ok(value) = HeaderValue::from_str(&set_cookie(settings, cookie.value())) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}

/// The person behind the request's session, if it lives; says once a minute that it was used.
///
/// # Errors
/// Where the store fails.
pub async fn find(state: &AppState, headers: &HeaderMap) -> Result<Option<SignedIn>, Error> {
    match cookie(headers, cookie_name(&state.settings)) {
        Ok(Some(value)) => Ok(pbgdpl_app::account::session::resume(&state.app, value).await?),
        _ => Ok(None),
    }
}
