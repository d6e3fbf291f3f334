//! An act that needs the second factor shown again: the refused request becomes a page that asks for the code and keeps
//! everything that was typed (SECURITY 5.3, ADR 0006).

use axum::body::{Body, to_bytes};
use axum::response::Response;
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, Request, StatusCode, header};
use http_body_util::LengthLimitError;

use crate::account::step_up::{Asked, ask};
use crate::error::{Error, ErrorInfo};
use crate::extract::{Officer, Staff};
use crate::routes::Route;
use crate::state::AppState;

/// What is kept of a request of somebody whose second factor is stale, in case it is refused for that.
pub(super) struct Kept {
    email: String,
    path: String,
    /// Of a form; none of a page, or of a file.
    body: Option<Bytes>,
    files: bool,
}

impl Kept {
    /// Looks at the request; its body is read and given back where it is a form.
    pub(super) async fn of(
        request: Request<Body>,
        route: &Route,
    ) -> Result<(Request<Body>, Option<Self>), Error> {
        let stale = |staff: Option<&Staff>, officer: Option<&Officer>| {
            let of_staff = staff.map(|it| (it.ctx.actor().stale_second_factor(), it.person.email.clone()));
            let of_officer =
                officer.map(|it| (it.ctx.actor().stale_second_factor(), it.person.email.clone()));
            of_staff.or(of_officer).filter(|(stale, _)| *stale)
        };
        let extensions = request.extensions();
        let Some((_, email)) = stale(extensions.get(), extensions.get()) else {
            return Ok((request, None));
        };
        let path = request
            .uri()
            .path_and_query()
            .map_or_else(String::new, ToString::to_string);
        let mut kept = Self {
            email,
            path,
            body: None,
            files: false,
        };
        if request.method() != Method::POST {
            return Ok((request, Some(kept)));
        }
        if carries_files(request.headers()) {
            kept.files = true;
            return Ok((request, Some(kept)));
        }
        let (parts, body) = request.into_parts();
        let bytes = to_bytes(body, route.body)
            .await
            .map_err(|error| not_read(&error))?;
        kept.body = Some(bytes.clone());
        Ok((Request::from_parts(parts, Body::from(bytes)), Some(kept)))
    }

    /// The page that asks for the code, where the answer is a refusal that a code would lift.
    pub(super) fn asked(self, state: &AppState, answer: Response) -> Response {
        let info = answer.extensions().get::<ErrorInfo>();
        let Some(code) = info
            .filter(|info| info.step_up)
            .map(|info| info.code.clone().unwrap_or_default())
        else {
            return answer;
        };
        let fields = self
            .body
            .as_deref()
            .and_then(|bytes| serde_html_form::from_bytes(bytes).ok())
            .unwrap_or_default();
        let asked = Asked {
            email: self.email,
            // Files cannot be kept in a page: back to the page they were sent from.
            next: if self.files { parent(&self.path) } else { self.path },
            again: self.body.is_some(),
            files: self.files,
            fields,
        };
        let Ok(mut page) = ask(state, StatusCode::FORBIDDEN, asked, None) else {
            return answer;
        };
        if let Ok(value) = HeaderValue::from_str(&code) {
            page.headers_mut().insert("x-refusal", value);
        }
        page
    }
}

fn carries_files(headers: &HeaderMap) -> bool {
    headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|kind| kind.starts_with("multipart/"))
}

fn parent(path: &str) -> String {
    path.rsplit_once('/')
        .map_or_else(|| "/quan-tri".to_owned(), |(above, _)| above.to_owned())
}

/// A body that was too large, or that did not come.
fn not_read(error: &axum::Error) -> Error {
    let too_large = std::error::Error::source(error).is_some_and(|cause| cause.is::<LengthLimitError>());
    if too_large {
        Error::Refused(StatusCode::PAYLOAD_TOO_LARGE, "Nội dung gửi lên quá lớn.".into())
    } else {
        Error::Refused(
            StatusCode::REQUEST_TIMEOUT,
            "Nội dung gửi lên bị đứt quãng hoặc tới quá chậm. Hãy gửi lại.".into(),
        )
    }
}
