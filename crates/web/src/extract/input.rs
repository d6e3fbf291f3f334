//! What was sent: path, query, form, files. What cannot be read is a clear 4xx.

use axum::body::Body;
use axum::extract::{FromRequest, FromRequestParts, Multipart, RawForm};
use bytes::Bytes;
use http::request::Parts;
use http::{Request, StatusCode};
use pbgdpl_pages::sign_in::CODE_AGAIN;
use serde::de::DeserializeOwned;

use crate::error::Error;
use crate::state::AppState;

/// Parameters of the path; one that cannot be read is a page that does not exist.
#[derive(Debug)]
pub struct Path<T>(pub T);

impl<T> FromRequestParts<AppState> for Path<T>
where
    T: DeserializeOwned + Send,
{
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Error> {
        let found = axum::extract::Path::<T>::from_request_parts(parts, state).await;
        found.map(|path| Self(path.0)).map_err(|_| Error::NotFound)
    }
}

/// The query; keys that are not known are ignored, values that cannot be read are refused.
#[derive(Debug)]
pub struct Query<T>(pub T);

impl<T> FromRequestParts<AppState> for Query<T>
where
    T: DeserializeOwned + Send,
{
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self, Error> {
        let query = parts.uri.query().unwrap_or_default();
        let decoded = percent_encoding::percent_decode_str(query).decode_utf8();
        if decoded.map_or(true, |text| text.contains('\0')) {
            return Err(Error::Refused(
                StatusCode::BAD_REQUEST,
                "Phần sau dấu “?” của địa chỉ có ký tự không đọc được. Hãy mở lại từ trang của hệ thống."
                    .into(),
            ));
        }
        serde_html_form::from_str(query).map(Self).map_err(|error| {
            Error::Refused(
                StatusCode::BAD_REQUEST,
                format!("Phần sau dấu “?” của địa chỉ có chỗ không đọc được: {error}."),
            )
        })
    }
}

/// A form, as the struct that it is.
#[derive(Debug)]
pub struct Form<T>(pub T);

impl<T> FromRequest<AppState> for Form<T>
where
    T: DeserializeOwned + Send,
{
    type Rejection = Error;

    async fn from_request(request: Request<Body>, state: &AppState) -> Result<Self, Error> {
        let bytes = without_code(form_bytes(request, state).await?);
        serde_html_form::from_bytes(&bytes).map(Self).map_err(unreadable)
    }
}

/// A form as pairs, for forms whose fields are data (statistical sheets).
#[derive(Debug)]
pub struct FormFields(pub Vec<(String, String)>);

impl FromRequest<AppState> for FormFields {
    type Rejection = Error;

    async fn from_request(request: Request<Body>, state: &AppState) -> Result<Self, Error> {
        let bytes = without_code(form_bytes(request, state).await?);
        serde_html_form::from_bytes(&bytes).map(Self).map_err(unreadable)
    }
}

/// A form as pairs, with the code of the second factor that was shown again beside them.
#[derive(Debug)]
pub struct SentFields(pub Vec<(String, String)>);

impl FromRequest<AppState> for SentFields {
    type Rejection = Error;

    async fn from_request(request: Request<Body>, state: &AppState) -> Result<Self, Error> {
        let bytes = form_bytes(request, state).await?;
        serde_html_form::from_bytes(&bytes).map(Self).map_err(unreadable)
    }
}

fn unreadable(error: serde_html_form::de::Error) -> Error {
    Error::Refused(
        StatusCode::UNPROCESSABLE_ENTITY,
        format!("Biểu mẫu có chỗ không đọc được: {error}."),
    )
}

/// A form that was sent once more after a step-up still carries the code: it is no field of the act.
fn without_code(bytes: Bytes) -> Bytes {
    let is_code = |pair: &[u8]| {
        pair.strip_prefix(CODE_AGAIN.as_bytes())
            .is_some_and(|rest| rest.first().is_none_or(|byte| *byte == b'='))
    };
    if !bytes.split(|byte| *byte == b'&').any(is_code) {
        return bytes;
    }
    let kept: Vec<&[u8]> = bytes
        .split(|byte| *byte == b'&')
        .filter(|pair| !is_code(pair))
        .collect();
    Bytes::from(kept.join(&b'&'))
}

async fn form_bytes(request: Request<Body>, state: &AppState) -> Result<Bytes, Error> {
    let bytes = match RawForm::from_request(request, state).await {
        Ok(RawForm(bytes)) => bytes,
        Err(rejection) => {
            use axum::response::IntoResponse;
            let status = rejection.into_response().status();
            let words = match status {
                StatusCode::PAYLOAD_TOO_LARGE => "Nội dung gửi lên quá lớn.",
                StatusCode::BAD_REQUEST => "Nội dung gửi lên bị đứt quãng hoặc tới quá chậm. Hãy gửi lại.",
                _ => "Biểu mẫu phải được gửi từ trang của hệ thống.",
            };
            return Err(Error::Refused(status, words.into()));
        }
    };
    let decoded = percent_encoding::percent_decode(&bytes).decode_utf8();
    if decoded.map_or(true, |text| text.contains('\0')) {
        return Err(Error::Refused(
            StatusCode::BAD_REQUEST,
            "Chữ gửi lên có ký tự không đọc được. Hãy gửi lại từ trang của hệ thống.".into(),
        ));
    }
    Ok(bytes)
}

/// A form with one file: the text fields, and the file with the name it came with.
#[derive(Debug, Default)]
pub struct Upload {
    /// Text fields.
    pub fields: Vec<(String, String)>,
    /// File name and bytes; none where no file was chosen.
    pub file: Option<(String, Bytes)>,
}

impl Upload {
    /// A text field.
    #[must_use]
    pub fn field(&self, name: &str) -> &str {
        self.fields
            .iter()
            .find(|(key, _)| key == name)
            .map_or("", |(_, value)| value.as_str())
    }
}

impl FromRequest<AppState> for Upload {
    type Rejection = Error;

    async fn from_request(request: Request<Body>, state: &AppState) -> Result<Self, Error> {
        let refused = |status: StatusCode| {
            let words = if status == StatusCode::PAYLOAD_TOO_LARGE {
                "Tệp lớn quá 10 MB. Hãy chọn tệp nhỏ hơn."
            } else {
                "Tệp gửi lên bị đứt quãng hoặc không đúng dạng. Hãy gửi lại."
            };
            Error::Refused(status, words.into())
        };
        let mut parts = Multipart::from_request(request, state)
            .await
            .map_err(|e| refused(e.status()))?;
        let mut upload = Self::default();
        while let Some(part) = parts.next_field().await.map_err(|e| refused(e.status()))? {
            let name = part.name().unwrap_or_default().to_owned();
            match part.file_name().map(str::to_owned) {
                Some(file_name) => {
                    let bytes = part.bytes().await.map_err(|e| refused(e.status()))?;
                    if !bytes.is_empty() && upload.file.is_none() {
                        upload.file = Some((file_name, bytes));
                    }
                }
                None => {
                    let bytes = part.bytes().await.map_err(|e| refused(e.status()))?;
                    let text = String::from_utf8(bytes.into()).ok();
                    let text = text.filter(|text| !text.contains('\0')).ok_or_else(|| {
                        let words = format!("Ô “{name}” có ký tự không đọc được. Hãy nhập lại rồi gửi.");
                        Error::Refused(StatusCode::BAD_REQUEST, words)
                    })?;
                    upload.fields.push((name, text));
                }
            }
        }
        Ok(upload)
    }
}
