//! Changing the own password.

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use pbgdpl_app::account::change_password::{self, Outcome};
use pbgdpl_pages::desk::account::{ChangePassword, new_password, old_password};
use serde::Deserialize;

use super::{Visiting, closed, come_again, go_with};
use crate::desk::frame;
use crate::error::Error;
use crate::extract::{Form, Person};
use crate::page;
use crate::state::AppState;

/// What is typed.
#[derive(Debug, Deserialize)]
pub struct Typed {
    /// The password so far.
    #[serde(default)]
    pub old: String,
    /// The new one.
    #[serde(default)]
    pub new: String,
}

/// `GET /tai-khoan/mat-khau`
///
/// # Errors
/// Where the template fails.
pub async fn form(State(state): State<AppState>, person: Person) -> Result<Response, Error> {
    page::html(&empty(&state, &person))
}

/// `POST /tai-khoan/mat-khau`
///
/// # Errors
/// Where the store fails.
pub async fn change(
    State(state): State<AppState>,
    person: Person,
    visiting: Visiting,
    Form(typed): Form<Typed>,
) -> Result<Response, Error> {
    let mut shown = empty(&state, &person);
    let visit = &visiting.visit;
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    match change_password::change_password(&state.app, &person.person, &typed.old, &typed.new, visit).await? {
        Outcome::Changed(cookie) => Ok(go_with(&state, "/tai-khoan?xong=mat-khau", &cookie)),
        Outcome::Unfit(reason) => {
            shown.new.error = Some(reason);
            page::html_with(status, &shown)
        }
        Outcome::Wrong { left } => {
            shown.old.error = Some(format!("chưa đúng. Còn {left} lần thử."));
            page::html_with(status, &shown)
        }
        Outcome::Locked { until } => {
            shown.old.error = Some(closed(until, person.now));
            let mut response = page::html_with(StatusCode::TOO_MANY_REQUESTS, &shown)?;
            come_again(&mut response, until, person.now);
            Ok(response)
        }
    }
}

fn empty(state: &AppState, person: &Person) -> ChangePassword {
    ChangePassword {
        frame: frame::person(state, person),
        action: "/tai-khoan/mat-khau".into(),
        email: person.person.email.clone(),
        old: old_password(),
        new: new_password(),
    }
}
