//! The session cookie: its name, its reading, and who stands behind it. On DESK only; elsewhere cookies are not looked at.

use http::{HeaderMap, header};
use pbgdpl_model::id::DomainId;
use pbgdpl_model::policy::Role;
use pbgdpl_store::identity::SignedIn;
use sha2::{Digest, Sha256};

use crate::error::Error;
use crate::state::{AppState, WebSettings};

/// Idle time of staff, in seconds.
pub const IDLE_STAFF: i64 = 15 * 60;
/// Idle time of administrators, in seconds.
pub const IDLE_ADMINISTRATOR: i64 = 5 * 60;
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

/// The value of a cookie; `Err` where it stands twice.
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Result<Option<&'a str>, ()> {
    let mut found = None;
    for line in headers.get_all(header::COOKIE) {
        for pair in line.to_str().unwrap_or_default().split(';') {
            if let Some((key, value)) = pair.trim().split_once('=')
                && key == name
                && found.replace(value).is_some()
            {
                return Err(());
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

/// The hash under which the server knows a cookie's value.
#[must_use]
pub fn hash(value: &str) -> [u8; 32] {
    Sha256::digest(value.as_bytes()).into()
}

/// The person behind the request's session, if it lives; says once a minute that it was used.
///
/// # Errors
/// Where the store fails.
pub async fn find(state: &AppState, headers: &HeaderMap) -> Result<Option<SignedIn>, Error> {
    let Ok(Some(value)) = cookie(headers, cookie_name(&state.settings)) else {
        return Ok(None);
    };
    let (hash, now) = (hash(value), state.now());
    let Some(found) = state.read.identity().await?.signed_in(&hash, now).await? else {
        return Ok(None);
    };
    let idle = (now.millis() - found.session.seen_at.millis()) / 1000;
    if idle > idle_limit(&found, state.read.registry().now().province().id.into()) {
        return Ok(None);
    }
    if idle >= 60 {
        let mut identity = state.app.store().identity().await?;
        identity.touch_session(&hash, now).await?;
        identity.save().await?;
    }
    Ok(Some(found))
}

fn idle_limit(person: &SignedIn, province: DomainId) -> i64 {
    let administers = person.roles_in(province).has(Role::ProvinceAdmin)
        || person
            .memberships
            .iter()
            .any(|(_, roles)| roles.has(Role::AgencyAdmin));
    if administers {
        IDLE_ADMINISTRATOR
    } else {
        IDLE_STAFF
    }
}
