//! Another key for a site; the end of one that was replaced.

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use pbgdpl_app::embed::{end, replace};
use pbgdpl_model::id::EmbedId;
use pbgdpl_pages::desk::embed::{FOR_EVER, FormerKey};
use pbgdpl_store::tenant;
use pbgdpl_vietnamese::date;
use serde::Deserialize;

use super::{found, here, shown};
use crate::error::Error;
use crate::extract::{Form, Path, Staff};
use crate::page;
use crate::state::AppState;

/// What is sent for another key.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    overlap: String,
}

/// `POST /quan-tri/{agency}/gan/{embed}/doi-ma`
///
/// # Errors
/// Where there is no such site, the actor may not, or the store fails.
pub async fn another(
    State(state): State<AppState>,
    staff: Staff,
    Path((_, embed)): Path<(String, EmbedId)>,
    Form(typed): Form<Typed>,
) -> Result<Response, Error> {
    // What is no number is none of the terms there are, and refused by the act.
    let overlap = (typed.overlap != FOR_EVER).then(|| typed.overlap.parse().unwrap_or(-1));
    match replace::replace(&state.app, &staff.ctx, embed, overlap).await {
        Ok(()) => Ok(page::go(&format!("{}/{embed}?xong=doi-ma", here(&staff)))),
        Err(pbgdpl_app::Error::Invalid { reason, .. }) => {
            let row = found(&state, &staff, embed).await?;
            let mut page = shown(&state, &staff, &row).await?;
            page.overlap.error = Some(reason);
            page::html_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /quan-tri/{agency}/gan/{embed}/ma-cu/{key}/ngung`
///
/// # Errors
/// Where the site had no such key, the actor may not, or the store fails.
pub async fn stop(
    State(state): State<AppState>,
    staff: Staff,
    Path((_, embed, key)): Path<(String, EmbedId, String)>,
) -> Result<Response, Error> {
    end::end(&state.app, &staff.ctx, embed, &key).await?;
    Ok(page::go(&format!("{}/{embed}?xong=ngung-ma", here(&staff))))
}

/// Keys of before, as the page shows them.
pub(super) fn former(staff: &Staff, keys: &[tenant::FormerKey]) -> Vec<FormerKey> {
    keys.iter()
        .map(|former| FormerKey {
            key: former.key.clone(),
            since: date::dmy(former.replaced.at.day()),
            until: former.replaced.ends.map(|ends| date::dmy(ends.day())),
            holds: former.replaced.holds(staff.ctx.now()),
        })
        .collect()
}
