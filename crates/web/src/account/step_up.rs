//! Showing the second factor again: a page that keeps the form of the act, and sends it on with the right code.

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use pbgdpl_app::account::step_up::{Outcome, step_up};
use pbgdpl_pages::part::Notice;
use pbgdpl_pages::sign_in::{CODE_AGAIN, Code};
use serde::Deserialize;

use super::{Visiting, add_cookie, after, bare, closed, wrong_code};
use crate::error::Error;
use crate::extract::{Person, Query, SentFields};
use crate::page;
use crate::session;
use crate::state::AppState;

/// Where to go on, and how.
#[derive(Debug, Deserialize)]
pub struct Wish {
    /// The path of the act.
    pub next: Option<String>,
    /// Whether the kept form is sent there again.
    #[serde(default)]
    pub gui: u8,
}

/// What is asked for, and what goes on afterwards.
#[derive(Debug)]
pub(crate) struct Asked {
    pub email: String,
    pub next: String,
    /// Whether the fields are sent on.
    pub again: bool,
    /// Whether files were chosen, which a page cannot keep.
    pub files: bool,
    pub fields: Vec<(String, String)>,
}

/// The page that asks.
pub(crate) fn ask(
    state: &AppState,
    status: StatusCode,
    asked: Asked,
    error: Option<String>,
) -> Result<Response, Error> {
    let gui = if asked.again { "1" } else { "0" };
    let query = serde_html_form::to_string([("next", asked.next.as_str()), ("gui", gui)]).unwrap_or_default();
    let mut code = Code::field_again();
    code.error = error;
    page::html_with(
        status,
        &Code {
            frame: bare(state),
            action: format!("/xac-nhan-lai?{query}"),
            account: asked.email,
            restart: String::new(),
            next: None,
            notice: asked.files.then(|| {
                Notice::warning(
                    "Tệp vừa chọn chưa được gửi.",
                    "Sau khi xác thực, bạn trở lại trang trước và chọn lại tệp.",
                )
            }),
            code,
            step_up: true,
            kept: asked.fields,
        },
    )
}

/// `POST /xac-nhan-lai?next=…&gui=1`
///
/// # Errors
/// Where the store fails.
pub async fn confirm(
    State(state): State<AppState>,
    person: Person,
    visiting: Visiting,
    Query(wish): Query<Wish>,
    SentFields(mut fields): SentFields,
) -> Result<Response, Error> {
    let next = after(wish.next.as_deref()).to_owned();
    let again = wish.gui == 1;
    let typed = fields
        .iter()
        .find(|(name, _)| name == CODE_AGAIN)
        .map(|(_, value)| value.clone())
        .unwrap_or_default();
    fields.retain(|(name, _)| name != CODE_AGAIN);
    let (status, error, until) = match step_up(&state.app, &person.person, &typed, &visiting.visit).await? {
        Outcome::Shown(cookie) => {
            let mut response = if again {
                page::again(&next)
            } else {
                page::go(&next)
            };
            add_cookie(
                &mut response,
                &session::set_cookie(&state.settings, cookie.value()),
            );
            return Ok(response);
        }
        Outcome::Wrong { left } => (StatusCode::UNPROCESSABLE_ENTITY, wrong_code(left), None),
        Outcome::Locked { until } => (
            StatusCode::TOO_MANY_REQUESTS,
            closed(until, person.now),
            Some(until),
        ),
    };
    let asked = Asked {
        email: person.person.email.clone(),
        next,
        again,
        files: false,
        fields,
    };
    let mut response = ask(&state, status, asked, Some(error))?;
    if let Some(until) = until {
        super::come_again(&mut response, until, person.now);
    }
    Ok(response)
}
