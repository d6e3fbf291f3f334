//! The second step of signing in, and setting the second factor up.

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use pbgdpl_app::account::{enrol, second_factor};
use pbgdpl_pages::sign_in::{Code, Enrol, QrCode};
use serde::Deserialize;

use super::sign_in::Wish;
use super::{Visiting, after, bare, closed, come_again, go_with, wrong_code};
use crate::error::Error;
use crate::extract::{Form, Person, Query};
use crate::page;
use crate::state::AppState;

/// What is typed.
#[derive(Debug, Deserialize)]
pub struct Typed {
    /// The code.
    #[serde(default)]
    pub code: String,
    /// Where to go afterwards.
    pub next: Option<String>,
}

const FROM_THE_START: &str = "/dang-nhap?xong=lam-lai";

/// `GET /dang-nhap/ma`
///
/// # Errors
/// Where the store fails.
pub async fn form(
    State(state): State<AppState>,
    visiting: Visiting,
    Query(wish): Query<Wish>,
) -> Result<Response, Error> {
    match waiting(&state, &visiting, wish.next).await? {
        Some(shown) => page::html(&shown),
        None => Ok(page::go(FROM_THE_START)),
    }
}

/// `POST /dang-nhap/ma`
///
/// # Errors
/// Where the store fails.
pub async fn send(
    State(state): State<AppState>,
    visiting: Visiting,
    Form(typed): Form<Typed>,
) -> Result<Response, Error> {
    let ticket = visiting.ticket.clone().unwrap_or_default();
    match second_factor::confirm(&state.app, &ticket, &typed.code, &visiting.visit).await? {
        second_factor::Outcome::SignedIn(cookie) => {
            Ok(go_with(&state, after(typed.next.as_deref()), &cookie))
        }
        second_factor::Outcome::Over => Ok(page::go(FROM_THE_START)),
        second_factor::Outcome::Wrong { left } => match waiting(&state, &visiting, typed.next).await? {
            Some(mut shown) => {
                shown.code.error = Some(wrong_code(left));
                page::html_with(StatusCode::UNPROCESSABLE_ENTITY, &shown)
            }
            None => Ok(page::go(FROM_THE_START)),
        },
    }
}

/// `GET /tai-khoan/hai-lop`
///
/// # Errors
/// Where the store fails.
pub async fn set_up(
    State(state): State<AppState>,
    person: Person,
    visiting: Visiting,
    Query(wish): Query<Wish>,
) -> Result<Response, Error> {
    match enrolment(&state, &person, &visiting, wish.next).await? {
        Some(shown) => page::html(&shown),
        None => Ok(page::go("/tai-khoan")),
    }
}

/// `POST /tai-khoan/hai-lop`
///
/// # Errors
/// Where the store fails.
pub async fn turn_on(
    State(state): State<AppState>,
    person: Person,
    visiting: Visiting,
    Form(typed): Form<Typed>,
) -> Result<Response, Error> {
    let (status, error, until) =
        match enrol::confirm(&state.app, &person.person, &typed.code, &visiting.visit).await? {
            enrol::Outcome::On(cookie) => {
                let to = match typed.next.as_deref() {
                    None => "/tai-khoan?xong=hai-lop",
                    next => after(next),
                };
                return Ok(go_with(&state, to, &cookie));
            }
            enrol::Outcome::Already => return Ok(page::go("/tai-khoan")),
            enrol::Outcome::Wrong { left } => (StatusCode::UNPROCESSABLE_ENTITY, wrong_code(left), None),
            enrol::Outcome::Locked { until } => (
                StatusCode::TOO_MANY_REQUESTS,
                closed(until, person.now),
                Some(until),
            ),
        };
    let Some(mut shown) = enrolment(&state, &person, &visiting, typed.next).await? else {
        return Ok(page::go("/tai-khoan"));
    };
    shown.code.error = Some(error);
    let mut response = page::html_with(status, &shown)?;
    if let Some(until) = until {
        come_again(&mut response, until, person.now);
    }
    Ok(response)
}

async fn waiting(state: &AppState, visiting: &Visiting, next: Option<String>) -> Result<Option<Code>, Error> {
    let ticket = visiting.ticket.as_deref().unwrap_or_default();
    let account = second_factor::waiting(&state.app, ticket).await?;
    Ok(account.map(|account| Code {
        frame: bare(state),
        action: "/dang-nhap/ma".into(),
        account,
        restart: "/dang-nhap".into(),
        next,
        notice: None,
        code: Code::field(),
        step_up: false,
        kept: Vec::new(),
    }))
}

async fn enrolment(
    state: &AppState,
    person: &Person,
    visiting: &Visiting,
    next: Option<String>,
) -> Result<Option<Enrol>, Error> {
    let begun = enrol::begin(&state.app, &person.person, &visiting.visit).await?;
    Ok(begun.map(|begun| Enrol {
        frame: bare(state),
        action: "/tai-khoan/hai-lop".into(),
        account: person.person.email.clone(),
        qr: QrCode::of(begun.picture.side, |x, y| begun.picture.is_dark(x, y)),
        secret: Enrol::grouped(&begun.secret),
        code: Code::field(),
        next,
    }))
}
