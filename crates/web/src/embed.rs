//! EMBED: the loader that webmasters paste, and the small script that a framed section runs to tell its height.

use axum::response::Response;
use http::{HeaderValue, StatusCode};

use crate::page;

/// The loader: finds our frames on the host's page, gives them their height, follows deep links.
pub const LOADER: &str = include_str!("embed/nhung.js");
/// Inside the frame: tells the embedding page how high the section is and where the reader is.
pub const INSIDE: &str = include_str!("embed/khung.js");

/// `GET /nhung.js`
pub async fn loader() -> Response {
    script(LOADER)
}

/// `GET /khung.js`
pub async fn inside() -> Response {
    script(INSIDE)
}

fn script(text: &'static str) -> Response {
    let mut response = page::bytes(StatusCode::OK, "text/javascript; charset=utf-8", text);
    // Loaded by pages of other origins, with integrity where they like: it holds no data.
    response
        .headers_mut()
        .insert("access-control-allow-origin", HeaderValue::from_static("*"));
    response
}
