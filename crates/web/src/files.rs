//! FILES: uploads, and pictures of agencies' pages. Published ones by their id; others by a signed link, bound to agency and person, good for minutes.

use axum::extract::State;
use axum::response::Response;
use http::{HeaderValue, StatusCode, header};
use pbgdpl_model::clock::Moment;
use pbgdpl_model::id::{AccountId, MediaId, TenantId};
use pbgdpl_store::Files;
use serde::Deserialize;

use crate::error::Error;
use crate::extract::{Path, Query};
use crate::page;
use crate::signature;
use crate::state::AppState;

/// `GET /t/{id}`: a published file.
pub async fn published(State(state): State<AppState>, Path(id): Path<MediaId>) -> Result<Response, Error> {
    let file = state.read.public().file(id).await?.ok_or(Error::NotFound)?;
    send(&state, &file.path, &file.mime, &file.file_name).await
}

/// What a signed link says.
#[derive(Debug, Deserialize)]
pub struct Signed {
    cq: TenantId,
    ng: AccountId,
    het: i64,
    ky: String,
}

/// `GET /r/{id}?cq=&ng=&het=&ky=`: a file that is not public, for whom the link was made.
pub async fn signed(
    State(state): State<AppState>,
    Path(id): Path<MediaId>,
    Query(link): Query<Signed>,
) -> Result<Response, Error> {
    let key = &state.settings.signing_key;
    if !signature::is_good(key, link.cq, id, link.ng, link.het, &link.ky, state.now()) {
        return Err(Error::NotFound);
    }
    let tenant = state.read.known(link.cq).ok_or(Error::NotFound)?;
    let agency = state.read.tenant(&tenant).await?;
    let upload = agency.media(id).await?;
    let picture = upload.is_none() && agency.is_picture(id).await?;
    drop(agency);
    match upload {
        Some(file) => send(&state, &file.path, &file.mime, &file.file_name).await,
        None if picture => send(&state, &Files::path(link.cq, id), "image/jpeg", "trang.jpg").await,
        None => Err(Error::NotFound),
    }
}

/// Only what we encoded ourselves is shown in place; everything else is a download.
async fn send(state: &AppState, path: &str, mime: &str, name: &str) -> Result<Response, Error> {
    let bytes = state.read.file(path).await?.ok_or(Error::NotFound)?;
    let mut response = page::bytes(StatusCode::OK, mime, bytes);
    let inline = matches!(mime, "image/png" | "image/jpeg" | "image/webp");
    let encoded = percent_encoding::utf8_percent_encode(name, percent_encoding::NON_ALPHANUMERIC);
    let disposition = if inline {
        "inline".to_owned()
    } else {
        format!("attachment; filename*=UTF-8''{encoded}")
    };
    if let Ok(value) = HeaderValue::from_str(&disposition) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, value);
    }
    Ok(response)
}

/// Leads on to a file that is not public, by an address that is one person's and good for minutes.
///
/// # Errors
/// Where the address is none.
pub fn open(
    state: &AppState,
    (tenant, media): (TenantId, MediaId),
    account: AccountId,
    now: Moment,
) -> Result<Response, Error> {
    let address = signed_address(state, tenant, media, account, now);
    let mut response = page::go("/");
    let location = HeaderValue::from_str(&address).map_err(|error| Error::Internal(Box::new(error)))?;
    response.headers_mut().insert(header::LOCATION, location);
    Ok(response)
}

/// The address of a file that is not public, for one person, for minutes.
#[must_use]
pub fn signed_address(
    state: &AppState,
    tenant: TenantId,
    media: MediaId,
    account: AccountId,
    now: Moment,
) -> String {
    let query = signature::query(&state.settings.signing_key, tenant, media, account, now);
    format!("{}/r/{media}?{query}", state.settings.files.as_str())
}
