//! The catalogue of indicators for whoever oversees: what each figure is, from where, since when.

use axum::extract::State;
use axum::response::Response;
use pbgdpl_province::report::indicators::indicators;

use crate::desk::frame;
use crate::desk::indicator::{Which, list_page, one_page};
use crate::error::Error;
use crate::extract::{Officer, Path, Query};
use crate::page;
use crate::state::AppState;

/// Where the list stands.
pub(crate) const HERE: &str = "/giam-sat/chi-tieu";

/// `GET /giam-sat/chi-tieu?so=`
///
/// # Errors
/// Where the officer may not, or the store fails.
pub async fn list(
    State(state): State<AppState>,
    officer: Officer,
    Query(which): Query<Which>,
) -> Result<Response, Error> {
    let catalogue = indicators(&state.province, &officer.ctx).await?;
    let frame = frame::officer(&state, &officer, HERE);
    page::html(&list_page(
        frame,
        HERE,
        &catalogue,
        &which,
        officer.ctx.now().day(),
    ))
}

/// `GET /giam-sat/chi-tieu/{indicator}`
///
/// # Errors
/// Where there is none, the officer may not, or the store fails.
pub async fn one(
    State(state): State<AppState>,
    officer: Officer,
    Path(id): Path<String>,
) -> Result<Response, Error> {
    let catalogue = indicators(&state.province, &officer.ctx).await?;
    let frame = frame::officer(&state, &officer, HERE);
    page::html(&one_page(frame, HERE, &catalogue, &id, officer.ctx.now().day()).ok_or(Error::NotFound)?)
}
