//! The first step of signing in, and signing out.

use axum::extract::State;
use axum::response::Response;
use http::{HeaderValue, StatusCode};
use pbgdpl_app::account::{sign_in, sign_out};
use pbgdpl_pages::part::Notice;
use pbgdpl_pages::sign_in::Password;
use serde::Deserialize;

use super::{Visiting, add_cookie, after, bare, come_again, go_with, time_of};
use crate::error::Error;
use crate::extract::{Form, Query};
use crate::state::AppState;
use crate::{page, session};

/// What an address of the sign-in page says.
#[derive(Debug, Default, Deserialize)]
pub struct Wish {
    /// Where to go afterwards.
    pub next: Option<String>,
    /// What just happened.
    pub xong: Option<String>,
}

/// What is typed.
#[derive(Debug, Deserialize)]
pub struct Typed {
    /// E-mail address.
    #[serde(default)]
    pub email: String,
    /// Password.
    #[serde(default)]
    pub password: String,
    /// Where to go afterwards.
    pub next: Option<String>,
}

/// `GET /dang-nhap`
///
/// # Errors
/// Where the template fails.
pub async fn form(State(state): State<AppState>, Query(wish): Query<Wish>) -> Result<Response, Error> {
    let mut shown = empty(&state, wish.next);
    shown.notice = match wish.xong.as_deref() {
        Some("thoat") => Some(Notice::done("Đã thoát.", "Phiên làm việc ở máy này đã kết thúc.")),
        Some("het-phien") => Some(Notice::warning(
            "Phiên làm việc đã kết thúc.",
            "Đăng nhập lại để làm tiếp.",
        )),
        Some("lam-lai") => Some(Notice::warning(
            "Bước xác thực đã hết hạn hoặc đã thử sai nhiều lần.",
            "Đăng nhập lại từ đầu; nếu vẫn không được, chờ 15 phút.",
        )),
        _ => None,
    };
    page::html(&shown)
}

/// `POST /dang-nhap`
///
/// # Errors
/// Where the store fails.
pub async fn send(
    State(state): State<AppState>,
    visiting: Visiting,
    Form(typed): Form<Typed>,
) -> Result<Response, Error> {
    let mut shown = empty(&state, typed.next.clone());
    shown.email.value.clone_from(&typed.email);
    match sign_in::sign_in(&state.app, &typed.email, &typed.password, &visiting.visit).await? {
        sign_in::Outcome::SignedIn(cookie) => Ok(go_with(&state, after(typed.next.as_deref()), &cookie)),
        sign_in::Outcome::CodeNeeded { ticket } => {
            let next = after(typed.next.as_deref());
            let query = serde_html_form::to_string([("next", next)]).unwrap_or_default();
            let mut response = page::go(&format!("/dang-nhap/ma?{query}"));
            add_cookie(&mut response, &session::set_step_cookie(&state.settings, &ticket));
            Ok(response)
        }
        sign_in::Outcome::Refused { left } => {
            let words = format!("thư điện tử hoặc mật khẩu chưa đúng. Còn {left} lần thử.");
            shown.password.error = Some(words);
            page::html_with(StatusCode::UNPROCESSABLE_ENTITY, &shown)
        }
        sign_in::Outcome::Locked { until } => {
            let now = state.now();
            let words = format!(
                "Thử lại sau {}, hoặc nhờ quản trị của cơ quan bạn.",
                time_of(until, now)
            );
            shown.notice = Some(Notice::refused("Đã thử sai nhiều lần nên tạm khóa.", words));
            let mut response = page::html_with(StatusCode::TOO_MANY_REQUESTS, &shown)?;
            come_again(&mut response, until, now);
            Ok(response)
        }
    }
}

/// `POST /dang-xuat`
///
/// # Errors
/// Where the store fails.
pub async fn sign_out(State(state): State<AppState>, visiting: Visiting) -> Result<Response, Error> {
    if let Some(cookie) = &visiting.visit.old_session {
        sign_out::sign_out(&state.app, cookie).await?;
    }
    let mut response = page::go("/dang-nhap?xong=thoat");
    for name in [
        session::cookie_name(&state.settings),
        session::step_cookie_name(&state.settings),
    ] {
        add_cookie(&mut response, &session::clear_cookie(&state.settings, name));
    }
    let everything = HeaderValue::from_static("\"cache\", \"cookies\", \"storage\"");
    response.headers_mut().insert("clear-site-data", everything);
    Ok(response)
}

pub(super) fn empty(state: &AppState, next: Option<String>) -> Password {
    let (email, password) = Password::fields();
    Password {
        frame: bare(state),
        action: "/dang-nhap".into(),
        next,
        notice: None,
        email,
        password,
    }
}
