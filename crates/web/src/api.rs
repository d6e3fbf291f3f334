//! The open read interface under `/api/v1` (OPN-04): what everybody may read, for programs.
//!
//! # How to add an operation
//!
//! 1. A handler in `api/<noun>.rs` that answers with [`answer`] over a struct that derives `Serialize` and `JsonSchema`.
//! 2. Its [`Operation`] beside it: words for people, parameters, the schema of the answer.
//! 3. A line in `routes/open.rs` with `.operation(&…)`. `/api/openapi.json` and the page `/api` follow; the contract test calls it.

pub mod agency;
pub mod document;
pub mod figure;
pub mod guide;
pub mod item;
pub mod operation;

use axum::response::Response;
use http::StatusCode;
use pbgdpl_scope::{Found, RequestId, Tenant};
use schemars::JsonSchema;
use serde::Serialize;

use crate::arrival::{Arrival, Origin, Table};
use crate::error::{Error, ErrorInfo};
use crate::page;
use crate::state::AppState;

pub use operation::{Operation, Parameter, Shape};

/// Whether a request is one of a program: errors are told as RFC 9457 has it.
#[must_use]
pub fn is_api(arrival: &Arrival) -> bool {
    arrival.origin == Origin::Public
        && arrival.table == Table::Province
        && arrival
            .path
            .strip_prefix("/api/")
            .is_some_and(|rest| !rest.is_empty())
}

/// An error, for programs (RFC 9457).
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(description = "Lỗi, theo RFC 9457.")]
pub struct Problem {
    #[serde(rename = "type")]
    #[schemars(description = "Loại lỗi; about:blank: chỉ là nghĩa của mã trạng thái.")]
    kind: &'static str,
    #[schemars(description = "Tên lỗi.")]
    title: String,
    #[schemars(description = "Mã trạng thái HTTP.")]
    status: u16,
    #[schemars(description = "Lỗi gì, làm gì tiếp.")]
    detail: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(description = "Tham số nào sai, vì sao.")]
    errors: Vec<FieldProblem>,
    #[schemars(description = "Mã yêu cầu, để hỏi người quản trị.")]
    request_id: String,
}

/// What is wrong with one parameter.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(description = "Một tham số sai.")]
pub struct FieldProblem {
    #[schemars(description = "Tên tham số.")]
    field: String,
    #[schemars(description = "Vì sao.")]
    reason: String,
}

/// Draws an error for programs.
#[must_use]
pub fn problem(status: StatusCode, info: Option<&ErrorInfo>, request: &RequestId) -> Response {
    let words = pbgdpl_pages::public::Problem::of(status.as_u16());
    let detail = info
        .and_then(|info| info.detail.clone())
        .filter(|detail| !detail.is_empty())
        .unwrap_or_else(|| words.advice().to_owned());
    let field = info.and_then(|info| info.field.clone());
    let problem = Problem {
        kind: "about:blank",
        title: words.title().to_owned(),
        status: status.as_u16(),
        errors: field
            .map(|field| FieldProblem {
                field,
                reason: detail.clone(),
            })
            .into_iter()
            .collect(),
        detail,
        request_id: request.as_str().to_owned(),
    };
    let text = serde_json::to_string(&problem).unwrap_or_default();
    page::bytes(status, "application/problem+json", text)
}

/// An answer of the interface.
///
/// # Errors
/// Where it cannot be written.
pub fn answer(value: &impl Serialize) -> Result<Response, Error> {
    let text = serde_json::to_string(value).map_err(|e| Error::Internal(Box::new(e)))?;
    Ok(page::bytes(StatusCode::OK, "application/json", text))
}

/// A parameter that cannot be taken.
pub(crate) fn refused(name: &str, reason: impl Into<String>) -> Error {
    Error::Parameter(name.to_owned(), reason.into())
}

/// A number of entries within its bounds.
fn size(asked: Option<&str>, usual: u64, most: u64) -> Result<u64, Error> {
    let Some(asked) = asked else { return Ok(usual) };
    let size = asked.parse::<u64>().ok().filter(|size| (1..=most).contains(size));
    size.ok_or_else(|| refused("so", format!("Tham số “so” phải là số nguyên từ 1 đến {most}.")))
}

/// The agency of a slug, also of an older one.
pub(crate) fn agency_of(state: &AppState, slug: &str) -> Option<Tenant> {
    match state.read.registry().now().by_slug(slug)? {
        Found::Here(tenant) | Found::Moved(tenant) => Some(tenant),
    }
}
