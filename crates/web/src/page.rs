//! Answers: a rendered page, a redirect after an act, a file.

use axum::body::Body;
use axum::response::Response;
use http::{HeaderValue, StatusCode, header};
use pbgdpl_pages::Page;
use pbgdpl_pages::part::Link;
use pbgdpl_pages::pdf::Document;
use pbgdpl_press::Press;

use crate::arrival::is_own_path;
use crate::cache::{Coding, Encodings};
use crate::error::Error;
use crate::state::AppState;

/// A rendered page.
///
/// # Errors
/// Where the template fails.
pub fn html(page: &impl Page) -> Result<Response, Error> {
    html_with(StatusCode::OK, page)
}

/// A rendered page with another status: a form shown again with what is wrong (422), two texts side by side (409).
///
/// # Errors
/// Where the template fails.
pub fn html_with(status: StatusCode, page: &impl Page) -> Result<Response, Error> {
    let text = page.render().map_err(|e| Error::Internal(Box::new(e)))?;
    Ok(bytes(status, "text/html; charset=utf-8", text))
}

/// Bytes with their media type.
pub fn bytes(status: StatusCode, content_type: &str, body: impl Into<Body>) -> Response {
    let mut response = Response::new(body.into());
    *response.status_mut() = status;
    if let Ok(value) = HeaderValue::from_str(content_type) {
        response.headers_mut().insert(header::CONTENT_TYPE, value);
    }
    response
}

/// What never changes under its name, in the encoding that the client takes.
#[must_use]
pub fn lasting(content_type: &str, file: &Encodings, taken: Option<Coding>) -> Response {
    let (body, coding) = file.give(taken);
    let mut response = bytes(StatusCode::OK, content_type, body);
    if let Some(coding) = coding {
        response
            .headers_mut()
            .insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding.word()));
    }
    response
}

/// Work that takes long enough to hold up others, off the threads that answer.
///
/// # Errors
/// What the work says, or that it ended badly.
pub async fn aside<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|error| Error::Internal(Box::new(error)))?
}

/// A spreadsheet to be saved. The name is made of words that were found in the register: no quoting is needed.
#[must_use]
pub fn workbook(name: &str, file: Vec<u8>) -> Response {
    attachment(name, pbgdpl_pages::workbook::MEDIA_TYPE, file)
}

/// A file to be saved. The name is made of words that were found: no quoting is needed.
#[must_use]
pub fn attachment(name: &str, media_type: &str, file: Vec<u8>) -> Response {
    let mut response = bytes(StatusCode::OK, media_type, file);
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, value);
    }
    response
}

/// What makes PDF files.
///
/// # Errors
/// Not found where no worker is set up: there are no such files then.
pub fn press(state: &AppState) -> Result<&Press, Error> {
    state.settings.press.as_ref().ok_or(Error::NotFound)
}

/// A document as a PDF file, to be saved. `instead`: where the same is to be had otherwise.
///
/// # Errors
/// Where the worker fails.
pub async fn pdf(
    press: &Press,
    name: &str,
    document: &Document,
    instead: Vec<Link>,
) -> Result<Response, Error> {
    let document = document
        .json()
        .map_err(|error| Error::Internal(Box::new(error)))?;
    let printed = press.print(&document).await;
    let file = printed.map_err(|error| Error::NoPdf(error, instead))?;
    Ok(attachment(name, pbgdpl_pages::pdf::MEDIA_TYPE, file))
}

/// See other: after an act, to a page of our own.
#[must_use]
pub fn go(path: &str) -> Response {
    redirect(StatusCode::SEE_OTHER, path)
}

/// The same form once more, to a path of our own: after the second factor was shown again.
#[must_use]
pub fn again(path: &str) -> Response {
    let own = path.starts_with('/') && !path.starts_with("//") && !path.contains(['\\', '\r', '\n']);
    redirect(StatusCode::TEMPORARY_REDIRECT, if own { path } else { "/" })
}

/// Moved for ever, inside the same origin.
#[must_use]
pub fn moved(path: &str) -> Response {
    redirect(StatusCode::MOVED_PERMANENTLY, path)
}

/// Only a path can be given, so that no redirect leaves the origin; what is none leads to the first page.
fn redirect(status: StatusCode, to: &str) -> Response {
    let to = if is_own_path(to) { to } else { "/" };
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    if let Ok(value) = HeaderValue::from_str(&percent(to)) {
        response.headers_mut().insert(header::LOCATION, value);
    }
    response
}

/// Non-ASCII in a path, as a header needs it.
fn percent(path: &str) -> String {
    path.bytes()
        .map(|b| {
            if b.is_ascii_graphic() {
                char::from(b).to_string()
            } else {
                format!("%{b:02X}")
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_redirect_leaves_the_origin() {
        let to = |response: Response| {
            response.headers()[header::LOCATION]
                .to_str()
                .unwrap_or_default()
                .to_owned()
        };
        for elsewhere in ["//evil.vn", "/\\evil.vn", "https://evil.vn/", "/a\r\nx: y", ""] {
            assert_eq!(to(moved(elsewhere)), "/", "{elsewhere}");
            assert_eq!(to(go(elsewhere)), "/", "{elsewhere}");
        }
        assert_eq!(to(moved("/sở-a/?trang=2")), "/s%E1%BB%9F-a/?trang=2");
    }
}
