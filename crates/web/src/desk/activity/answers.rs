//! Counting, correcting and taking back: what comes of each, as a page.

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use pbgdpl_app::activity::{Outcome, correct as act, record as count, reverse as undo};
use pbgdpl_model::id::ActivityId;
use pbgdpl_pages::desk::activity::Input;

use super::write::{based_on, beside, correction_form, facts_of, refused, unexpected};
use super::{found, here, input, one};
use crate::error::Error;
use crate::extract::{FormFields, Path, Staff};
use crate::page;
use crate::state::AppState;

/// `POST /quan-tri/{agency}/hoat-dong/{activity}/ghi-so`
///
/// # Errors
/// Where there is no such activity, the actor may not, or the store fails.
pub async fn record(
    State(state): State<AppState>,
    staff: Staff,
    Path((_, id)): Path<(String, ActivityId)>,
    FormFields(pairs): FormFields,
) -> Result<Response, Error> {
    let version = based_on(&Input::sent(pairs));
    match count::record(&state.app, &staff.ctx, id, version).await? {
        Outcome::Done(_) => Ok(page::go(&format!("{}/{id}?xong=ghi", here(&staff)))),
        Outcome::Unmet(problems) => {
            // What is wrong is put right in the form.
            let typed = Input::of(&found(&state, &staff, id).await?);
            refused(&state, &staff, Some((id, version)), &typed, &problems).await
        }
        other => Err(unexpected(&other)),
    }
}

/// `POST /quan-tri/{agency}/hoat-dong/{activity}/dinh-chinh`
///
/// # Errors
/// Where there is no such activity, the actor may not, or the store fails.
pub async fn correct(
    State(state): State<AppState>,
    staff: Staff,
    Path((_, id)): Path<(String, ActivityId)>,
    FormFields(pairs): FormFields,
) -> Result<Response, Error> {
    let typed = Input::sent(pairs);
    let at = (id, based_on(&typed));
    let before = found(&state, &staff, id).await?;
    let words = input::words(&state, &staff, input::day_of(&typed)).await?;
    let outcome = match facts_of(&typed, &words, &before) {
        Err(problems) => Outcome::Unmet(problems),
        Ok(facts) => {
            let order = act::Correct {
                activity: id,
                based_on: at.1,
                facts,
                reason: typed.one("reason").to_owned(),
            };
            act::correct(&state.app, &staff.ctx, order).await?
        }
    };
    match outcome {
        Outcome::Done(_) => Ok(page::go(&format!("{}/{id}?xong=dinh-chinh", here(&staff)))),
        Outcome::Unmet(problems) => {
            let shown = correction_form(&state, &staff, at, &typed, &problems).await?;
            page::html_with(StatusCode::UNPROCESSABLE_ENTITY, &shown)
        }
        Outcome::Stale(newer) => {
            let shown = correction_form(&state, &staff, at, &typed, &[]).await?;
            page::html_with(StatusCode::CONFLICT, &beside(shown, &before, &newer, &words))
        }
        Outcome::Stands(_) => Err(unexpected(&outcome)),
    }
}

/// `POST /quan-tri/{agency}/hoat-dong/{activity}/huy`
///
/// # Errors
/// Where there is no such activity, the actor may not, or the store fails.
pub async fn reverse(
    State(state): State<AppState>,
    staff: Staff,
    Path((_, id)): Path<(String, ActivityId)>,
    FormFields(pairs): FormFields,
) -> Result<Response, Error> {
    let typed = Input::sent(pairs);
    match undo::reverse(&state.app, &staff.ctx, id, typed.one("reason")).await? {
        Outcome::Done(()) => Ok(page::go(&format!("{}/{id}?xong=huy", here(&staff)))),
        Outcome::Unmet(problems) => one::refused(&state, &staff, id, &problems).await,
        other => Err(unexpected(&other)),
    }
}
