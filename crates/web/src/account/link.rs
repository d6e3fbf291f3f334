//! One-time links: the demo's way in, and an invited person's way to a first password.

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use pbgdpl_app::account::sign_in_link::{self, Kind};
use pbgdpl_pages::desk::account::{FirstPassword, new_password, own_name};
use pbgdpl_pages::part::Notice;
use serde::Deserialize;

use super::{Visiting, bare, go_with, sign_in};
use crate::error::Error;
use crate::extract::{Form, Path};
use crate::page;
use crate::state::AppState;

/// What is typed.
#[derive(Debug, Deserialize)]
pub struct Typed {
    /// How they are called.
    #[serde(default)]
    pub name: String,
    /// The password.
    #[serde(default)]
    pub new: String,
}

/// `GET /dang-nhap/lien-ket/{link}`. A link of the demo signs in at once; it exists in `demo` only.
///
/// # Errors
/// Where the store fails.
pub async fn follow(
    State(state): State<AppState>,
    visiting: Visiting,
    Path(link): Path<String>,
) -> Result<Response, Error> {
    match sign_in_link::kind(&state.app, &link).await? {
        Some(Kind::Demo) if state.settings.demo => {
            match sign_in_link::follow(&state.app, &link, &visiting.visit).await? {
                Some(cookie) => Ok(go_with(&state, "/quan-tri", &cookie)),
                None => over(&state),
            }
        }
        Some(Kind::Invitation { email, display_name }) => {
            page::html(&first_password(&state, &link, email, &display_name))
        }
        _ => over(&state),
    }
}

/// `POST /dang-nhap/lien-ket/{link}`: the first password.
///
/// # Errors
/// Where the store fails.
pub async fn accept(
    State(state): State<AppState>,
    visiting: Visiting,
    Path(link): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Response, Error> {
    let Some(Kind::Invitation { email, .. }) = sign_in_link::kind(&state.app, &link).await? else {
        return over(&state);
    };
    let chosen = (typed.name.as_str(), typed.new.as_str());
    match sign_in_link::accept(&state.app, &link, chosen, &visiting.visit).await {
        Ok(Some(cookie)) => Ok(go_with(&state, "/tai-khoan/hai-lop", &cookie)),
        Ok(None) => over(&state),
        Err(pbgdpl_app::Error::Invalid { field, reason }) => {
            let mut shown = first_password(&state, &link, email, &typed.name);
            let wrong = if field == "name" {
                &mut shown.name
            } else {
                &mut shown.new
            };
            wrong.error = Some(reason);
            page::html_with(StatusCode::UNPROCESSABLE_ENTITY, &shown)
        }
        Err(error) => Err(error.into()),
    }
}

fn first_password(state: &AppState, link: &str, email: String, name: &str) -> FirstPassword {
    FirstPassword {
        frame: bare(state),
        action: format!("/dang-nhap/lien-ket/{link}"),
        email,
        name: own_name(name),
        new: new_password(),
    }
}

fn over(state: &AppState) -> Result<Response, Error> {
    let mut shown = sign_in::empty(state, None);
    shown.notice = Some(Notice::warning(
        "Đường dẫn này đã dùng hoặc đã hết hạn.",
        "Mỗi đường dẫn chỉ dùng một lần. Đăng nhập bằng mật khẩu, hoặc nhờ quản trị gửi đường dẫn mới.",
    ));
    page::html_with(StatusCode::GONE, &shown)
}
